package io.paodin.monitoring.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** How the series of a hashring are spread over its members. */
public enum HashringAlgorithm {
    /** By the places of the members on a circle: another member moves one part in N. */
    @JsonProperty("ketama")
    KETAMA,
    /** By the remainder of a division by their number: another member moves nearly all. */
    @JsonProperty("hashmod")
    HASHMOD,
    /** What an older definition let through: the resource is still read, and refused by itself. */
    UNKNOWN;

    @JsonCreator
    static HashringAlgorithm of(String value) {
        return EnumValue.of(HashringAlgorithm.class, value).orElse(UNKNOWN);
    }

    /** The value as it is written in a resource. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
