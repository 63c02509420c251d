package io.paodin.monitoring.apply;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.List;

/** How an unsuccessful request is to be understood. */
public record ServerAnswer(int code, String message) {

    private static final int UNPROCESSABLE = 422;

    /** With these words, and as its own error, the server says that it cannot make an object of what it was sent. */
    private static final List<String> UNREADABLE = List.of(
            "failed to create typed patch object",
            "unable to convert unstructured object",
            "quantities must match",
            "strict decoding error");

    public static ServerAnswer of(KubernetesClientException e) {
        var status = e.getStatus();
        var said = status == null ? null : status.getMessage();
        return new ServerAnswer(e.getCode(), said == null || said.isBlank() ? reason(e) : said);
    }

    /** The request did not reach the server, or its answer did not reach us. */
    boolean isMissing() {
        return code <= 0;
    }

    /** The object on the server is not what the request assumed: it exists, is gone, is another one, or has changed. */
    public boolean isConflict() {
        // A UID that differs is refused as a change of an immutable field, not as a failed precondition.
        return code == HttpURLConnection.HTTP_CONFLICT
                || code == UNPROCESSABLE && message.contains("metadata.uid: Invalid value");
    }

    public boolean isNotFound() {
        return code == HttpURLConnection.HTTP_NOT_FOUND;
    }

    boolean isInvalid() {
        return code == UNPROCESSABLE
                || code == HttpURLConnection.HTTP_BAD_REQUEST
                || code == HttpURLConnection.HTTP_INTERNAL_ERROR
                        && UNREADABLE.stream().anyMatch(message::contains);
    }

    /** A policy, a quota or a missing right forbids it, until a person changes that. */
    public boolean isForbidden() {
        return code == HttpURLConnection.HTTP_FORBIDDEN && !isOfTerminatingNamespace();
    }

    /** Something was to be created in a namespace that is being deleted. */
    public boolean isOfTerminatingNamespace() {
        return code == HttpURLConnection.HTTP_FORBIDDEN && message.contains("because it is being terminated");
    }

    boolean isImmutable() {
        return code == UNPROCESSABLE
                && (message.contains("field is immutable")
                        || message.contains("is immutable after creation")
                        || message.contains("may not change once set")
                        || message.contains("updates to statefulset spec for fields other than"));
    }

    private static String reason(KubernetesClientException e) {
        var cause = e.getCause();
        return cause == null || cause.getMessage() == null ? String.valueOf(e.getMessage()) : cause.getMessage();
    }
}
