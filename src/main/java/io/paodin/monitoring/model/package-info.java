/**
 * What a spec means. In: a {@code Thanos} resource and the operator's settings. Out: an immutable {@link
 * io.paodin.monitoring.model.Cluster} with every name, label, argument, ring and endpoint decided, or with the violations
 * that say why not. Pure: no client, no clock, no environment.
 */
package io.paodin.monitoring.model;
