package io.paodin.monitoring.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** The least severe level that Thanos logs; the constants are lower case on the wire. */
public enum LogLevel {
    @JsonProperty("error")
    ERROR,
    @JsonProperty("warn")
    WARN,
    @JsonProperty("info")
    INFO,
    @JsonProperty("debug")
    DEBUG,
    /** What an older definition let through: the resource is still read, and refused by itself. */
    UNKNOWN;

    @JsonCreator
    static LogLevel of(String value) {
        return EnumValue.of(LogLevel.class, value).orElse(UNKNOWN);
    }

    /** The value as it is written in a resource and as Thanos takes it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
