package io.paodin.monitoring.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonCreator;

/** A version of TLS, as prometheus-operator writes it. HTTP/2 needs 1.2. */
public enum TlsVersion {
    TLS12,
    TLS13,
    /** What an older definition let through: the resource is still read, and refused by itself. */
    UNKNOWN;

    @JsonCreator
    static TlsVersion of(String value) {
        return EnumValue.of(TlsVersion.class, value).orElse(UNKNOWN);
    }
}
