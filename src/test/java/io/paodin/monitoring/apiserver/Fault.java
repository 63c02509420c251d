package io.paodin.monitoring.apiserver;

/**
 * What happens to a write.
 *
 * <p>After a crash every request is cut off without an answer, and watches end, until {@link ApiServer#revive()}: what
 * the client's process would see of its own end is nothing, so a test replaces the client.
 */
public record Fault(Kind kind, int code) {
    /** The request is carried out and answered. */
    public static final Fault NONE = new Fault(Kind.NONE, 0);

    /** The request is not carried out, and not answered. */
    public static final Fault CRASH_BEFORE = new Fault(Kind.CRASH_BEFORE, 0);

    /** The request is carried out, but not answered. */
    public static final Fault CRASH_AFTER = new Fault(Kind.CRASH_AFTER, 0);

    public enum Kind {
        NONE,
        CRASH_BEFORE,
        CRASH_AFTER,
        ERROR
    }

    /** The request is not carried out, and answered with this code. */
    public static Fault error(int code) {
        return new Fault(Kind.ERROR, code);
    }

    /** Decides about a write. */
    @FunctionalInterface
    public interface Injector {
        /** @param index counts the writes since the injector was set, from 0 */
        Fault decide(int index, Request request);
    }
}
