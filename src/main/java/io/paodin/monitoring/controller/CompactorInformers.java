package io.paodin.monitoring.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.Mappers;
import io.paodin.monitoring.api.v1alpha1.Thanos;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The informer by which the StatefulSets of compactors are known, and what it has in common with that of
 * {@link ObservedPods}. What they show concerns the resource that it belongs to, and those that
 * wait for the bucket.
 */
final class CompactorInformers {

    /** The index by the identity of the bucket. */
    static final String BY_BUCKET = "bucket";

    /** The index by {@link #key}. */
    static final String BY_RESOURCE = "resource";

    private CompactorInformers() {}

    /** All StatefulSets, those of compactors indexed. */
    static EventSource<?, Thanos> statefulSets(EventSourceContext<Thanos> context, BucketClaims claims) {
        var owners = Mappers.<StatefulSet>fromOwnerReferences(Thanos.class, false);
        var configuration = OwnedKinds.informer(StatefulSet.class, context)
                .withSecondaryToPrimaryMapper(
                        set -> concerned(owners.toPrimaryResourceIDs(set), CompactorObjects.bucket(set), claims));
        return indexed(new InformerEventSource<>(configuration.build(), context), CompactorObjects::bucket);
    }

    static String key(Thanos thanos) {
        return key(thanos.getMetadata().getNamespace(), thanos.getMetadata().getName());
    }

    static <T extends HasMetadata> InformerEventSource<T, Thanos> indexed(
            InformerEventSource<T, Thanos> informer, Function<T, Optional<String>> bucket) {
        informer.addIndexers(Map.of(
                BY_BUCKET,
                object -> bucket.apply(object).stream().toList(),
                BY_RESOURCE,
                object -> bucket.apply(object).map(b -> key(object)).stream().toList()));
        return informer;
    }

    static String key(HasMetadata object) {
        var occupant = CompactorObjects.occupant(object);
        return key(occupant.namespace(), occupant.name());
    }

    private static String key(String namespace, String name) {
        return namespace + "/" + name;
    }

    static Set<ResourceID> concerned(Set<ResourceID> owners, Optional<String> bucket, BucketClaims claims) {
        var concerned = new HashSet<ResourceID>(owners);
        bucket.map(claims::waiting).ifPresent(concerned::addAll);
        return concerned;
    }
}
