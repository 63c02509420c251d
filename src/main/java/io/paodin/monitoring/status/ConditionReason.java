package io.paodin.monitoring.status;

/** The reasons that conditions and events carry. */
public enum ConditionReason {
    /** All components are ready. */
    Ready,
    /** Nothing is under way. */
    Stable,
    /** Nothing needs a person. */
    AsExpected,
    /** Pods are being started or replaced. */
    RollingOut,
    /** The resource asks not to be acted upon. */
    Paused,
    /** The spec has violations. */
    InvalidSpec,
    /** The image is of a version that is too old. */
    UnsupportedVersion,
    /** A Secret that components need, or its key, does not exist. */
    MissingSecret,
    /** Thanos would not start with an object storage configuration. */
    InvalidObjectStorage,
    /** An older resource compacts the same bucket. */
    CompactorConflict,
    /** The compactor has stopped working and waits for a person. */
    CompactorHalted,
    /** A store of query cannot be reached, or soon cannot be; the others are. */
    StoreUnusable,
    /** An object of another owner has a name that the cluster needs. */
    ForeignObject,
    /** A change that the API server allows only by deleting the object. */
    ImmutableField,
    /** The API server refuses an object for what is in the spec. */
    Rejected,
    /** Requests to the API server fail; they are tried again. */
    ApplyFailed
}
