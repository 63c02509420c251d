package io.paodin.monitoring.controller;

import io.fabric8.kubernetes.api.model.Pod;
import io.paodin.monitoring.api.v1alpha1.Thanos;
import java.util.Collection;

/** What the informer shows of the pods of ingestors and routers. */
@FunctionalInterface
interface ReceivePods {

    /** Those of the resource, by their labels. */
    Collection<Pod> of(Thanos thanos);
}
