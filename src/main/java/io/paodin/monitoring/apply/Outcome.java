package io.paodin.monitoring.apply;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What one pass over an owner's manifests came to: the manifests in their order, then what is no longer wanted. */
public record Outcome(List<Applied> objects) {

    private static final Set<Result> NOT_OWNED = EnumSet.of(Result.FOREIGN, Result.SUPERSEDED, Result.PRUNED);

    public Outcome {
        objects = List.copyOf(objects);
    }

    /** Together with what was done beside. */
    public Outcome and(List<Applied> more) {
        return new Outcome(Stream.concat(objects.stream(), more.stream()).toList());
    }

    /** Whether every object is now as wanted and nothing else is left. */
    public boolean isComplete() {
        return objects.stream().allMatch(applied -> applied.result().isDone());
    }

    /** Whether it is in vain, since the namespace is being deleted and the owner with it. */
    public boolean isInVain() {
        return !with(Result.NAMESPACE_TERMINATING).isEmpty();
    }

    public List<Applied> with(Result result) {
        return objects.stream().filter(applied -> applied.result() == result).toList();
    }

    /** A wanted object as it is now; empty if it does not exist or is not the owner's. */
    public <T extends HasMetadata> Optional<T> current(Class<T> kind, String name) {
        return objects.stream()
                .filter(applied -> !NOT_OWNED.contains(applied.result()))
                .filter(applied ->
                        kind.isInstance(applied.current()) && applied.name().equals(name))
                .map(applied -> kind.cast(applied.current()))
                .findFirst();
    }

    /** Why the pass should be tried again; to be thrown after the status has been written. */
    public Optional<ApplyException> failure() {
        var failed = with(Result.FAILED);
        return failed.isEmpty() ? Optional.empty() : Optional.of(new ApplyException(failed));
    }
}
