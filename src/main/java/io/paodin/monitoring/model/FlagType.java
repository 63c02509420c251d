package io.paodin.monitoring.model;

/** The forms that the value of a Thanos flag can have. */
public enum FlagType {
    BOOL,
    INT,
    UINT,
    FLOAT,
    GO_DURATION,
    PROMETHEUS_DURATION,
    TIME_OR_DURATION,
    BYTES,
    ENUM,
    STRING,
    LABEL,
    ADDRESS,
    URL,
    PATH,
    YAML
}
