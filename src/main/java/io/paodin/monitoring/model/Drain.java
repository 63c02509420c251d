package io.paodin.monitoring.model;

import io.paodin.monitoring.model.ReceiveState.IngestorPod;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What leavers do before they stop for good. An ingestor that is stopped writes and uploads all that it holds but the newest
 * timestamp of each tenant, and uploads that, too, if it is all that it holds. So each leaver starts once more when no router
 * writes to it any more: one after another, and then they stop.
 *
 * @param restarted the pod to delete, which its StatefulSet makes anew
 * @param awaited what is still to be done, as a sentence; empty if the leavers can stop
 */
record Drain(Optional<String> restarted, Optional<String> awaited) {

    static final Drain DONE = new Drain(Optional.empty(), Optional.empty());

    /**
     * How long a leaver may take to come back, with a volume that may have to be attached to another node. One that does not
     * come back has its newest samples on its claim only, and must not keep the others from leaving.
     */
    private static final Duration RETURN = Duration.ofMinutes(5);

    /**
     * @param leavers the names of the pods, in the order in which they stop
     * @param quiet since when no router writes to them; empty if nobody knows, and then nothing is waited for
     */
    static Drain of(List<String> leavers, Optional<Instant> quiet, ReceiveState state) {
        if (quiet.isEmpty() || state.now().isEmpty()) {
            return DONE;
        }
        var pods = state.ingestors().stream()
                .collect(Collectors.toMap(IngestorPod::name, Function.identity(), (one, other) -> one));
        var allBack = quiet.get().plus(RETURN.multipliedBy(leavers.size()));
        Optional<String> next = Optional.empty();
        for (var name : leavers) {
            var pod = Optional.ofNullable(pods.get(name));
            if (pod.filter(IngestorPod::isStopping).isPresent()) {
                return new Drain(Optional.empty(), Optional.of("waits until pod %s has stopped".formatted(name)));
            }
            var back = pod.map(one -> back(one, quiet.get())).orElse(Optional.of(allBack));
            if (back.filter(state.now().get()::isBefore).isPresent()) {
                return new Drain(
                        Optional.empty(),
                        Optional.of("waits until pod %s is ready again, or until %s".formatted(name, back.get())));
            }
            if (next.isEmpty()
                    && pod.filter(one -> one.isServing() && !isNew(one, quiet.get()))
                            .isPresent()) {
                next = Optional.of(name);
            }
        }
        return new Drain(next, next.map("restarts pod %s, for it to upload its newest samples, too"::formatted));
    }

    /** Until when a pod is to be ready again; empty if it is. */
    private static Optional<Instant> back(IngestorPod pod, Instant quiet) {
        if (pod.isServing()) {
            return Optional.empty();
        }
        var since = isNew(pod, quiet) ? pod.createdAt() : pod.since().orElse(quiet);
        return Optional.of((since.isBefore(quiet) ? quiet : since).plus(RETURN));
    }

    /** The server counts in seconds. */
    private static boolean isNew(IngestorPod pod, Instant quiet) {
        return pod.createdAt().isAfter(quiet);
    }
}
