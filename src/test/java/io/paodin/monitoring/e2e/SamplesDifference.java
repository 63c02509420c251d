package io.paodin.monitoring.e2e;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What is lost, changed or new in what was found, in words. */
final class SamplesDifference {

    private static final int EXAMPLES = 10;

    private final Samples lost = new Samples();
    private final List<String> changed = new ArrayList<>();
    private final Samples unexpected = new Samples();
    private final Samples expected;
    private final Samples found;

    SamplesDifference(Samples expected, Samples found) {
        this.expected = expected;
        this.found = found;
        expected.series().forEach((labels, samples) -> compare(labels, samples, samplesOf(found, labels)));
        found.series().forEach((labels, samples) -> samples.keySet().stream()
                .filter(time -> !samplesOf(expected, labels).containsKey(time))
                .forEach(time -> unexpected.add(labels, time, samples.get(time))));
    }

    boolean isNone() {
        return lost.count() == 0 && changed.isEmpty() && unexpected.count() == 0;
    }

    /** What was expected and is not there at all. */
    Samples lost() {
        return lost;
    }

    /** What is there and was not expected. */
    Samples unexpected() {
        return unexpected;
    }

    /** Whether a sample has another value than expected. */
    boolean hasChanges() {
        return !changed.isEmpty();
    }

    private void compare(Map<String, String> labels, SortedMap<Long, Double> samples, Map<Long, Double> others) {
        samples.forEach((time, value) -> {
            var other = others.get(time);
            if (other == null) {
                lost.add(labels, time, value);
            } else if (!other.equals(value)) {
                changed.add(describe(labels, time, value) + " is " + other);
            }
        });
    }

    private static SortedMap<Long, Double> samplesOf(Samples samples, Map<String, String> labels) {
        return samples.series().getOrDefault(labels, new TreeMap<>());
    }

    private static List<String> describe(Samples samples) {
        var all = new ArrayList<String>();
        samples.series().forEach((labels, values) -> values.forEach((time, v) -> all.add(describe(labels, time, v))));
        return all;
    }

    private static String describe(Map<String, String> labels, long time, double value) {
        return "%s at %s: %s".formatted(labels, Instant.ofEpochMilli(time), value);
    }

    @Override
    public String toString() {
        return "expected " + expected + ", found " + found + list("lost", describe(lost)) + list("changed", changed)
                + list("not expected", describe(unexpected));
    }

    private static String list(String title, List<String> all) {
        if (all.isEmpty()) {
            return "";
        }
        var shown = all.subList(0, Math.min(EXAMPLES, all.size()));
        return "\n" + all.size() + " " + title + ":\n  " + String.join("\n  ", shown)
                + (shown.size() < all.size() ? "\n  …" : "");
    }
}
