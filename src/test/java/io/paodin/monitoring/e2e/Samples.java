package io.paodin.monitoring.e2e;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;

/**
 * Samples by series. A series is its labels, the name of the metric among them as {@code __name__}; a sample is a time in
 * milliseconds since the epoch, and a value. A series has one sample at most at a time.
 */
final class Samples {

    private final Map<Map<String, String>, SortedMap<Long, Double>> series = new LinkedHashMap<>();

    /**
     * One series with a sample at each step.
     *
     * @param labels names and values, alternating
     */
    static Samples of(
            String metric, Instant start, Duration step, int count, IntToDoubleFunction value, String... labels) {
        var samples = new Samples();
        for (int i = 0; i < count; i++) {
            samples.add(
                    labels(metric, labels), start.plus(step.multipliedBy(i)).toEpochMilli(), value.applyAsDouble(i));
        }
        return samples;
    }

    /** The labels of a series. */
    static Map<String, String> labels(String metric, String... labels) {
        var all = new TreeMap<String, String>();
        all.put("__name__", metric);
        for (int i = 0; i < labels.length; i += 2) {
            all.put(labels[i], labels[i + 1]);
        }
        return all;
    }

    Samples add(Map<String, String> labels, long time, double value) {
        var before = series.computeIfAbsent(new TreeMap<>(labels), l -> new TreeMap<>())
                .put(time, value);
        if (before != null) {
            throw new IllegalArgumentException(labels + " has two samples at " + Instant.ofEpochMilli(time));
        }
        return this;
    }

    Samples add(Samples others) {
        others.series.forEach((labels, values) -> values.forEach((time, value) -> add(labels, time, value)));
        return this;
    }

    /** The same samples, with one more label in each series. */
    Samples with(String label, String value) {
        var labelled = new Samples();
        series.forEach((labels, values) -> {
            var all = new TreeMap<>(labels);
            all.put(label, value);
            values.forEach((time, v) -> labelled.add(all, time, v));
        });
        return labelled;
    }

    /** By series: time and value. */
    Map<Map<String, String>, SortedMap<Long, Double>> series() {
        return Collections.unmodifiableMap(series);
    }

    /** The time of the newest sample, in milliseconds since the epoch; 0 if there is none. */
    long newest() {
        return series.values().stream().mapToLong(SortedMap::lastKey).max().orElse(0);
    }

    int count() {
        return series.values().stream().mapToInt(Map::size).sum();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Samples samples && series.equals(samples.series);
    }

    @Override
    public int hashCode() {
        return series.hashCode();
    }

    @Override
    public String toString() {
        return count() + " samples of " + series.size() + " series";
    }
}
