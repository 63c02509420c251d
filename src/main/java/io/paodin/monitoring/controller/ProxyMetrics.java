package io.paodin.monitoring.controller;

import io.paodin.monitoring.model.ProxyStats;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Reads from the metrics of a proxy what became of its connections. */
@Singleton
public class ProxyMetrics {

    private static final String PATH =
            "/stats/prometheus?filter=" + URLEncoder.encode(ProxyStats.FILTER, StandardCharsets.UTF_8);

    private final PodPages pages;

    @Inject
    public ProxyMetrics(Vertx vertx) {
        this(vertx, PodPages.TIMEOUT);
    }

    /** @param timeout for the connection, and again for all of the answer */
    ProxyMetrics(Vertx vertx, Duration timeout) {
        this.pages = new PodPages(vertx, timeout);
    }

    /** @return what the pod says; fails if it says nothing in time */
    CompletionStage<ProxyStats> read(String host, int port) {
        return pages.read(host, port, PATH, new Page());
    }

    /** Complete at its end only. */
    private static final class Page implements PodPages.Reader<ProxyStats> {

        private final ProxyStats stats = new ProxyStats();
        private boolean hasEnded;

        @Override
        public void accept(byte[] piece) {
            stats.accept(piece);
        }

        @Override
        public void end() {
            stats.end();
            hasEnded = true;
        }

        @Override
        public Optional<ProxyStats> result() {
            return hasEnded ? Optional.of(stats) : Optional.empty();
        }
    }
}
