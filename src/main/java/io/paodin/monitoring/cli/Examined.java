package io.paodin.monitoring.cli;

import io.paodin.monitoring.api.v1alpha1.Thanos;
import io.paodin.monitoring.model.Violation;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * A resource of a file with all that is wrong with it.
 *
 * @param thanos the resource; null if it could not be decoded, and then there are violations
 */
record Examined(String origin, String name, Thanos thanos, List<Violation> violations) {

    /** A violation that is said already is not said twice. */
    Examined withMore(List<Violation> more) {
        var all = new LinkedHashSet<>(violations);
        all.addAll(more);
        return new Examined(origin, name, thanos, List.copyOf(all));
    }

    String title() {
        return origin + ": " + name;
    }
}
