/**
 * The resource as users write it: kind {@code Thanos}, version {@code v1alpha1}. Comes in: YAML. Goes out: plain
 * objects with nullable public fields, and by way of their annotations the schema in {@code deploy/crd}. What a field
 * means is decided in {@code model}, never here.
 */
package io.paodin.monitoring.api.v1alpha1;
