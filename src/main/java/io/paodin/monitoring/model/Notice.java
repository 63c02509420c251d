package io.paodin.monitoring.model;

/** Something worth an event that keeps nothing from being applied. */
public record Notice(String path, String message) {

    @Override
    public String toString() {
        return path + ": " + message;
    }
}
