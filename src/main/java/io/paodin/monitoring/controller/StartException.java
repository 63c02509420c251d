package io.paodin.monitoring.controller;

/** The operator cannot start, for a reason that the message tells together with what to do. */
public class StartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StartException(String message) {
        super(message);
    }
}
