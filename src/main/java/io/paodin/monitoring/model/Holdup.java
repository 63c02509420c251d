package io.paodin.monitoring.model;

/**
 * Why components are left as they are, although the resource is valid: something that they need outside of it is not as
 * it should be.
 */
public record Holdup(Reason reason, String message) {}
