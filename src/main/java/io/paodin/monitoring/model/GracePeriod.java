package io.paodin.monitoring.model;

import static io.paodin.monitoring.model.Defaults.orElse;

import java.time.Duration;

/**
 * How long a pod has to end.
 *
 * @param drain how long each of its servers waits for the requests under way: the one for HTTP first, then that for gRPC
 */
record GracePeriod(int seconds, Duration drain) {

    static final int SHORTEST = 10;
    static final int LONGEST = 86_400;

    static GracePeriod of(Role role, Integer given) {
        boolean isIngestor = role == Role.RECEIVE_INGESTOR;
        int byDefault = isIngestor ? Defaults.GRACE_PERIOD_OF_INGESTORS : Defaults.GRACE_PERIOD;
        int seconds = Math.max(SHORTEST, Math.min(orElse(given, byDefault), LONGEST));
        // An ingestor needs most of it to write a block of what it holds, and to upload it.
        int drain = isIngestor ? seconds * 2 / 15 : seconds * 3 / 8;
        return new GracePeriod(seconds, Duration.ofSeconds(drain));
    }
}
