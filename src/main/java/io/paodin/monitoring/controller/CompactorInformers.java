package io.paodin.monitoring.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.Mappers;
import io.paodin.monitoring.api.v1alpha1.Thanos;
import io.paodin.monitoring.model.Compaction.Occupant;
import io.paodin.monitoring.model.Labels;
import io.paodin.monitoring.model.Role;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The informers by which compactors are known. What they show concerns the resource that it belongs to, and those that
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

    /** The pods of compactors, and no others. */
    static EventSource<?, Thanos> pods(EventSourceContext<Thanos> context, BucketClaims claims) {
        var configuration = OwnedKinds.informer(Pod.class, context)
                .withName("compactor-pods")
                .withLabelSelector(
                        Labels.MANAGED_BY + "=" + Labels.OPERATOR + "," + Labels.COMPONENT + "=" + Role.COMPACT.label())
                .withSecondaryToPrimaryMapper(
                        pod -> concerned(Set.of(resource(pod)), CompactorObjects.bucket(pod), claims))
                // They are found by index, so the SDK need not keep one of its own.
                .withPrimaryToSecondaryMapper(thanos -> Set.of());
        return indexed(new InformerEventSource<>(configuration.build(), context), CompactorObjects::bucket);
    }

    static String key(Thanos thanos) {
        return key(thanos.getMetadata().getNamespace(), thanos.getMetadata().getName());
    }

    private static <T extends HasMetadata> EventSource<?, Thanos> indexed(
            InformerEventSource<T, Thanos> informer, Function<T, Optional<String>> bucket) {
        informer.addIndexers(Map.of(
                BY_BUCKET,
                object -> bucket.apply(object).stream().toList(),
                BY_RESOURCE,
                object -> bucket.apply(object).map(b -> key(object)).stream().toList()));
        return informer;
    }

    private static String key(HasMetadata object) {
        var occupant = CompactorObjects.occupant(object);
        return key(occupant.namespace(), occupant.name());
    }

    private static String key(String namespace, String name) {
        return namespace + "/" + name;
    }

    private static ResourceID resource(Pod pod) {
        Occupant occupant = CompactorObjects.occupant(pod);
        return new ResourceID(occupant.name(), occupant.namespace());
    }

    private static Set<ResourceID> concerned(Set<ResourceID> owners, Optional<String> bucket, BucketClaims claims) {
        var concerned = new HashSet<ResourceID>(owners);
        bucket.map(claims::waiting).ifPresent(concerned::addAll);
        return concerned;
    }
}
