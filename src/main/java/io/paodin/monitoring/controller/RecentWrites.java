package io.paodin.monitoring.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.paodin.monitoring.apply.Outcome;
import io.paodin.monitoring.apply.OwnedObjects;
import io.paodin.monitoring.apply.Result;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * What the last run for each resource wrote, until the informers show it. A run before that would decide on what was
 * there before: it would create again what it has just created, and take the old state of a workload for that of the new.
 */
final class RecentWrites {

    /** How long a run waits for the informers at most: an object may be gone again before they have seen it. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private record Batch(Instant at, List<HasMetadata> written) {}

    private final Map<ResourceID, Batch> batches = new ConcurrentHashMap<>();
    private final InstantSource clock;

    RecentWrites(InstantSource clock) {
        this.clock = clock;
    }

    void remember(ResourceID resource, Outcome outcome) {
        // Resources that are gone have no run any more that would do it.
        batches.values().removeIf(this::isOverdue);
        var written = Stream.concat(outcome.with(Result.CREATED).stream(), outcome.with(Result.CONFIGURED).stream())
                .map(applied -> applied.current())
                // Secrets are read each time: no cache has to catch up.
                .filter(object -> !(object instanceof Secret))
                .toList();
        if (written.isEmpty()) {
            batches.remove(resource);
        } else {
            batches.put(resource, new Batch(clock.instant(), written));
        }
    }

    /** Whether the informers show all of them, or have had the time to. */
    boolean areSeen(ResourceID resource, OwnedObjects cached) {
        var batch = batches.get(resource);
        if (batch == null) {
            return true;
        }
        if (!isOverdue(batch) && !batch.written().stream().allMatch(object -> isSeen(object, cached))) {
            return false;
        }
        batches.remove(resource);
        return true;
    }

    private boolean isOverdue(Batch batch) {
        return !clock.instant().isBefore(batch.at().plus(PATIENCE));
    }

    private static boolean isSeen(HasMetadata written, OwnedObjects cached) {
        return cached.get(written.getClass(), written.getMetadata().getName())
                .filter(object -> version(object) >= version(written))
                .isPresent();
    }

    /** Versions of one kind are numbers that grow. */
    private static long version(HasMetadata object) {
        return Long.parseLong(object.getMetadata().getResourceVersion());
    }
}
