package io.paodin.monitoring.cli;

/** An input that is no resource at all; the message names the file. */
class UnreadableInputException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnreadableInputException(String message) {
        super(message);
    }
}
