package io.paodin.monitoring.model;

/** Why something cannot be acted on; the names are the reasons that conditions and events carry. */
public enum Reason {
    InvalidSpec,
    UnsupportedVersion,
    MissingSecret,
    InvalidObjectStorage,
    /** A store cannot be reached with what there is of certificates and credentials. */
    StoreUnusable,
    /** A Secret cannot be read just now; it is tried again. */
    UnreadableSecret
}
