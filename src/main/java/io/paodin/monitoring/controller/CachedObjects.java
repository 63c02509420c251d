package io.paodin.monitoring.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.Cache;
import io.paodin.monitoring.api.v1alpha1.Thanos;
import io.paodin.monitoring.apply.OwnedObjects;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** What the informers show of the objects of one resource. */
record CachedObjects(String namespace, Context<Thanos> context) implements OwnedObjects {

    static CachedObjects of(Thanos thanos, Context<Thanos> context) {
        return new CachedObjects(thanos.getMetadata().getNamespace(), context);
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T extends HasMetadata> Optional<T> get(Class<T> kind, String name) {
        var informer = (Cache<T>) context.eventSourceRetriever().getEventSourceFor(kind);
        return informer.get(new ResourceID(name, namespace));
    }

    @Override
    public Collection<HasMetadata> all() {
        var all = new ArrayList<HasMetadata>();
        OwnedKinds.ALL.forEach(kind -> all.addAll(context.getSecondaryResources(kind)));
        return all;
    }

    @Override
    public Collection<PersistentVolumeClaim> claims(Map<String, String> labels) {
        return context.getSecondaryResourcesAsStream(PersistentVolumeClaim.class)
                .filter(claim -> claim.getMetadata().getLabels().entrySet().containsAll(labels.entrySet()))
                .toList();
    }
}
