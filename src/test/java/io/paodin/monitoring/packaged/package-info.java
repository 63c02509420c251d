/** What {@code ./mvnw package} yields, driven from outside, as a user or a cluster does. */
package io.paodin.monitoring.packaged;
