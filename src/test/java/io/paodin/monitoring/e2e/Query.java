package io.paodin.monitoring.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.api.Assertions;

/** The HTTP API of a Thanos Query or a Prometheus: raw samples, as they are stored. */
final class Query {

    /** Reaches further back than anything that a test writes. */
    private static final Duration WINDOW = Duration.ofDays(5);

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Http http;
    private final Map<String, String> options;

    Query(Http http) {
        this(http, Map.of("partial_response", "false"));
    }

    private Query(Http http, Map<String, String> options) {
        this.http = http;
        this.options = options;
    }

    /** The same, but with the copies of replicas as series of their own. */
    Query withReplicas() {
        return with("dedup", "false");
    }

    /** The same, but without what is newer. */
    Query until(Instant time) {
        return with("time", BigDecimal.valueOf(time.toEpochMilli(), 3).toString());
    }

    /** The same, asking only the store at an address of those that the query asks. */
    Query of(String address) {
        return with("storeMatch[]", "{__address__=\"%s\"}".formatted(address));
    }

    /** The same, for an answer that takes long. */
    Query patient() {
        return new Query(http.patient(Duration.ofMinutes(2)), options);
    }

    private Query with(String name, String value) {
        var all = new TreeMap<>(options);
        all.put(name, value);
        return new Query(http, all);
    }

    /**
     * All samples of the selected series.
     *
     * @throws AssertionError if there is no complete answer
     * @throws IllegalStateException if a series or a sample is in it twice, which no waiting excuses
     */
    Samples samples(String selector) {
        var answer =
                http.get("/api/v1/query", with("query", "%s[%ds]".formatted(selector, WINDOW.toSeconds())).options);
        if (!answer.isSuccess()) {
            throw new AssertionError("query %s: %d %s".formatted(selector, answer.status(), answer.body()));
        }
        var samples = new Samples();
        for (var series : answer.json().path("data").path("result")) {
            read(series, samples);
        }
        return samples;
    }

    private static void read(JsonNode series, Samples samples) {
        var labels = new TreeMap<String, String>();
        series.path("metric")
                .fields()
                .forEachRemaining(e -> labels.put(e.getKey(), e.getValue().asText()));
        if (samples.series().containsKey(labels)) {
            throw new IllegalStateException(labels + " is twice in the answer");
        }
        for (var value : series.path("values")) {
            var time = Math.round(value.get(0).asDouble() * 1000);
            try {
                samples.add(labels, time, Double.parseDouble(value.get(1).asText()));
            } catch (IllegalArgumentException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Expects these samples, and no others of the selected series, within the time that finding new data may take. */
    void expectExactly(Samples expected, String selector) {
        Kubernetes.within(PATIENCE).untilAsserted(() -> {
            var difference = new SamplesDifference(expected, samples(selector));
            if (difference.hasChanges()) {
                throw new IllegalStateException(difference.toString());
            }
            Assertions.assertThat(difference.isNone())
                    .withFailMessage("%s: %s", selector, difference)
                    .isTrue();
        });
        Report.add(http.namespace(), "%s: %s, as written", selector, expected);
    }

    /** What the query asks: the addresses by kind, such as {@code receive} or {@code store}. */
    JsonNode stores() {
        return http.get("/api/v1/stores", Map.of()).json().path("data");
    }
}
