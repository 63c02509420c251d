package io.paodin.monitoring.status;

import io.paodin.monitoring.model.Component;
import io.paodin.monitoring.model.Holdup;
import io.paodin.monitoring.model.Reason;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Something that is not as it should be.
 *
 * @param objects kind and name of each workload that it keeps from getting on
 */
public record Problem(ConditionReason reason, Set<String> objects, String message, Weight weight) {

    /** What follows from a problem. */
    public enum Weight {
        /** The spec is not applied as a whole until a person does something. */
        BLOCKING,
        /** All that is asked for runs, and still a person should do something. */
        DEFECT,
        /** It is tried again without anybody doing something. */
        PASSING
    }

    public Problem {
        objects = Set.copyOf(objects);
    }

    public static Problem blocking(ConditionReason reason, String message) {
        return new Problem(reason, Set.of(), message, Weight.BLOCKING);
    }

    public static Problem blocking(ConditionReason reason, String object, String message) {
        return new Problem(reason, Set.of(object), message, Weight.BLOCKING);
    }

    public static Problem defect(ConditionReason reason, String message) {
        return new Problem(reason, Set.of(), message, Weight.DEFECT);
    }

    public static Problem passing(ConditionReason reason, String message) {
        return new Problem(reason, Set.of(), message, Weight.PASSING);
    }

    /**
     * What keeps components as they are.
     *
     * @param differing the ids of the components that are not as the spec wants them
     * @return empty if all of them are as wanted and nobody has to do anything
     */
    public static Optional<Problem> of(Holdup cause, List<Component> components, Set<String> differing) {
        var isPassing = cause.reason() == Reason.UnreadableSecret;
        var isHarmless = components.stream().map(Component::id).noneMatch(differing::contains);
        if (isHarmless && isPassing) {
            return Optional.empty();
        }
        var weight = isPassing ? Weight.PASSING : isHarmless ? Weight.DEFECT : Weight.BLOCKING;
        var ids = components.stream().map(Component::id).collect(Collectors.joining(", "));
        return Optional.of(new Problem(
                Conditions.reason(cause.reason()),
                components.stream().map(Conditions::object).collect(Collectors.toSet()),
                "%s: left as %s: %s".formatted(ids, components.size() == 1 ? "it is" : "they are", cause.message()),
                weight));
    }

    boolean needsPerson() {
        return weight != Weight.PASSING;
    }

    boolean keepsFromReady() {
        return weight != Weight.DEFECT;
    }
}
