package io.paodin.monitoring.model;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds single metrics in a page in the text format of Prometheus, piece by piece. Nothing is kept but the line at hand, and
 * of that no more than it takes.
 */
public final class MetricsPage {

    private final Set<String> names;
    private final Map<String, Double> values = new HashMap<>();
    private final Lines lines = new Lines();

    /** @param names of the metrics that are looked for, of each of which the first is taken, whatever its labels */
    public MetricsPage(Set<String> names) {
        this.names = Set.copyOf(names);
    }

    /** The next piece of the page, of any size. */
    public void accept(byte[] piece) {
        lines.accept(piece, this::read);
    }

    /** No more pieces come: the last line may lack its end. */
    public void end() {
        lines.end(this::read);
    }

    /** By name; empty until all of them were there. */
    public Optional<Map<String, Double>> values() {
        return values.keySet().equals(names) ? Optional.of(Map.copyOf(values)) : Optional.empty();
    }

    private void read(String text) {
        for (var name : names) {
            if (text.startsWith(name) && !values.containsKey(name)) {
                value(text.substring(name.length())).ifPresent(value -> values.put(name, value));
            }
        }
    }

    /** @param text what follows the name */
    private static Optional<Double> value(String text) {
        var rest = text.startsWith("{") ? text.substring(text.indexOf('}') + 1) : text;
        if (!rest.startsWith(" ")) {
            return Optional.empty();
        }
        // A time may follow the value.
        var value = rest.strip().split(" ", 2)[0];
        try {
            return Optional.of(Double.parseDouble(value));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
