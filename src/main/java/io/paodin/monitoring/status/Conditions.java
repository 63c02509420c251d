package io.paodin.monitoring.status;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.paodin.monitoring.api.v1alpha1.Thanos;
import io.paodin.monitoring.api.v1alpha1.ThanosStatus;
import io.paodin.monitoring.model.Cluster;
import io.paodin.monitoring.model.Compact;
import io.paodin.monitoring.model.Component;
import io.paodin.monitoring.model.Query;
import io.paodin.monitoring.model.Reason;
import io.paodin.monitoring.model.RingProgress;
import io.paodin.monitoring.model.Store;
import io.paodin.monitoring.model.StoreAccess;
import io.paodin.monitoring.model.Violation;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The three conditions of a resource. {@code Ready}: the newest generation is valid, applied, and everything it asks for
 * runs. {@code Progressing}: something is under way. {@code Degraded}: something needs a person.
 */
final class Conditions {

    static final String READY = "Ready";
    static final String PROGRESSING = "Progressing";
    static final String DEGRADED = "Degraded";

    /** All that are written. */
    static final List<String> TYPES = List.of(READY, PROGRESSING, DEGRADED);

    /** The API server's limit for a condition's message. */
    private static final int MESSAGE_LIMIT = 32768;

    private Conditions() {}

    private record Verdict(boolean isTrue, ConditionReason reason, String message) {}

    static List<Condition> of(Thanos thanos, Cluster cluster, Observation seen, Instant now) {
        return List.of(
                condition(READY, ready(cluster, seen), thanos, now),
                condition(PROGRESSING, progressing(thanos, cluster, seen), thanos, now),
                condition(DEGRADED, degraded(cluster, seen), thanos, now));
    }

    static Optional<Condition> find(ThanosStatus status, String type) {
        if (status == null || status.conditions == null) {
            return Optional.empty();
        }
        return status.conditions.stream().filter(c -> type.equals(c.getType())).findFirst();
    }

    private static Verdict ready(Cluster cluster, Observation seen) {
        var problems =
                problems(cluster, seen).stream().filter(Problem::keepsFromReady).toList();
        if (!problems.isEmpty()) {
            return new Verdict(false, problems.get(0).reason(), messages(problems));
        }
        if (seen.pending()) {
            return new Verdict(
                    false, ConditionReason.Paused, "changes of the spec wait: set spec.paused to false to apply them");
        }
        var waiting = waiting(cluster, seen);
        if (!waiting.isEmpty()) {
            return new Verdict(false, ConditionReason.RollingOut, String.join("; ", waiting));
        }
        int components = cluster.components().size();
        return new Verdict(
                true,
                ConditionReason.Ready,
                components == 1 ? "1 component is ready" : components + " components are ready");
    }

    private static Verdict progressing(Thanos thanos, Cluster cluster, Observation seen) {
        if (cluster.paused()) {
            return new Verdict(
                    false,
                    ConditionReason.Paused,
                    "spec.paused is true: nothing is applied" + lost(thanos, cluster, seen));
        }
        var problems = problems(cluster, seen);
        if (!cluster.isValid()) {
            return new Verdict(
                    false,
                    problems.get(0).reason(),
                    "nothing is applied until the spec is valid; what runs goes on" + lost(thanos, cluster, seen));
        }
        var passing = problems.stream().filter(p -> !p.needsPerson()).toList();
        if (!passing.isEmpty()) {
            return new Verdict(true, passing.get(0).reason(), messages(passing));
        }
        var waiting = waiting(cluster, seen);
        if (!waiting.isEmpty()) {
            return new Verdict(true, ConditionReason.RollingOut, String.join("; ", waiting));
        }
        return new Verdict(false, ConditionReason.Stable, "nothing is under way");
    }

    /** A StatefulSet that was to be created anew may be away: its pods go on, but nobody looks after them. */
    private static String lost(Thanos thanos, Cluster cluster, Observation seen) {
        var objects = cluster.isValid()
                ? cluster.components().stream()
                        .filter(c ->
                                seen.workload(c.kind(), c.workload().name()).isEmpty())
                        .map(Conditions::object)
                : StatusCalculator.lost(thanos.getStatus(), seen).map(c -> c.kind + " " + c.object);
        var missing = objects.sorted().collect(Collectors.joining(", "));
        return missing.isEmpty()
                ? ""
                : "; until then %s cannot be created, nor any pod of it replaced".formatted(missing);
    }

    private static Verdict degraded(Cluster cluster, Observation seen) {
        var problems =
                problems(cluster, seen).stream().filter(Problem::needsPerson).toList();
        if (problems.isEmpty()) {
            return new Verdict(false, ConditionReason.AsExpected, "nothing needs attention");
        }
        return new Verdict(true, problems.get(0).reason(), messages(problems));
    }

    private static List<Problem> problems(Cluster cluster, Observation seen) {
        var problems = new ArrayList<Problem>();
        cluster.violations().stream().map(Conditions::problem).forEach(problems::add);
        if (cluster.isValid()) {
            cluster.compact().flatMap(Conditions::conflict).ifPresent(problems::add);
        }
        problems.addAll(seen.problems());
        if (cluster.isValid()) {
            cluster.query().map(Query::stores).orElse(List.of()).stream()
                    .flatMap(store -> unusable(store).stream())
                    .forEach(problems::add);
        }
        cluster.compact().flatMap(Conditions::halt).ifPresent(problems::add);
        return problems;
    }

