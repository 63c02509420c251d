package io.paodin.monitoring.controller;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import io.paodin.monitoring.api.v1alpha1.Thanos;
import io.paodin.monitoring.status.StatusCalculator;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which compactors have halted. Their pods are asked in the background; a reconciliation gets what is known.
 *
 * <p>An event source: a resource is looked at again when something else is known about its compactor.
 */
public class HaltedCompactors extends SimpleInboundEventSource<Thanos> implements ResourceEventAware<Thanos> {

    private static final String PORT = "http";
    private static final String METRIC = "thanos_compact_halted";

    private enum State {
        UNKNOWN,
        WORKING,
        HALTED
    }

    /** @param hasFailed whether the last read has failed */
    private record Known(State state, boolean hasFailed) {

        /** One read that fails says nothing yet, so the news is not withdrawn for it. */
        Known learn(Boolean halted) {
            if (halted != null) {
                return new Known(halted ? State.HALTED : State.WORKING, false);
            }
            return new Known(hasFailed ? State.UNKNOWN : state, true);
        }
    }

    private final Map<PodRounds.Asked, Known> known = new HashMap<>();
    private final PodRounds<Boolean> rounds;

    HaltedCompactors(PodMetrics.Source metrics, Duration interval) {
        super("halted-compactors");
        this.rounds = new PodRounds<>(
                (host, port) -> metrics.read(host, port, Set.of(METRIC)).thenApply(values -> values.value(METRIC) != 0),
                interval,
                PORT,
                this::told);
    }

    /** The pod of the resource's compactor that has halted, as far as is known. */
    Optional<String> haltedPod(Thanos thanos, Compactors seen) {
        var resource = ResourceID.fromResource(thanos);
        Optional<String> halted;
        synchronized (known) {
            var asked = rounds.look(resource, seen.podsOf(thanos));
            known.keySet().removeIf(pod -> pod.resource().equals(resource) && !asked.contains(pod));
            // A process that has just started must not withdraw what an earlier one has told.
            asked.forEach(pod -> known.computeIfAbsent(
                    pod,
                    p -> new Known(
                            StatusCalculator.saysHalted(thanos.getStatus(), p.name()) ? State.HALTED : State.UNKNOWN,
                            false)));
            halted = asked.stream()
                    .filter(pod -> known.get(pod).state() == State.HALTED)
                    .map(PodRounds.Asked::name)
                    .findFirst();
        }
        rounds.begin();
        return halted;
    }

    private void told(PodRounds.Asked pod, Boolean halted) {
        boolean isNew;
        synchronized (known) {
            var before = known.get(pod);
            if (before == null) {
                return;
            }
            var now = before.learn(halted);
            known.put(pod, now);
            isNew = before.state() != now.state();
        }
        if (isNew) {
            propagateEvent(pod.resource());
        }
    }

    @Override
    public void onResourceDeleted(Thanos thanos) {
        var resource = ResourceID.fromResource(thanos);
        rounds.forget(resource);
        synchronized (known) {
            known.keySet().removeIf(pod -> pod.resource().equals(resource));
        }
    }

    @Override
    public void stop() {
        super.stop();
        rounds.forgetAll();
        synchronized (known) {
            known.clear();
        }
    }
}
