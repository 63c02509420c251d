package io.paodin.monitoring.e2e;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Writes a sample of each of many series every second until it is stopped. While requests fail, the samples wait as in
 * the write-ahead log of Prometheus, and are sent in their order.
 */
final class ContinuousWriter implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final Writer writer;
    private final String metric;
    private final int series;
    private final Duration behind;
    private final Samples written = new Samples();
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final Thread thread = new Thread(this::run, "writer");
    private volatile boolean isStopped;
    private volatile int rounds;

    private ContinuousWriter(Writer writer, String metric, int series, Duration behind) {
        this.writer = writer;
        this.metric = metric;
        this.series = series;
        this.behind = behind;
    }

    static ContinuousWriter start(Writer writer, String metric, int series) {
        return startBehind(Duration.ZERO, writer, metric, series);
    }

    /** One whose samples are old when it writes them. */
    static ContinuousWriter startBehind(Duration behind, Writer writer, String metric, int series) {
        var continuous = new ContinuousWriter(writer, metric, series, behind);
        continuous.thread.setDaemon(true);
        continuous.thread.start();
        return continuous;
    }

    private void run() {
        try {
            for (var next = Instant.now(); !isStopped; next = next.plusSeconds(1)) {
                Writer.pause(Math.max(0, next.toEpochMilli() - System.currentTimeMillis()));
                var round = round(next.minus(behind).toEpochMilli());
                writer.write(round);
                written.add(round);
                rounds++;
            }
            end.complete(null);
        } catch (Throwable e) {
            end.completeExceptionally(e);
        }
    }

    private Samples round(long time) {
        var round = new Samples();
        for (int i = 0; i < series; i++) {
            round.add(Samples.labels(metric, "series", Integer.toString(i)), time, rounds * 1000.0 + i);
        }
        return round;
    }

    /** Waits until as many more samples of each series have been accepted. */
    void awaitMore(int count) {
        int before = rounds;
        Kubernetes.within(PATIENCE).until(() -> end.isDone() || rounds >= before + count);
        if (end.isDone()) {
            stop();
        }
    }

    /**
     * Everything that was accepted.
     *
     * @throws AssertionError if a request was refused
     */
    Samples stop() {
        isStopped = true;
        try {
            end.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("after " + rounds + " rounds: " + e.getMessage(), e);
        }
        Report.add(writer.namespace(), "%s: %s written, %d requests sent again", metric, written, writer.retries());
        return written;
    }

    @Override
    public void close() {
        isStopped = true;
    }
}
