package io.paodin.monitoring.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;

/** The part of a client certificate's subject that names the tenant. */
public enum TenantCertificateField {
    /** O. */
    @JsonProperty("organization")
    ORGANIZATION("organization"),
    /** OU. */
    @JsonProperty("organizationalUnit")
    ORGANIZATIONAL_UNIT("organizationalUnit"),
    /** CN. */
    @JsonProperty("commonName")
    COMMON_NAME("commonName"),
    /** What an older definition let through: the resource is still read, and refused by itself. */
    UNKNOWN("unknown");

    private final String value;

    TenantCertificateField(String value) {
        this.value = value;
    }

    @JsonCreator
    static TenantCertificateField of(String value) {
        return EnumValue.of(TenantCertificateField.class, value).orElse(UNKNOWN);
    }

    /** The value as it is written in a resource. */
    @Override
    public String toString() {
        return value;
    }
}
