/**
 * A Kubernetes API server in this process, on the loopback interface, for tests and for {@code ./mvnw -Ptry}.
 *
 * <p>It serves fabric8 clients and kubectl, and knows nothing of this operator's resources.
 * {@link io.paodin.monitoring.apiserver.ApiServer} is the entry and lists what is not emulated.
 */
package io.paodin.monitoring.apiserver;
