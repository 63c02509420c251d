package io.paodin.monitoring.config;

/** A setting of the operator cannot be what it is; the message names its variable and tells what to do. */
public class UnusableSettingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnusableSettingException(String message) {
        super(message);
    }
}
