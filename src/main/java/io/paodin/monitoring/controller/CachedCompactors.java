package io.paodin.monitoring.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.paodin.monitoring.api.v1alpha1.Thanos;
import java.util.Collection;
import java.util.Optional;

/** The compactors that the informers of one operator show. */
record CachedCompactors(Context<Thanos> context) implements Compactors {

    @Override
    public Optional<Thanos> resource(String namespace, String name) {
        return context.eventSourceRetriever().getControllerEventSource().get(new ResourceID(name, namespace));
    }

    @Override
    public Collection<StatefulSet> sets(String bucket) {
        return cache(StatefulSet.class).byIndex(CompactorInformers.BY_BUCKET, bucket);
    }

    @Override
    public Collection<Pod> pods(String bucket) {
        return cache(Pod.class).byIndex(CompactorInformers.BY_BUCKET, bucket);
    }

    @Override
    public Optional<StatefulSet> setOf(Thanos thanos) {
        return cache(StatefulSet.class).byIndex(CompactorInformers.BY_RESOURCE, CompactorInformers.key(thanos)).stream()
                .filter(set ->
                        CompactorObjects.isOwnedBy(set, thanos.getMetadata().getUid()))
                .findFirst();
    }

    @Override
    public Collection<Pod> podsOf(Thanos thanos) {
        return cache(Pod.class).byIndex(CompactorInformers.BY_RESOURCE, CompactorInformers.key(thanos));
    }

    @SuppressWarnings("unchecked")
    private <T extends HasMetadata> IndexerResourceCache<T> cache(Class<T> kind) {
        return (IndexerResourceCache<T>) context.eventSourceRetriever().getEventSourceFor(kind);
    }
}
