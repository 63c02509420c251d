package io.paodin.monitoring.model;

import io.paodin.monitoring.api.v1alpha1.RingPhase;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How far a hashring is on its way to what the resource wants.
 *
 * @param tenants how many it names; 0 for the ring of all others
 * @param desired how many members it is to have
 * @param statefulSets those of its ingestors, by name
 * @param message what is waited for; empty if nothing is
 */
public record RingProgress(
        String name, int tenants, int desired, List<String> statefulSets, RingPhase phase, Optional<String> message) {

    /** Those of the resource in their order, then those that it has no more and whose ingestors are not gone yet. */
    static List<RingProgress> of(
            List<Hashring> rings,
            Membership membership,
            Departures departures,
            IngestorRollout rollout,
            Inputs inputs) {
        var progress = new ArrayList<RingProgress>();
        rings.forEach(ring -> progress.add(of(ring, membership, departures, rollout, inputs)));
        progress.addAll(leaving(departures));
        return List.copyOf(progress);
    }

    /** The ingestors that the resource has no more. */
    static List<RingProgress> leaving(Departures departures) {
        return departures.leaving().stream()
                .map(leaver -> new RingProgress(
                        Ingestor.name(leaver.component()),
                        0,
                        0,
                        List.of(leaver.statefulSet()),
                        RingPhase.SHRINKING,
                        Optional.of(departures
                                .awaited()
                                .getOrDefault(leaver.statefulSet(), "its pods stop one after another"))))
                .toList();
    }

    public boolean isStable() {
        return phase == RingPhase.STABLE;
    }

    private static RingProgress of(
            Hashring ring, Membership membership, Departures departures, IngestorRollout rollout, Inputs inputs) {
        var name = ring.name();
        var excluded = Optional.ofNullable(membership.excluded().get(name))
                .map(pod -> "goes on without pod %s, which has not been ready for too long".formatted(pod));
        var growing = Optional.ofNullable(membership.awaited().get(name));
        var shrinking = shrinking(ring, departures, inputs);
        var updating = Optional.ofNullable(rollout.awaited().get(name));
        var phase = phase(growing, shrinking, updating);
        var message = Stream.of(growing, shrinking, updating, excluded)
                .flatMap(Optional::stream)
                .reduce((one, other) -> one + "; " + other);
        return new RingProgress(name, ring.tenants().size(), ring.members().size(), sets(ring), phase, message);
    }

    /** The first of what is under way. */
    private static RingPhase phase(Optional<String> growing, Optional<String> shrinking, Optional<String> updating) {
        if (growing.isPresent()) {
            return RingPhase.GROWING;
        }
        if (shrinking.isPresent()) {
            return RingPhase.SHRINKING;
        }
        return updating.isPresent() ? RingPhase.UPDATING : RingPhase.STABLE;
    }

    private static List<String> sets(Hashring ring) {
        return ring.ingestors().stream().map(i -> i.workload().name()).toList();
    }

    private static Optional<String> shrinking(Hashring ring, Departures departures, Inputs inputs) {
        var awaited = sets(ring).stream()
                .map(departures.awaited()::get)
                .filter(Objects::nonNull)
                .findFirst();
        return awaited.or(() -> ring.ingestors().stream()
                .map(Ingestor::workload)
                .filter(workload -> isShrinking(workload, inputs))
                .map(workload -> "its pods stop one after another")
                .findFirst());
    }

    /** Also while the last pod ends, when the StatefulSet has the wanted count already. */
    private static boolean isShrinking(Workload workload, Inputs inputs) {
        var running = inputs.running(workload.name());
        return running.filter(set -> set.replicas() > workload.replicas()
                        || inputs.receive().ingestors().stream()
                                .anyMatch(pod ->
                                        pod.statefulSet().equals(workload.name()) && pod.ordinal() >= set.replicas()))
                .isPresent();
    }
}
