/**
 * The operator as its users have it: installed from {@code deploy/bundle.yaml} into the cluster that {@code KUBECONFIG}
 * names, in namespaces that admit only restricted pods, judged by the samples that come back from a query.
 *
 * <p>A test is annotated with {@link io.paodin.monitoring.e2e.EndToEnd} and takes as many {@link
 * io.paodin.monitoring.e2e.TestNamespace}s as it wants. It applies a resource there, which is a {@link
 * io.paodin.monitoring.e2e.ThanosCluster}, writes {@link io.paodin.monitoring.e2e.Samples} to it, and expects exactly
 * those from its query. What there was in the cluster when a test failed is in {@code target/e2e}.
 */
package io.paodin.monitoring.e2e;
