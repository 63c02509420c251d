package io.paodin.monitoring.e2e;

import java.time.Duration;

/** Writes as Prometheus does: what fails is sent again, and what is refused is given up. */
final class Writer {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final long LONGEST_BACKOFF = 2000;

    private final RemoteWrite remoteWrite;
    private int retries;

    Writer(RemoteWrite remoteWrite) {
        this.remoteWrite = remoteWrite;
    }

    /**
     * Returns when the samples have been accepted.
     *
     * @throws AssertionError if they are refused, or are not accepted for minutes
     */
    void write(Samples samples) {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        long backoff = 100;
        for (var answer = remoteWrite.send(samples); !answer.isSuccess(); answer = remoteWrite.send(samples)) {
            if (answer.isRefusal() || System.nanoTime() > deadline) {
                throw new AssertionError("%s: %d %s".formatted(samples, answer.status(), answer.body()));
            }
            retries++;
            pause(backoff);
            backoff = Math.min(backoff * 2, LONGEST_BACKOFF);
        }
    }

    /** Of the router. */
    String namespace() {
        return remoteWrite.router().namespace();
    }

    /** How many requests were sent again. */
    int retries() {
        return retries;
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
