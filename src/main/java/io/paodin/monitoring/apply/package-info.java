/**
 * Manifests in, an {@link io.paodin.monitoring.apply.Outcome} out: compares with the cache, applies on the server what
 * differs, deletes what is no longer wanted. Writes only objects that the given owner controls. Knows Kubernetes, not
 * Thanos; never waits for anything to become ready.
 */
package io.paodin.monitoring.apply;
