package io.paodin.monitoring.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** How the compactor merges the samples of copies. */
public enum DeduplicationFunction {
    /** Equal samples become one, all others stay: Thanos' default, which has no name there. */
    @JsonProperty("one-to-one")
    ONE_TO_ONE,
    /** Samples of one copy, until it has a gap. */
    @JsonProperty("penalty")
    PENALTY,
    /** What an older definition let through: the resource is still read, and refused by itself. */
    UNKNOWN;

    @JsonCreator
    static DeduplicationFunction of(String value) {
        return EnumValue.of(DeduplicationFunction.class, value).orElse(UNKNOWN);
    }

    /** The value as it is written in a resource. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
