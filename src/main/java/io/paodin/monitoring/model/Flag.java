package io.paodin.monitoring.model;

import java.util.List;
import java.util.Optional;

/** One flag of a Thanos command. */
public record Flag(
        String name,
        FlagType type,
        List<String> values,
        boolean repeatable,
        Optional<String> exclusiveWith,
        Optional<String> shortName) {

    /** What is wrong with a value: the expected form, in words that follow "must be". */
    public Optional<String> problemWith(String value) {
        throw new UnsupportedOperationException("not built yet");
    }
}
