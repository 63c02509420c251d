package io.paodin.monitoring.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** How the tenants of an ingestor are written. */
public enum TenantMatcher {
    /** As their ids. */
    @JsonProperty("exact")
    EXACT,
    /** As patterns that ids match. */
    @JsonProperty("glob")
    GLOB,
    /** What an older definition let through: the resource is still read, and refused by itself. */
    UNKNOWN;

    @JsonCreator
    static TenantMatcher of(String value) {
        return EnumValue.of(TenantMatcher.class, value).orElse(UNKNOWN);
    }

    /** The value as it is written in a resource. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
