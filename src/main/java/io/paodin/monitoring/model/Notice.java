package io.paodin.monitoring.model;

/**
 * Something worth an event that keeps nothing from being applied.
 *
 * @param reason the event's reason
 */
public record Notice(String reason, String path, String message) {

    private static final String UNKNOWN_FLAG = "UnknownFlag";
    private static final String ADVICE = "Advice";
    private static final String DEDUPLICATION = "DeduplicationBegins";

    /** An argument that no flag table knows. */
    public static Notice unknownFlag(String path, String message) {
        return new Notice(UNKNOWN_FLAG, path, message);
    }

    /** What is accepted and probably not meant so. */
    public static Notice advice(String path, String message) {
        return new Notice(ADVICE, path, message);
    }

    static Notice deduplication(String path, String message) {
        return new Notice(DEDUPLICATION, path, message);
    }

    @Override
    public String toString() {
        return path + ": " + message;
    }
}