    private static Problem problem(Violation violation) {
        return Problem.blocking(reason(violation.reason()), violation.toString());
    }

    static ConditionReason reason(Reason reason) {
        return switch (reason) {
            case InvalidSpec -> ConditionReason.InvalidSpec;
            case UnsupportedVersion -> ConditionReason.UnsupportedVersion;
            case MissingSecret -> ConditionReason.MissingSecret;
            case InvalidObjectStorage -> ConditionReason.InvalidObjectStorage;
            case StoreUnusable -> ConditionReason.StoreUnusable;
            case UnreadableSecret -> ConditionReason.ApplyFailed;
        };
    }

    /** One that cannot be read just now is left to the next look. */
    private static Optional<Problem> unusable(Store store) {
        return store.access()
                .flatMap(StoreAccess::trouble)
                .filter(trouble -> trouble.reason() == Reason.StoreUnusable)
                .map(trouble -> Problem.defect(
                        ConditionReason.StoreUnusable, "store %s: %s".formatted(store.name(), trouble.message())));
    }

    /** An older resource has the bucket: this one's compactor has to stay away. */
    private static Optional<Problem> conflict(Compact compact) {
        return compact.conflict()
                .map(message -> Problem.blocking(
                        ConditionReason.CompactorConflict, object(compact), compact.id() + ": " + message));
    }

    private static Optional<Problem> halt(Compact compact) {
        return compact.haltedPod()
                .map(pod -> Problem.defect(
                        ConditionReason.CompactorHalted,
                        "%s: %s, so nothing is compacted or deleted any more: its log names the blocks that are in the way; repair them, then delete the pod"
                                .formatted(compact.id(), halted(pod))));
    }

    static String halted(String pod) {
        return "pod " + pod + " has halted";
    }

    private static String messages(List<Problem> problems) {
        return problems.stream().map(Problem::message).collect(Collectors.joining("; "));
    }

    /** What is not yet as the spec wants it and comes by itself, a sentence for each component. */
    private static List<String> waiting(Cluster cluster, Observation seen) {
        var waiting = new ArrayList<String>();
        for (var component : cluster.components()) {
            if (isStuck(component, cluster, seen)) {
                continue;
            }
            component.waiting().ifPresent(what -> waiting.add(component.id() + ": " + what));
            var state = seen.workload(component.kind(), component.workload().name());
            if (state.isEmpty()) {
                waiting.add(component.id() + ": not created yet");
            } else if (!state.get().settled()) {
                waiting.add(describe(component.id(), state.get()));
            }
        }
        cluster.rings().stream()
                .filter(ring -> !ring.isStable() && !isStuck(ring, cluster, seen))
                .map(ring ->
                        "hashring %s: %s".formatted(ring.name(), ring.message().orElse("is changing")))
                .forEach(waiting::add);
        return waiting;
    }

    /** Whether an ingestor of it needs a person. */
    private static boolean isStuck(RingProgress ring, Cluster cluster, Observation seen) {
        return cluster.components().stream()
                .filter(component ->
                        ring.statefulSets().contains(component.workload().name()))
                .anyMatch(component -> isStuck(component, cluster, seen));
    }

    private static boolean isStuck(Component component, Cluster cluster, Observation seen) {
        return problems(cluster, seen).stream()
                .anyMatch(p -> p.needsPerson() && p.objects().contains(object(component)));
    }

    static String object(Component component) {
        return component.kind() + " " + component.workload().name();
    }

    private static String describe(String component, WorkloadState state) {
        var text = new StringBuilder(
                "%s: %d of %d ready, %d updated".formatted(component, state.ready(), state.desired(), state.updated()));
        if (state.ready() >= state.desired() && state.available() < state.desired()) {
            text.append(", %d for long enough".formatted(state.available()));
        }
        if (state.surplus() > 0) {
            text.append(", %d more to end".formatted(state.surplus()));
        }
        state.message().ifPresent(message -> text.append(" (").append(message).append(')'));
        return text.toString();
    }

    private static Condition condition(String type, Verdict verdict, Thanos thanos, Instant now) {
        var status = verdict.isTrue() ? "True" : "False";
        var since = find(thanos.getStatus(), type)
                .filter(before -> status.equals(before.getStatus()))
                .map(Condition::getLastTransitionTime)
                .orElseGet(() -> now.truncatedTo(ChronoUnit.SECONDS).toString());
        return new ConditionBuilder()
                .withType(type)
                .withStatus(status)
                .withReason(verdict.reason().name())
                .withMessage(cut(verdict.message()))
                .withObservedGeneration(thanos.getMetadata().getGeneration())
                .withLastTransitionTime(since)
                .build();
    }

    private static String cut(String message) {
        var isLong = message.codePointCount(0, message.length()) > MESSAGE_LIMIT;
        return isLong ? message.substring(0, message.offsetByCodePoints(0, MESSAGE_LIMIT - 3)) + "..." : message;
    }
}
