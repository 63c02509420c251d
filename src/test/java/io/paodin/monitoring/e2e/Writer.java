package io.paodin.monitoring.e2e;

import java.time.Duration;
import java.util.Optional;

/**
 * Writes as Prometheus does: what fails is sent again, and what is refused is given up. If a request with several samples
 * of a series fails after a part of it was stored, its repetition is refused as out of order where it was stored, and
 * stored elsewhere; so that is no refusal, and all of it must be found.
 */
final class Writer {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final long LONGEST_BACKOFF = 2000;
    private static final int CONFLICT = 409;

    private final RemoteWrite remoteWrite;
    private volatile int retries;
    private volatile int conflicts;

    Writer(RemoteWrite remoteWrite) {
        this.remoteWrite = remoteWrite;
    }

    /**
     * Returns when the samples have been accepted.
     *
     * @throws AssertionError if they are refused, or are not accepted for minutes
     */
    void write(Samples samples) {
        offer(samples).ifPresent(refusal -> {
            throw new AssertionError("%s: %s".formatted(samples, refusal));
        });
    }

    /**
     * Returns when the samples have been accepted or refused, and why they were refused.
     *
     * @throws AssertionError if neither happens for minutes
     */
    Optional<String> offer(Samples samples) {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        long backoff = 100;
        var isRepeated = false;
        for (var answer = remoteWrite.send(samples); !answer.isSuccess(); answer = remoteWrite.send(samples)) {
            var why = "%d %s".formatted(answer.status(), answer.body());
            if (isRepeated && answer.status() == CONFLICT) {
                conflicts++;
                return Optional.empty();
            }
            if (answer.isRefusal()) {
                return Optional.of(why);
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError("%s: still %s".formatted(samples, why));
            }
            isRepeated = true;
            retries++;
            pause(backoff);
            backoff = Math.min(backoff * 2, LONGEST_BACKOFF);
        }
        return Optional.empty();
    }

    /** Of the router. */
    String namespace() {
        return remoteWrite.router().namespace();
    }

    /** Empty if it names none. */
    Optional<String> tenant() {
        return remoteWrite.tenant();
    }

    /** How many requests were sent again. */
    int retries() {
        return retries;
    }

    /** How many requests that were sent again had been stored in part before. */
    int conflicts() {
        return conflicts;
    }

    static void pause(long milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
