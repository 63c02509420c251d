package io.paodin.monitoring.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** How routers hand series to ingestors. */
public enum ReplicationProtocol {
    /** Protocol Buffers over gRPC. */
    @JsonProperty("protobuf")
    PROTOBUF,
    /** Cap'n Proto over TCP. */
    @JsonProperty("capnproto")
    CAPNPROTO,
    /** What an older definition let through: the resource is still read, and refused by itself. */
    UNKNOWN;

    @JsonCreator
    static ReplicationProtocol of(String value) {
        return EnumValue.of(ReplicationProtocol.class, value).orElse(UNKNOWN);
    }

    /** The value as it is written in a resource. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
