package io.paodin.monitoring.controller;

import io.paodin.monitoring.model.HaltedMetric;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Reads from the metrics of a compactor whether it has halted. */
@Singleton
public class CompactorMetrics {

    private final PodPages pages;

    @Inject
    public CompactorMetrics(Vertx vertx) {
        this(vertx, PodPages.TIMEOUT);
    }

    /** @param timeout for the connection, and again for all of the answer */
    CompactorMetrics(Vertx vertx, Duration timeout) {
        this.pages = new PodPages(vertx, timeout);
    }

    /** @return what the pod says; fails if it says nothing in time, or nothing that can be understood */
    CompletionStage<Boolean> isHalted(String host, int port) {
        return pages.read(host, port, "/metrics", new Page(new HaltedMetric()));
    }

    private record Page(HaltedMetric metric) implements PodPages.Reader<Boolean> {

        @Override
        public void accept(byte[] piece) {
            metric.accept(piece);
        }

        @Override
        public void end() {
            metric.end();
        }

        @Override
        public Optional<Boolean> result() {
            return metric.isHalted();
        }
    }
}
