package io.paodin.monitoring.status;

/**
 * Something that kept a spec from being applied.
 *
 * @param needsPerson whether only a person can solve it, as opposed to time
 */
public record Problem(ConditionReason reason, String message, boolean needsPerson) {

    public static Problem of(ConditionReason reason, String message) {
        return new Problem(reason, message, true);
    }

    /** One that is tried again without anybody doing something. */
    public static Problem passing(ConditionReason reason, String message) {
        return new Problem(reason, message, false);
    }
}
