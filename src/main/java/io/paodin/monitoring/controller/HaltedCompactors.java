package io.paodin.monitoring.controller;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import io.paodin.monitoring.api.v1alpha1.Thanos;
import io.paodin.monitoring.status.StatusCalculator;
import java.time.Duration;
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

    private final PodRounds<Boolean, Known> rounds;

    HaltedCompactors(PodMetrics.Source metrics, Duration interval) {
        super("halted-compactors");
        this.rounds = new PodRounds<>(
                (host, port) -> metrics.read(host, port, Set.of(METRIC)).thenApply(values -> values.value(METRIC) != 0),
                interval,
                PORT,
                Known::learn,
                Known::state,
                this::propagateEvent);
    }

    /** The pod of the resource's compactor that has halted, as far as is known. */
    Optional<String> haltedPod(Thanos thanos, Compactors seen) {
        // A process that has just started must not withdraw what an earlier one has told.
        var known = rounds.look(
                ResourceID.fromResource(thanos),
                seen.podsOf(thanos),
                pod -> new Known(
                        StatusCalculator.saysHalted(thanos.getStatus(), pod.name()) ? State.HALTED : State.UNKNOWN,
                        false));
        rounds.begin();
        return known.entrySet().stream()
                .filter(pod -> pod.getValue().state() == State.HALTED)
                .map(pod -> pod.getKey().name())
                .findFirst();
    }

    @Override
    public void onResourceDeleted(Thanos thanos) {
        rounds.forget(ResourceID.fromResource(thanos));
    }

    @Override
    public void stop() {
        super.stop();
        rounds.forgetAll();
    }
}
