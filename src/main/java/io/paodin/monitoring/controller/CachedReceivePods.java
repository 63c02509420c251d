package io.paodin.monitoring.controller;

import io.fabric8.kubernetes.api.model.Pod;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.paodin.monitoring.api.v1alpha1.Thanos;
import java.util.Collection;

/** The pods of receive that the informer of one operator shows. */
record CachedReceivePods(Context<Thanos> context) implements ReceivePods {

    @Override
    @SuppressWarnings("unchecked")
    public Collection<Pod> of(Thanos thanos) {
        var informer =
                (IndexerResourceCache<Pod>) context.eventSourceRetriever().getEventSourceFor(Pod.class);
        return ObservedPods.ofReceive(informer, thanos);
    }
}
