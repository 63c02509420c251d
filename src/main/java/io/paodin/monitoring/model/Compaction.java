package io.paodin.monitoring.model;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/**
 * What the compactor of a resource may do. Two of them at work on one bucket destroy its blocks, so the oldest resource
 * that wants one there has it, and that one starts when nobody else's works there any more.
 *
 * @param bucket the bucket for the annotation of the pods: while the resource's own pods may still work on another one
 *     than it wants now, that one, so that others see it
 * @param message what is in the way, and what to do if it does not pass by itself; empty if the compactor may run
 */
public record Compaction(Verdict verdict, String bucket, String message) {

    /** The annotation of a compactor's pods with {@code Bucket.id()}. */
    public static final String BUCKET_ANNOTATION = "monitoring.paodin.io/bucket";

    public enum Verdict {
        /** It may run. */
        RUN,
        /** An older resource has the bucket: the compactor is stopped until a person has decided. */
        YIELD,
        /** The compactor starts by itself once other pods are gone. */
        WAIT
    }

    /** A resource that wants a compactor on a bucket. */
    public record Contender(String createdAt, String uid, String namespace, String name) {

        private static final Comparator<Contender> BY_AGE =
                Comparator.comparing(Contender::createdAt).thenComparing(Contender::uid);

        boolean isOlderThan(Contender other) {
            return BY_AGE.compare(this, other) < 0;
        }
    }

    /** Whose compactor may be at work. The resource itself may be gone. */
    public record Occupant(String namespace, String name) {}

    /**
     * What is known of a bucket.
     *
     * @param contenders the other resources that want it
     * @param occupants the others whose compactors may be at work on it, whether they want it or not
     * @param isOwn whether the resource's own compactor has been let onto it and not been stopped since
     */
    public record Use(Collection<Contender> contenders, Collection<Occupant> occupants, boolean isOwn) {}

    /** With nobody else on the bucket. */
    public static Compaction alone(String bucket) {
        return new Compaction(Verdict.RUN, bucket, "");
    }

    /** @param former another bucket that the resource's own pods may still work on */
    public static Compaction decide(Contender own, String wanted, Optional<String> former, Use use) {
        var bucket = former.orElse(wanted);
        var older = use.contenders().stream().filter(c -> c.isOlderThan(own)).min(Contender.BY_AGE);
        if (older.isPresent()) {
            return new Compaction(Verdict.YIELD, bucket, yields(own, older.get()));
        }
        if (former.isPresent()) {
            return new Compaction(
                    Verdict.WAIT, bucket, "waits until its pod has stopped working on the bucket that it had before");
        }
        if (use.isOwn()) {
            return alone(wanted);
        }
        return use.occupants().stream()
                .min(Comparator.comparing(Occupant::namespace).thenComparing(Occupant::name))
                .map(occupant -> new Compaction(Verdict.WAIT, bucket, waits(own, occupant)))
                .orElseGet(() -> alone(wanted));
    }

    public boolean mayRun() {
        return verdict == Verdict.RUN;
    }

    private static String yields(Contender own, Contender older) {
        return "spec.compact: %s compacts the same bucket and is older, and a second compactor would destroy blocks:"
                        .formatted(describe(own, older.namespace(), older.name()))
                + " use another bucket or prefix for one of them, or set compact.replicas of one to 0; until then this"
                + " one is stopped";
    }

    private static String waits(Contender own, Occupant occupant) {
        return "waits until the compactor of %s, which works on the same bucket, has stopped"
                .formatted(describe(own, occupant.namespace(), occupant.name()));
    }

    /** Names in other namespaces are nobody's business. */
    private static String describe(Contender own, String namespace, String name) {
        return namespace.equals(own.namespace()) ? "Thanos " + name : "a Thanos of another namespace";
    }
}
