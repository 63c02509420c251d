package io.paodin.monitoring.model;

import io.paodin.monitoring.model.ReceiveState.IngestorPod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How the pods go that the resource has no more: of each hashring one at a time, from the highest number on, and none while
 * a router may write to it or something that it holds would be left behind. Each gets the time to write and upload that.
 * Claims stay.
 *
 * @param replicas how many pods each StatefulSet is to have now, by its name: those wanted, and those that cannot go yet
 * @param leaving the ingestors that the resource has no more and that have pods, by the name of the StatefulSet
 * @param restarted the names of the pods to delete, which their StatefulSets make anew
 * @param awaited what the next pod's end waits for, by the name of its StatefulSet, as a sentence
 * @param isAnyoneLeaving whether a pod goes, or is to
 */
public record Departures(
        Map<String, Integer> replicas,
        List<Leaver> leaving,
        List<String> restarted,
        Map<String, String> awaited,
        boolean isAnyoneLeaving) {

    /** The group of those that the resource has no more. No ring is called so. */
    private static final String OTHERS = "";

    public Departures {
        replicas = Map.copyOf(replicas);
        leaving = List.copyOf(leaving);
        restarted = List.copyOf(restarted);
        awaited = Map.copyOf(awaited);
    }

    /**
     * An ingestor that the resource has no more.
     *
     * @param component the id of the component that it was
     * @param replicas how many pods it is to have now
     */
    public record Leaver(String component, String statefulSet, int replicas) {

        /** The addresses of its pods. */
        List<String> sources(Inputs inputs, String namespace) {
            return Ingestor.members(statefulSet, inputs.pods(statefulSet), namespace);
        }
    }

    /**
     * What the resource wants of a StatefulSet.
     *
     * @param group what leaves one pod at a time
     * @param isHeldUp whether its pods would not start
     */
    record Wanted(String statefulSet, int replicas, String group, boolean isHeldUp) {}

    /**
     * A StatefulSet that has more pods than it is to have.
     *
     * @param uploads whether they have a bucket, and would start again
     */
    private record Shrinking(String statefulSet, int replicas, int target, boolean uploads) {

        /** In the order in which they stop. */
        Stream<String> leavers() {
            return IntStream.iterate(replicas - 1, ordinal -> ordinal >= target, ordinal -> ordinal - 1)
                    .mapToObj(this::pod);
        }

        String next() {
            return pod(replicas - 1);
        }

        private String pod(int ordinal) {
            return statefulSet + "-" + ordinal;
        }
    }

    /** @param patience how long after a change of the hashrings a router is waited for that does not answer */
    static Departures of(List<Wanted> wanted, Inputs inputs, Duration patience) {
        var state = inputs.receive();
        var existing = existing(inputs);
        var groups = new HashMap<String, String>();
        // Two can be of one name if the resource is invalid.
        wanted.forEach(one -> groups.put(one.statefulSet(), one.group()));
        var replicas = new HashMap<String, Integer>();
        existing.keySet().forEach(name -> replicas.put(name, 0));
        wanted.forEach(one -> replicas.put(one.statefulSet(), one.replicas()));
        var awaited = new TreeMap<String, String>();
        var restarted = new ArrayList<String>();
        var shrinking = shrinking(wanted, existing, inputs);
        shrinking.forEach((group, sets) -> {
            var stopping = stopping(group, groups, existing, state);
            var drain = stopping.isPresent() ? Drain.DONE : drain(sets, state, patience);
            drain.restarted().ifPresent(restarted::add);
            var isOneStopping = false;
            for (var set : sets) {
                var obstacle = obstacle(set.next(), stopping, state, patience)
                        .or(drain::awaited)
                        .or(
                                isOneStopping
                                        ? () -> Optional.of("its pods stop after those of another")
                                        : Optional::empty);
                obstacle.ifPresent(what -> awaited.put(set.statefulSet(), what));
                isOneStopping |= obstacle.isEmpty();
                replicas.put(set.statefulSet(), obstacle.isPresent() ? set.replicas() : set.replicas() - 1);
            }
        });
        var leaving = existing.entrySet().stream()
                .filter(set -> !groups.containsKey(set.getKey()))
                .filter(set -> set.getValue().replicas() > 0 || hasPods(set.getKey(), state))
                .map(set -> new Leaver(set.getValue().component(), set.getKey(), replicas.get(set.getKey())))
                .toList();
        replicas.keySet().retainAll(groups.keySet());
        return new Departures(replicas, leaving, restarted, awaited, !shrinking.isEmpty());
    }

    /** The StatefulSets of ingestors, by name. */
    private static Map<String, Inputs.Running> existing(Inputs inputs) {
        var existing = new TreeMap<String, Inputs.Running>();
        inputs.running().forEach((name, set) -> {
            if (Ingestor.isId(set.component())) {
                existing.put(name, set);
            }
        });
        return existing;
    }

    /** By group. A StatefulSet that is just made anew, which takes its pods over, has those that there are. */
    private static Map<String, List<Shrinking>> shrinking(
            List<Wanted> wanted, Map<String, Inputs.Running> existing, Inputs inputs) {
        var groups = new TreeMap<String, List<Shrinking>>();
        wanted.forEach(one -> {
            var name = one.statefulSet();
            var set = Optional.ofNullable(existing.get(name));
            var uploads =
                    set.filter(running -> running.storageVersion() == null).isEmpty() && !one.isHeldUp();
            var count = set.map(Inputs.Running::replicas).orElseGet(() -> inputs.pods(name));
            groups.computeIfAbsent(one.group(), group -> new ArrayList<>())
                    .add(new Shrinking(name, count, Math.max(0, one.replicas()), uploads));
        });
        existing.forEach((name, set) -> {
            if (wanted.stream().noneMatch(one -> one.statefulSet().equals(name))) {
                groups.computeIfAbsent(OTHERS, group -> new ArrayList<>())
                        .add(new Shrinking(name, set.replicas(), 0, set.storageVersion() != null));
            }
        });
        groups.values().forEach(sets -> sets.removeIf(set -> set.replicas() <= set.target()));
        groups.values().removeIf(List::isEmpty);
        return groups;
    }

    private static Optional<String> obstacle(
            String pod, Optional<IngestorPod> stopping, ReceiveState state, Duration patience) {
        if (stopping.isPresent()) {
            return Optional.of("pod %s writes and uploads what it holds"
                    .formatted(stopping.get().name()));
        }
        if (isMember(pod, state)) {
            return Optional.of("pod %s is still a member".formatted(pod));
        }
        return Confirmation.missing(state, patience)
                .map(what -> "pod %s goes on until no router writes to it: %s".formatted(pod, what));
    }

    /** Of those that are no members any more. */
    private static Drain drain(List<Shrinking> sets, ReceiveState state, Duration patience) {
        if (Confirmation.missing(state, patience).isPresent()) {
            return Drain.DONE;
        }
        var leavers = sets.stream()
                .filter(Shrinking::uploads)
                .flatMap(Shrinking::leavers)
                .filter(pod -> !isMember(pod, state))
                .toList();
        return Drain.of(leavers, Confirmation.since(state), state);
    }

    private static boolean isMember(String pod, ReceiveState state) {
        return state.file().stream()
                .flatMap(file -> file.rings().stream())
                .flatMap(ring -> ring.members().stream())
                .anyMatch(member -> Address.pod(member).equals(pod));
    }

    /** A pod of the group that is beyond what its StatefulSet is to have. */
    private static Optional<IngestorPod> stopping(
            String group, Map<String, String> groups, Map<String, Inputs.Running> existing, ReceiveState state) {
        return state.ingestors().stream()
                .filter(pod -> group(pod.statefulSet(), groups).equals(group))
                .filter(pod -> existing.containsKey(pod.statefulSet())
                        && pod.ordinal() >= existing.get(pod.statefulSet()).replicas())
                .findFirst();
    }

    /** Those that the resource has no more may have been of one ring. */
    private static String group(String statefulSet, Map<String, String> groups) {
        return groups.getOrDefault(statefulSet, OTHERS);
    }

    private static boolean hasPods(String statefulSet, ReceiveState state) {
        return state.ingestors().stream().anyMatch(pod -> pod.statefulSet().equals(statefulSet));
    }
}
