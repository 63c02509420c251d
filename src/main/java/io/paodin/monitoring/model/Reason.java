package io.paodin.monitoring.model;

/** Why a specification cannot be acted on; the names are the reasons that conditions and events carry. */
public enum Reason {
    InvalidSpec,
    UnsupportedVersion
}
