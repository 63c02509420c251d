package io.paodin.monitoring.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.paodin.monitoring.api.v1alpha1.Thanos;
import io.paodin.monitoring.model.Compaction;
import io.paodin.monitoring.model.Compaction.Occupant;
import io.paodin.monitoring.model.Labels;
import java.util.Optional;
import java.util.Set;

/** What the StatefulSet and the pods of a compactor tell about the bucket that they work on. */
final class CompactorObjects {

    private static final Set<String> FINISHED = Set.of("Succeeded", "Failed");

    private CompactorObjects() {}

    static Optional<String> bucket(StatefulSet set) {
        return annotation(set.getSpec().getTemplate().getMetadata());
    }

    static Optional<String> bucket(Pod pod) {
        return annotation(pod.getMetadata());
    }

    /** Whether it has pods, or may get one on account of what it once asked for. */
    static boolean mayWork(StatefulSet set) {
        var status = set.getStatus();
        var hasPods = status != null && status.getReplicas() != null && status.getReplicas() > 0;
        return replicas(set) > 0 || hasPods || !isObserved(set);
    }

    static boolean mayWork(Pod pod) {
        return pod.getStatus() == null
                || !FINISHED.contains(String.valueOf(pod.getStatus().getPhase()));
    }

    static int replicas(StatefulSet set) {
        return set.getSpec().getReplicas() == null ? 1 : set.getSpec().getReplicas();
    }

    static boolean isOwnedBy(HasMetadata object, String uid) {
        return controller(object).filter(owner -> owner.getUid().equals(uid)).isPresent();
    }

    /** The resource that the StatefulSet belongs to, if there still is one. */
    static Optional<Thanos> owner(StatefulSet set, Compactors seen) {
        return controller(set).flatMap(owner -> seen.resource(set.getMetadata().getNamespace(), owner.getName())
                .filter(thanos -> thanos.getMetadata().getUid().equals(owner.getUid())));
    }

    /** Whose it is, by its labels: of pods nothing else tells it once their StatefulSet is gone. */
    static Occupant occupant(HasMetadata object) {
        var metadata = object.getMetadata();
        var name = metadata.getLabels() == null ? null : metadata.getLabels().get(Labels.INSTANCE);
        return new Occupant(metadata.getNamespace(), name == null ? "" : name);
    }

    private static Optional<OwnerReference> controller(HasMetadata object) {
        return object.getMetadata().getOwnerReferences().stream()
                .filter(owner -> Boolean.TRUE.equals(owner.getController()))
                .findFirst();
    }

    private static Optional<String> annotation(ObjectMeta metadata) {
        return Optional.ofNullable(metadata)
                .map(ObjectMeta::getAnnotations)
                .map(annotations -> annotations.get(Compaction.BUCKET_ANNOTATION));
    }

    /** One that never asked for pods has none, whether or not its controller has looked at it. */
    private static boolean isObserved(StatefulSet set) {
        var generation = set.getMetadata().getGeneration();
        if (generation == null || generation == 1 && replicas(set) == 0) {
            return true;
        }
        var status = set.getStatus();
        return status != null && status.getObservedGeneration() != null && status.getObservedGeneration() >= generation;
    }
}
