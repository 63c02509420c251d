package io.paodin.monitoring.e2e;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Writes a sample of each of many series every second until it is stopped. While requests fail, the samples wait as in
 * the write-ahead log of Prometheus, and are sent in their order, several of each series in one request. What is refused
 * is given up.
 */
final class ContinuousWriter implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(4);

    /** What Prometheus takes for {@code max_samples_per_send}. */
    private static final int LARGEST_REQUEST = 2000;

    private final Writer writer;
    private final String metric;
    private final int series;
    private final Duration behind;
    private final Samples accepted = new Samples();
    private final List<String> refusals = new ArrayList<>();
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final Thread thread = new Thread(this::run, "writer");
    private volatile boolean isStopped;
    private volatile int answeredRounds;
    private int rounds;

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
            var next = Instant.now();
            while (!isStopped) {
                Writer.pause(Math.max(0, next.toEpochMilli() - System.currentTimeMillis()));
                var request = new Samples();
                do {
                    request.add(round(next.minus(behind).toEpochMilli()));
                    next = next.plusSeconds(1);
                } while (!next.isAfter(Instant.now()) && request.count() + series <= LARGEST_REQUEST);
                send(request);
            }
            end.complete(null);
        } catch (Throwable e) {
            end.completeExceptionally(e);
        }
    }

    private void send(Samples request) {
        var refusal = writer.offer(request);
        refusal.ifPresentOrElse(why -> refusals.add(request + ": " + why), () -> accepted.add(request));
        answeredRounds = rounds;
    }

    private Samples round(long time) {
        var round = new Samples();
        for (int i = 0; i < series; i++) {
            round.add(Samples.labels(metric, "series", Integer.toString(i)), time, rounds * 1000.0 + i);
        }
        rounds++;
        return round;
    }

    /** Waits until as many more samples of each series have been accepted or refused. */
    void awaitMore(int count) {
        int before = answeredRounds;
        Kubernetes.within(PATIENCE).until(() -> end.isDone() || answeredRounds >= before + count);
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
        end();
        if (!refusals.isEmpty()) {
            throw new AssertionError(
                    "%d requests were refused, the first with %s".formatted(refusals.size(), refusals.get(0)));
        }
        return accepted;
    }

    /** Everything that was accepted, whatever was refused. */
    Samples end() {
        isStopped = true;
        try {
            end.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("after " + rounds + " rounds: " + e.getMessage(), e);
        }
        Report.add(
                writer.namespace(),
                "%s%s: %s accepted, %d requests refused, %d requests sent again, %d of them stored in part before",
                metric,
                writer.tenant().map(" of "::concat).orElse(""),
                accepted,
                refusals.size(),
                writer.retries(),
                writer.conflicts());
        return accepted;
    }

    /** How many requests were sent again. */
    int retries() {
        return writer.retries();
    }

    @Override
    public void close() {
        isStopped = true;
    }
}
