/**
 * Says how a cluster is. In: the resource, its cluster and what was observed. Out: the resource's status, and the events
 * that its change is worth. Pure: it never acts.
 */
package io.paodin.monitoring.status;
