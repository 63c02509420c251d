package io.paodin.monitoring.status;

/**
 * Something that kept a spec from being applied.
 *
 * @param object kind and name of what it is about; empty for the spec itself
 * @param needsPerson whether only a person can solve it, as opposed to time
 */
public record Problem(ConditionReason reason, String object, String message, boolean needsPerson) {

    public static Problem of(ConditionReason reason, String message) {
        return new Problem(reason, "", message, true);
    }

    /** One that only a person can solve, with an object. */
    public static Problem of(ConditionReason reason, String object, String message) {
        return new Problem(reason, object, message, true);
    }

    /** One that is tried again without anybody doing something. */
    public static Problem passing(ConditionReason reason, String message) {
        return new Problem(reason, "", message, false);
    }
}
