package io.paodin.monitoring.model;

import io.paodin.monitoring.model.ReceiveState.IngestorPod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How the pods go that the resource has no more: of each hashring one at a time, from the highest number on, and none while
 * a router may write to it. Each gets the time to write and upload what it holds. Claims stay.
 *
 * @param replicas how many pods each StatefulSet is to have now, by its name: those wanted, and those that cannot go yet
 * @param leaving the ingestors that the resource has no more and that have pods, by the name of the StatefulSet
 * @param awaited what the next pod's end waits for, by the name of its StatefulSet, as a sentence
 * @param isAnyoneLeaving whether a pod goes, or is to
 */
public record Departures(
        Map<String, Integer> replicas, List<Leaver> leaving, Map<String, String> awaited, boolean isAnyoneLeaving) {

    public Departures {
        replicas = Map.copyOf(replicas);
        leaving = List.copyOf(leaving);
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
     */
    record Wanted(String statefulSet, int replicas, String group) {}

    /** @param patience how long after a change of the hashrings a router is waited for that does not answer */
    static Departures of(List<Wanted> wanted, Inputs inputs, Duration patience) {
        var state = inputs.receive();
        var existing = new TreeMap<String, Inputs.Running>();
        inputs.running().forEach((name, set) -> {
            if (Ingestor.isId(set.component())) {
                existing.put(name, set);
            }
        });
        var replicas = new HashMap<String, Integer>();
        var groups = new HashMap<String, String>();
        wanted.forEach(one -> {
            replicas.put(one.statefulSet(), one.replicas());
            groups.put(one.statefulSet(), one.group());
        });
        var awaited = new TreeMap<String, String>();
        var leaving = new ArrayList<Leaver>();
        var isAnyoneLeaving = existing.entrySet().stream()
                .anyMatch(set -> set.getValue().replicas() > replicas.getOrDefault(set.getKey(), 0));
        existing.forEach((name, set) -> {
            var target = replicas.getOrDefault(name, 0);
            var next = target;
            if (set.replicas() > target) {
                var stopping = stopping(group(name, groups), groups, existing, state);
                var obstacle = obstacle(name + "-" + (set.replicas() - 1), stopping, state, patience);
                obstacle.ifPresent(what -> awaited.put(name, what));
                next = obstacle.isPresent() ? set.replicas() : set.replicas() - 1;
            }
            if (groups.containsKey(name)) {
                replicas.put(name, next);
            } else if (set.replicas() > 0 || hasPods(name, state)) {
                leaving.add(new Leaver(set.component(), name, next));
            }
        });
        return new Departures(replicas, leaving, awaited, isAnyoneLeaving);
    }

    private static Optional<String> obstacle(
            String pod, Optional<IngestorPod> stopping, ReceiveState state, Duration patience) {
        if (stopping.isPresent()) {
            return Optional.of("pod %s writes and uploads what it holds"
                    .formatted(stopping.get().name()));
        }
        if (state.file().filter(file -> isMember(pod, file)).isPresent()) {
            return Optional.of("pod %s is still a member".formatted(pod));
        }
        return Confirmation.missing(state, patience)
                .map(what -> "pod %s goes on until no router writes to it: %s".formatted(pod, what));
    }

    private static boolean isMember(String pod, HashringFile file) {
        return file.rings().stream().flatMap(ring -> ring.members().stream()).anyMatch(member -> Address.pod(member)
                .equals(pod));
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

    /** One that the resource has no more is a group of its own. */
    private static String group(String statefulSet, Map<String, String> groups) {
        return groups.getOrDefault(statefulSet, "/" + statefulSet);
    }

    private static boolean hasPods(String statefulSet, ReceiveState state) {
        return state.ingestors().stream().anyMatch(pod -> pod.statefulSet().equals(statefulSet));
    }
}
