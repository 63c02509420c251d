/**
 * Completes the generated CustomResourceDefinition. Runs while the application is built, never in production: its
 * dependencies are not on the run time class path.
 */
package io.paodin.monitoring.crd;
