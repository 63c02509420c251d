package io.paodin.monitoring.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** How Thanos writes its log; the constants are lower case on the wire. */
public enum LogFormat {
    @JsonProperty("logfmt")
    LOGFMT,
    @JsonProperty("json")
    JSON,
    /** What an older definition let through: the resource is still read, and refused by itself. */
    UNKNOWN;

    @JsonCreator
    static LogFormat of(String value) {
        return EnumValue.of(LogFormat.class, value).orElse(UNKNOWN);
    }

    /** The value as it is written in a resource and as Thanos takes it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
