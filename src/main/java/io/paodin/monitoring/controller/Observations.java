package io.paodin.monitoring.controller;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.paodin.monitoring.api.v1alpha1.Thanos;
import io.paodin.monitoring.apply.Applied;
import io.paodin.monitoring.apply.Outcome;
import io.paodin.monitoring.apply.OwnedObjects;
import io.paodin.monitoring.apply.Owner;
import io.paodin.monitoring.apply.Result;
import io.paodin.monitoring.model.Cluster;
import io.paodin.monitoring.model.HashringFile;
import io.paodin.monitoring.model.Labels;
import io.paodin.monitoring.status.ConditionReason;
import io.paodin.monitoring.status.Observation;
import io.paodin.monitoring.status.Problem;
import io.paodin.monitoring.status.WorkloadState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Puts what applying came to into the words of the status. */
final class Observations {

    private Observations() {}

    static Observation of(Thanos thanos, Cluster cluster, OwnedObjects owned, Outcome outcome) {
        var objects = objects(Owner.of(thanos), owned, outcome);
        return new Observation(
                objects.stream()
                        .flatMap(object -> WorkloadState.of(object).stream())
                        .toList(),
                rings(cluster, objects),
                Stream.concat(
                                heldUp(cluster, outcome),
                                outcome.objects().stream().flatMap(Observations::problem))
                        .toList(),
                !outcome.with(Result.PENDING).isEmpty());
    }

    /** One problem for each cause, with all components that it holds up. */
    private static Stream<Problem> heldUp(Cluster cluster, Outcome outcome) {
        var differing = outcome.with(Result.WITHHELD).stream()
                .flatMap(applied -> component(applied.desired()).stream())
                .collect(Collectors.toSet());
        var components = cluster.components().stream()
                .filter(component -> component.holdup().isPresent())
                .collect(Collectors.groupingBy(
                        component -> component.holdup().orElseThrow(), LinkedHashMap::new, Collectors.toList()));
        return components.entrySet().stream()
                .flatMap(cause -> Problem.of(cause.getKey(), cause.getValue(), differing).stream());
    }

    private static Optional<String> component(HasMetadata object) {
        return Labels.component(object.getMetadata().getLabels());
    }

    /** Nobody tells of a foreign object's removal, or of a change of what the API server refuses. */
    static boolean needsRecheck(Outcome outcome) {
        return Stream.of(Result.FOREIGN, Result.SUPERSEDED, Result.IMMUTABLE, Result.REJECTED)
                .anyMatch(result -> !outcome.with(result).isEmpty());
    }

    /** What the server answered just now is newer than what the cache shows. */
    private static List<HasMetadata> objects(Owner owner, OwnedObjects owned, Outcome outcome) {
        var answered = outcome.objects().stream()
                .map(Applied::current)
                .filter(current -> current != null && owner.controls(current));
        var cached = owned.all().stream().filter(owner::controls).filter(object -> !isIn(outcome, object));
        return Stream.<HasMetadata>concat(answered, cached).toList();
    }

    /** What the routers are told, whether or not it is what the spec wants. */
    private static Map<String, List<String>> rings(Cluster cluster, List<HasMetadata> objects) {
        return cluster.receive()
                .map(receive -> receive.router().hashrings())
                .flatMap(file -> objects.stream()
                        .filter(o -> o instanceof ConfigMap
                                && o.getMetadata().getName().equals(file.configMap()))
                        .map(o -> ((ConfigMap) o).getData().getOrDefault(file.key(), ""))
                        .findFirst())
                .flatMap(HashringFile::parse)
                .map(file -> file.rings().stream()
                        .collect(Collectors.toMap(HashringFile.Ring::name, HashringFile.Ring::members, (a, b) -> a)))
                .orElse(Map.of());
    }

    private static boolean isIn(Outcome outcome, HasMetadata object) {
        return outcome.objects().stream()
                .anyMatch(applied -> applied.kind().equals(object.getKind())
                        && applied.name().equals(object.getMetadata().getName()));
    }

    private static Stream<Problem> problem(Applied applied) {
        var object = applied.kind() + " " + applied.name();
        return switch (applied.result()) {
            case CREATED, CONFIGURED, UNCHANGED, PRUNED, PENDING, WITHHELD, NAMESPACE_TERMINATING -> Stream.empty();
            case FOREIGN ->
                Stream.of(Problem.blocking(
                        ConditionReason.ForeignObject,
                        object,
                        object + " " + applied.message() + ": delete or rename it, or rename this resource"));
            case SUPERSEDED, TERMINATING, RECREATING ->
                Stream.of(Problem.passing(ConditionReason.RollingOut, object + " " + applied.message()));
            case IMMUTABLE ->
                Stream.of(Problem.blocking(ConditionReason.ImmutableField, object, object + ": " + applied.message()));
            case REJECTED ->
                Stream.of(Problem.blocking(
                        ConditionReason.Rejected,
                        object,
                        "the API server refuses " + object + ": " + applied.message() + "; " + remedy(applied)));
            case FAILED ->
                Stream.of(Problem.passing(
                        ConditionReason.ApplyFailed, object + ": " + applied.message() + "; it is tried again"));
        };
    }

    private static String remedy(Applied rejected) {
        return rejected.desired() instanceof PersistentVolumeClaim
                ? "it does not grow, and the StatefulSet stays as it is: allow it (allowVolumeExpansion: true in its StorageClass, or more in the quota), or undo the change of the size"
                : "correct the spec, or ask who owns the policy, quota or role";
    }
}
