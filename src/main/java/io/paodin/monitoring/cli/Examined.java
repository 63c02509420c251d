package io.paodin.monitoring.cli;

import io.paodin.monitoring.api.v1alpha1.Thanos;
import io.paodin.monitoring.model.Violation;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A resource of a file with all that is wrong with it.
 *
 * @param thanos the resource; null if it could not be decoded, and then there are violations
 * @param holdups what is wrong with the Secrets that it refers to
 */
record Examined(String origin, String name, Thanos thanos, List<Violation> violations, List<String> holdups) {

    Examined(String origin, String name, Thanos thanos, List<Violation> violations) {
        this(origin, name, thanos, violations, List.of());
    }

    /** What is wrong in one place is not said twice: the words of the model, which has a remedy, count. */
    Examined withMore(List<Violation> more, List<String> holdups) {
        var paths = more.stream().map(Violation::path).collect(Collectors.toSet());
        var all = new LinkedHashSet<>(violations);
        all.removeIf(violation -> paths.contains(violation.path()));
        all.addAll(more);
        return new Examined(origin, name, thanos, List.copyOf(all), holdups);
    }

    boolean isValid() {
        return violations.isEmpty() && holdups.isEmpty();
    }

    /** All that is wrong, one line each. */
    List<String> findings() {
        return Stream.concat(violations.stream().map(Violation::toString), holdups.stream())
                .map(finding -> title() + ": " + finding)
                .toList();
    }

    String title() {
        return origin + ": " + name;
    }
}
