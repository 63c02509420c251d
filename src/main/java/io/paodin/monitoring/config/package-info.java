/**
 * The settings of the operator's own process. They are the same for every resource; what differs between clusters
 * belongs into the {@code Thanos} resource.
 */
package io.paodin.monitoring.config;
