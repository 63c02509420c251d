package io.paodin.monitoring.controller;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.paodin.monitoring.api.v1alpha1.Thanos;
import java.util.Collection;
import java.util.Optional;

/** What the informers show of the compactors of all resources. Each call shows the newest. */
interface Compactors {

    /** The resource of that name. */
    Optional<Thanos> resource(String namespace, String name);

    /** All StatefulSets whose pods are annotated with the bucket. */
    Collection<StatefulSet> sets(String bucket);

    /** All pods that are annotated with the bucket. */
    Collection<Pod> pods(String bucket);

    /** The StatefulSet of the resource's compactor. */
    Optional<StatefulSet> setOf(Thanos thanos);

    /** The pods of the resource's compactor. */
    Collection<Pod> podsOf(Thanos thanos);
}
