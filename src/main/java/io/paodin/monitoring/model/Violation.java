package io.paodin.monitoring.model;

import static java.util.Objects.requireNonNull;

/** One thing a person has to change in a specification: where it is, and what to write instead. */
public record Violation(String path, String message, Reason reason) {

    public Violation {
        requireNonNull(path, "path");
        requireNonNull(message, "message");
        requireNonNull(reason, "reason");
    }

    public static Violation of(String path, String message) {
        return new Violation(path, message, Reason.InvalidSpec);
    }

    public static Violation unsupportedVersion(String path, String message) {
        return new Violation(path, message, Reason.UnsupportedVersion);
    }

    @Override
    public String toString() {
        return path + ": " + message;
    }
}
