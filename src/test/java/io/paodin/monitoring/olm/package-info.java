/**
 * The bundle for OLM and its catalog. {@link io.paodin.monitoring.olm.BundleAssembly} completes what the operator SDK's bundle
 * extension generates while the operator is packaged; the tests are what the validators of OLM and OperatorHub ask for.
 */
package io.paodin.monitoring.olm;
