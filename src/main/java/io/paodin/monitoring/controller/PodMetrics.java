package io.paodin.monitoring.controller;

import io.paodin.monitoring.model.MetricsPage;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Reads single metrics of a pod of Thanos, without blocking. */
@Singleton
public class PodMetrics {

    private final PodPages pages;

    @Inject
    public PodMetrics(Vertx vertx) {
        this(vertx, PodPages.TIMEOUT);
    }

    /** @param timeout for the connection, and again for all of the answer */
    PodMetrics(Vertx vertx, Duration timeout) {
        this.pages = new PodPages(vertx, timeout);
    }

    /**
     * What a pod has answered.
     *
     * @param values by the name of the metric
     * @param at the time by the pod's own clock, to the second; empty if it has not told
     */
    record Values(Map<String, Double> values, Optional<Instant> at) {

        double value(String metric) {
            return values.get(metric);
        }
    }

    /** Where such values come from. */
    @FunctionalInterface
    interface Source {

        /** @return the values of all the metrics; fails if the pod does not tell all of them, or not in time */
        CompletionStage<Values> read(String host, int port, Set<String> metrics);
    }

    /** As {@link Source} says. */
    CompletionStage<Values> read(String host, int port, Set<String> metrics) {
        return pages.read(host, port, "/metrics", new Page(new MetricsPage(metrics)));
    }

    private static final class Page implements PodPages.Reader<Values> {

        private final MetricsPage page;
        private Optional<Instant> at = Optional.empty();

        private Page(MetricsPage page) {
            this.page = page;
        }

        @Override
        public void begin(Optional<Instant> time) {
            at = time;
        }

        @Override
        public void accept(byte[] piece) {
            page.accept(piece);
        }

        @Override
        public void end() {
            page.end();
        }

        @Override
        public Optional<Values> result() {
            return page.values().map(values -> new Values(values, at));
        }
    }
}
