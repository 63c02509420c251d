package io.paodin.monitoring.controller;

import io.fabric8.kubernetes.api.model.Pod;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.paodin.monitoring.api.v1alpha1.Thanos;
import io.paodin.monitoring.model.Labels;
import io.paodin.monitoring.model.Role;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The informer of the pods on which decisions depend or that are asked something: those of compactors, receive and queries. */
final class ObservedPods {

    /** The index of query pods by resource. */
    private static final String OF_QUERY = "query";

    /** The index of the pods of ingestors and routers by resource. */
    private static final String OF_RECEIVE = "receive";

    private static final Set<String> RECEIVE = Set.of(Role.RECEIVE_INGESTOR.label(), Role.RECEIVE_ROUTER.label());

    private ObservedPods() {}

    static InformerEventSource<Pod, Thanos> informer(EventSourceContext<Thanos> context, BucketClaims claims) {
        var configuration = OwnedKinds.informer(Pod.class, context)
                .withName("observed-pods")
                .withLabelSelector("%s=%s,%s in (%s)"
                        .formatted(
                                Labels.MANAGED_BY,
                                Labels.OPERATOR,
                                Labels.COMPONENT,
                                String.join(
                                        ",",
                                        Role.COMPACT.label(),
                                        Role.QUERY.label(),
                                        Role.RECEIVE_INGESTOR.label(),
                                        Role.RECEIVE_ROUTER.label())))
                .withSecondaryToPrimaryMapper(pod -> concerned(pod, claims))
                // They are found by index, so the SDK need not keep one of its own.
                .withPrimaryToSecondaryMapper(thanos -> Set.of());
        var informer = CompactorInformers.indexed(
                new InformerEventSource<>(configuration.build(), context), CompactorObjects::bucket);
        informer.addIndexers(Map.of(
                OF_QUERY, pod -> isOfQuery(pod) ? List.of(CompactorInformers.key(pod)) : List.<String>of(),
                OF_RECEIVE, pod -> isOfReceive(pod) ? List.of(CompactorInformers.key(pod)) : List.<String>of()));
        return informer;
    }

    /** The pods of a resource's query. */
    static Collection<Pod> ofQuery(InformerEventSource<Pod, Thanos> informer, Thanos thanos) {
        return informer.byIndex(OF_QUERY, CompactorInformers.key(thanos));
    }

    /** The pods of a resource's ingestors and routers. */
    static Collection<Pod> ofReceive(IndexerResourceCache<Pod> informer, Thanos thanos) {
        return informer.byIndex(OF_RECEIVE, CompactorInformers.key(thanos));
    }

    /** Of query pods the Deployment tells already. */
    private static Set<ResourceID> concerned(Pod pod, BucketClaims claims) {
        if (isOfQuery(pod)) {
            return Set.of();
        }
        var occupant = CompactorObjects.occupant(pod);
        return CompactorInformers.concerned(
                Set.of(new ResourceID(occupant.name(), occupant.namespace())), CompactorObjects.bucket(pod), claims);
    }

    private static boolean isOfQuery(Pod pod) {
        return Role.QUERY.label().equals(pod.getMetadata().getLabels().get(Labels.COMPONENT));
    }

    private static boolean isOfReceive(Pod pod) {
        return RECEIVE.contains(pod.getMetadata().getLabels().get(Labels.COMPONENT));
    }
}
