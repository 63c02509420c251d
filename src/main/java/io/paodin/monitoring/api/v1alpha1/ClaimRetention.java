package io.paodin.monitoring.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;

/** What becomes of a claim that no pod needs any more; the constants are written as Kubernetes writes them. */
public enum ClaimRetention {
    @JsonProperty("Retain")
    RETAIN("Retain"),
    @JsonProperty("Delete")
    DELETE("Delete"),
    /** What another version of the definition let through: the resource is still read, and refused by itself. */
    UNKNOWN("unknown");

    private final String value;

    ClaimRetention(String value) {
        this.value = value;
    }

    @JsonCreator
    static ClaimRetention of(String value) {
        return EnumValue.of(ClaimRetention.class, value).orElse(UNKNOWN);
    }

    /** The value as it is written in a resource and in a StatefulSet. */
    @Override
    public String toString() {
        return value;
    }
}
