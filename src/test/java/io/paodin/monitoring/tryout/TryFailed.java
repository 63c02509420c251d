package io.paodin.monitoring.tryout;

/** Ends the try; the message is all that there is to say. */
final class TryFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TryFailed(String message) {
        super(message, null, false, false);
    }
}
