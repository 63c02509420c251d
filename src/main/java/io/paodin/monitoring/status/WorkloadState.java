package io.paodin.monitoring.status;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatus;
import io.paodin.monitoring.model.Labels;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How one Deployment or StatefulSet is.
 *
 * @param component as in {@code Component.id()}
 * @param ready pods that are ready
 * @param updated pods of the newest pod template
 * @param available pods that have been ready for the minimum time
 * @param surplus pods beyond the desired number, which are about to end
 * @param settled whether all pods are of the newest template and available, and none is left of an older one
 * @param message what its controller says is in the way, if anything
 */
public record WorkloadState(
        String component,
        String kind,
        String name,
        int desired,
        int ready,
        int updated,
        int available,
        int surplus,
        boolean settled,
        String image,
        Optional<String> message) {

    /** @return the state, or empty if the object is neither a Deployment nor a StatefulSet */
    public static Optional<WorkloadState> of(HasMetadata object) {
        if (object instanceof Deployment deployment) {
            return Optional.of(of(deployment));
        }
        if (object instanceof StatefulSet statefulSet) {
            return Optional.of(of(statefulSet));
        }
        return Optional.empty();
    }

    private static WorkloadState of(Deployment deployment) {
        var spec = deployment.getSpec();
        var status = Objects.requireNonNullElseGet(deployment.getStatus(), DeploymentStatus::new);
        var pods = new Pods(
                desired(spec.getReplicas()),
                count(status.getReplicas()),
                count(status.getReadyReplicas()),
                count(status.getUpdatedReplicas()),
                count(status.getAvailableReplicas()));
        var isRolledOut = isObserved(deployment, status.getObservedGeneration()) && pods.updated() == pods.desired();
        return of(deployment, spec.getTemplate(), pods, isRolledOut, message(status.getConditions()));
    }

    private static WorkloadState of(StatefulSet set) {
        var spec = set.getSpec();
        var status = Objects.requireNonNullElseGet(set.getStatus(), StatefulSetStatus::new);
        var pods = new Pods(
                desired(spec.getReplicas()),
                count(status.getReplicas()),
                count(status.getReadyReplicas()),
                count(status.getUpdatedReplicas()),
                count(status.getAvailableReplicas()));
        var isRolledOut = isObserved(set, status.getObservedGeneration()) && pods.updated() == pods.desired();
        return of(set, spec.getTemplate(), pods, isRolledOut, Optional.empty());
    }

    /** How many there are, by what can be said of them. */
    private record Pods(int desired, int existing, int ready, int updated, int available) {}

    private static WorkloadState of(
            HasMetadata object, PodTemplateSpec template, Pods pods, boolean isRolledOut, Optional<String> message) {
        return new WorkloadState(
                component(object),
                object.getKind(),
                object.getMetadata().getName(),
                pods.desired(),
                pods.ready(),
                pods.updated(),
                pods.available(),
                Math.max(0, pods.existing() - pods.desired()),
                isRolledOut && pods.existing() == pods.desired() && pods.available() == pods.desired(),
                image(template),
                message);
    }

    /** Counts of an older generation say nothing about what was applied since. */
    private static boolean isObserved(HasMetadata object, Long observedGeneration) {
        var generation = object.getMetadata().getGeneration();
        return generation == null || observedGeneration != null && observedGeneration >= generation;
    }

    /** Its name, if somebody has taken the label away. */
    private static String component(HasMetadata object) {
        return Labels.component(object.getMetadata().getLabels())
                .orElse(object.getMetadata().getName());
    }

    private static String image(PodTemplateSpec template) {
        return template.getSpec().getContainers().get(0).getImage();
    }

    private static Optional<String> message(List<DeploymentCondition> conditions) {
        var messages = conditions.stream()
                .filter(c -> "ReplicaFailure".equals(c.getType()) && "True".equals(c.getStatus())
                        || "Progressing".equals(c.getType()) && "False".equals(c.getStatus()))
                .map(DeploymentCondition::getMessage)
                .filter(Objects::nonNull)
                .collect(Collectors.joining("; "));
        return messages.isEmpty() ? Optional.empty() : Optional.of(messages);
    }

    private static int desired(Integer replicas) {
        return replicas == null ? 1 : replicas;
    }

    private static int count(Integer value) {
        return value == null ? 0 : value;
    }
}
