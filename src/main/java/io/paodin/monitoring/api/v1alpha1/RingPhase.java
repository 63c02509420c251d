package io.paodin.monitoring.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether a hashring is as it is wanted, or on its way. */
public enum RingPhase {
    @JsonProperty("Stable")
    STABLE("Stable"),
    @JsonProperty("Growing")
    GROWING("Growing"),
    @JsonProperty("Shrinking")
    SHRINKING("Shrinking"),
    @JsonProperty("Updating")
    UPDATING("Updating");

    private final String value;

    RingPhase(String value) {
        this.value = value;
    }

    /** A phase that another version of the operator has written counts for none. */
    @JsonCreator
    static RingPhase of(String value) {
        return EnumValue.of(RingPhase.class, value).orElse(null);
    }

    /** The value as it is written in a status. */
    @Override
    public String toString() {
        return value;
    }
}
