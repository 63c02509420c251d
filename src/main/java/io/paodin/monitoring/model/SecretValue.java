package io.paodin.monitoring.model;

/** What was found in a Secret under a key. */
public sealed interface SecretValue {

    /** @param content never to be printed */
    record Found(String content) implements SecretValue {

        @Override
        public String toString() {
            return "Found[…]";
        }
    }

    /** @param remedy what is missing and what to do, to stand behind the Secret's name */
    record Missing(String remedy) implements SecretValue {}

    /** @param message why it could not be read just now, which says nothing about whether it is there */
    record Unreadable(String message) implements SecretValue {}
}
