package io.paodin.monitoring.model;

import java.util.List;
import java.util.Optional;

/**
 * One flag of a Thanos command.
 *
 * @param values what an {@link FlagType#ENUM} may be
 * @param repeatable whether the flag may be given several times
 * @param exclusiveWith the flag that cannot be set together with this one
 * @param shortName its one-letter form
 */
public record Flag(
        String name,
        FlagType type,
        List<String> values,
        boolean repeatable,
        Optional<String> exclusiveWith,
        Optional<String> shortName) {

    public Flag {
        values = List.copyOf(values);
    }

    /** What a value would have to be, in words that follow "must be"; empty when it is right. */
    public Optional<String> problemWith(String value) {
        if (value.indexOf('\0') >= 0) {
            return Optional.of("text without NUL characters");
        }
        if (type == FlagType.ENUM) {
            return values.contains(value) ? Optional.empty() : Optional.of("one of " + listOfValues());
        }
        return type.accepts(value) ? Optional.empty() : Optional.of(type.form());
    }

    private String listOfValues() {
        return String.join(
                ", ", values.stream().map(v -> v.isEmpty() ? "\"\"" : v).toList());
    }
}
