/**
 * Prints a {@code Cluster} as manifests. In: a valid cluster. Out: typed objects in the order in which to apply them. A
 * template loops, tests presence and prints; what to print was decided in {@code model}.
 */
package io.paodin.monitoring.render;
