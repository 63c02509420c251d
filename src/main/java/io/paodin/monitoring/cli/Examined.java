package io.paodin.monitoring.cli;

import io.paodin.monitoring.api.v1alpha1.Thanos;
import io.paodin.monitoring.model.Violation;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A resource of a file with all that is wrong with it.
 *
 * @param thanos the resource; null if it could not be decoded, and then there are violations
 */
record Examined(String origin, String name, Thanos thanos, List<Violation> violations) {

    /** What is wrong in one place is not said twice: the words of the model, which has a remedy, count. */
    Examined withMore(List<Violation> more) {
        var paths = more.stream().map(Violation::path).collect(Collectors.toSet());
        var all = new LinkedHashSet<>(violations);
        all.removeIf(violation -> paths.contains(violation.path()));
        all.addAll(more);
        return new Examined(origin, name, thanos, List.copyOf(all));
    }

    String title() {
        return origin + ": " + name;
    }
}
