package io.paodin.monitoring.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonCreator;

/** What became of the connections to a store behind the proxy, as far as the proxies of the query pods tell. */
public enum StoreConnection {
    /** It answers. */
    Established,
    /** Its certificate is for another name. */
    WrongName,
    /** Its certificate is of another authority, or has ended. */
    Untrusted,
    /** It ends the connection: it wants another client certificate, or does not speak TLS. */
    Refused,
    /** It does not accept the credential. */
    Denied,
    /** Nobody answers there. */
    Unreachable,
    /** What an older definition let through. */
    UNKNOWN;

    @JsonCreator
    static StoreConnection of(String value) {
        return EnumValue.of(StoreConnection.class, value).orElse(UNKNOWN);
    }
}
