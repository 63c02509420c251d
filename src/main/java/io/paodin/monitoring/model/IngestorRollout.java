package io.paodin.monitoring.model;

import io.paodin.monitoring.model.ReceiveState.IngestorPod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which pods of ingestors are replaced next by those of a newer template. In a ring it is one at a time, the next when all
 * have been ready for as long as routers may take a member that is back for one that is down. Until one ring is wholly of
 * the newest templates and well, no other ring begins; then some go side by side. A pod that is not ready has nothing to
 * lose and goes first, so that a template that does not work can always be undone; but not at once if pods of the newest are
 * not ready either.
 *
 * @param replaced the names of the pods to delete; their StatefulSets make them anew
 * @param awaited what the rings wait for that have pods of older templates, by name, as a sentence
 */
record IngestorRollout(List<String> replaced, Map<String, String> awaited) {

    static final IngestorRollout NONE = new IngestorRollout(List.of(), Map.of());

    /**
     * A ring's pods.
     *
     * @param pods those that belong to it and are to stay
     * @param missing how many of them do not exist
     */
    private record Pods(String ring, List<Member> pods, int missing) {

        List<Member> outdated() {
            return pods.stream()
                    .filter(member -> member.isReplaceable() && !member.pod().isUpdated())
                    .toList();
        }

        boolean isOutdated() {
            return !outdated().isEmpty();
        }

        Optional<Member> unsettled(ReceiveState state) {
            return pods.stream().filter(member -> !member.isSettled(state)).findFirst();
        }

        boolean isSettled(ReceiveState state) {
            return missing == 0 && unsettled(state).isEmpty();
        }

        /** Whether some of it has been replaced already, or is just being. */
        boolean hasBegun(ReceiveState state) {
            return !isSettled(state)
                    || pods.stream().anyMatch(member -> member.pod().isUpdated());
        }
    }

    private record Member(IngestorPod pod, Duration minReady, boolean isReplaceable) {

        /** After this time a pod does not become ready by itself. */
        private static final Duration LONG = Duration.ofMinutes(5);

        boolean isLongDown(ReceiveState state) {
            return state.now()
                    .filter(now ->
                            !pod.since().orElse(pod.createdAt()).plus(LONG).isAfter(now))
                    .isPresent();
        }

        boolean isSettled(ReceiveState state) {
            return pod.isServing()
                    && state.now()
                            .flatMap(now -> pod.since()
                                    .map(since -> !since.plus(minReady).isAfter(now)))
                            .orElse(true);
        }
    }

    /** @param most how many rings are updated side by side */
    static IngestorRollout of(List<Hashring> rings, Map<String, Integer> replicas, int most, Inputs inputs) {
        var state = inputs.receive();
        var all = rings.stream().map(ring -> pods(ring, replicas, inputs)).toList();
        var outdated = all.stream().filter(Pods::isOutdated).toList();
        if (outdated.isEmpty()) {
            return NONE;
        }
        var replaced = new ArrayList<String>();
        var awaited = new LinkedHashMap<String, String>();
        var active = active(all, outdated, most, state);
        var isNewestSound = all.stream()
                .flatMap(ring -> ring.pods().stream())
                .allMatch(member -> !member.pod().isUpdated() || member.pod().isServing());
        for (var ring : outdated) {
            var broken = ring.outdated().stream()
                    .filter(member -> !member.pod().isReady() && !member.pod().isStopping())
                    .filter(member -> isNewestSound || member.isLongDown(state))
                    .findFirst();
            if (broken.isPresent()) {
                replaced.add(broken.get().pod().name());
                awaited.put(
                        ring.ring(),
                        "replaces pod %s, which is not ready"
                                .formatted(broken.get().pod().name()));
            } else if (!active.contains(ring.ring())) {
                awaited.put(ring.ring(), "is updated after " + waitsFor(all, outdated, active, state));
            } else if (ring.missing() > 0) {
                awaited.put(ring.ring(), "waits until its missing pods have been created");
            } else if (!ring.isSettled(state)) {
                awaited.put(ring.ring(), waiting(ring.unsettled(state).orElseThrow()));
            } else {
                var next = ring.outdated().get(0).pod().name();
                replaced.add(next);
                awaited.put(ring.ring(), "replaces pod " + next);
            }
        }
        return new IngestorRollout(replaced, awaited);
    }

    /** The names of the rings that may go on. */
    private static Set<String> active(List<Pods> all, List<Pods> outdated, int most, ReceiveState state) {
        var changed = outdated.stream()
                .flatMap(ring -> ring.outdated().stream())
                .map(member -> member.pod().createdAt())
                .max(Comparator.naturalOrder())
                .orElseThrow();
        // A ring whose template has not changed proves nothing: its pods are as old as the outdated ones.
        var updated = all.stream()
                .filter(ring -> !ring.isOutdated())
                .filter(ring -> ring.missing() > 0
                        || ring.pods().stream()
                                .anyMatch(member -> member.pod().createdAt().isAfter(changed)))
                .toList();
        var isProven = updated.stream().anyMatch(ring -> ring.isSettled(state));
        // The last pod of the first ring is new, but not proven.
        if (!isProven && !updated.isEmpty()) {
            return Set.of();
        }
        return outdated.stream()
                .sorted(Comparator.comparing((Pods ring) -> !ring.hasBegun(state)))
                .limit(isProven ? most : 1)
                .map(Pods::ring)
                .collect(Collectors.toSet());
    }

    private static String waitsFor(List<Pods> all, List<Pods> outdated, Set<String> active, ReceiveState state) {
        var others = active.isEmpty()
                ? all.stream()
                        .filter(ring -> !ring.isOutdated() && !ring.isSettled(state))
                        .map(Pods::ring)
                        .toList()
                : outdated.stream().map(Pods::ring).filter(active::contains).toList();
        return "hashring " + String.join(", ", others);
    }

    private static String waiting(Member member) {
        var pod = member.pod();
        return pod.isServing()
                ? "waits until pod %s has been ready for %d s"
                        .formatted(pod.name(), member.minReady().toSeconds())
                : "waits until pod %s is ready".formatted(pod.name());
    }

    /** In the order in which they are replaced: as a StatefulSet does it, from the last one. */
    private static Pods pods(Hashring ring, Map<String, Integer> replicas, Inputs inputs) {
        var members = new ArrayList<Member>();
        int missing = 0;
        for (var ingestor : ring.ingestors()) {
            var set = ingestor.workload().name();
            var count = inputs.running(set)
                    .map(running -> Math.min(running.replicas(), replicas.getOrDefault(set, 0)))
                    .orElse(0);
            var minReady = Duration.ofSeconds(ingestor.minReadySeconds());
            var existing = inputs.receive().ingestors().stream()
                    .filter(pod -> pod.statefulSet().equals(set) && pod.ordinal() < count)
                    .map(pod -> new Member(pod, minReady, ingestor.holdup().isEmpty()))
                    .toList();
            members.addAll(existing);
            missing += count - existing.size();
        }
        members.sort(Comparator.comparing((Member member) -> member.pod().statefulSet())
                .thenComparing(member -> member.pod().ordinal())
                .reversed());
        return new Pods(ring.name(), members, missing);
    }
}
