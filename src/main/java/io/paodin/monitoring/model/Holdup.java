package io.paodin.monitoring.model;

import java.util.Optional;

/**
 * Why components are left as they are, although the resource is valid: something that they need outside of it is not as
 * it should be.
 */
public record Holdup(Reason reason, String message) {

    /**
     * @param value what was found under the reference; null if it was not looked at
     * @param path where the reference stands in the resource
     * @return empty if nothing is known to be wrong
     */
    static Optional<Holdup> of(SecretRef reference, SecretValue value, String path) {
        if (value instanceof SecretValue.Missing missing) {
            return Optional.of(new Holdup(
                    Reason.MissingSecret,
                    "Secret %s %s, or correct %s".formatted(reference.name(), missing.remedy(), path)));
        }
        if (value instanceof SecretValue.Unreadable unreadable) {
            return Optional.of(new Holdup(
                    Reason.UnreadableSecret,
                    "Secret %s cannot be read: %s; it is tried again"
                            .formatted(reference.name(), unreadable.message())));
        }
        return Optional.empty();
    }
}
