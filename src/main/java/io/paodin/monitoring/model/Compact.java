package io.paodin.monitoring.model;

import static io.paodin.monitoring.model.Defaults.orElse;

import io.paodin.monitoring.api.v1alpha1.CompactSpec;
import java.util.Optional;
import java.util.Set;

/**
 * Thanos Compactor: compacts, downsamples and expires the blocks of the bucket. Two of them would destroy it, so it is a
 * StatefulSet of one pod at most, whose name keeps a second one from being started before the first has ended.
 *
 * @param wanted the replicas that the resource asks for; the workload may have to do with none
 * @param compaction what it may do with its bucket; empty if nobody has decided that
 * @param begun what begins with it that cannot be undone; empty if nothing does, or has begun before
 * @param haltedPod its pod, if that has stopped working and waits for a person
 */
public record Compact(
        Workload workload,
        int wanted,
        StorageAccess storage,
        DataVolume data,
        Service service,
        Optional<Compaction> compaction,
        Optional<Notice> begun,
        Optional<String> haltedPod)
        implements Component {

    static final String PATH = "spec.compact";

    /**
     * What the resource's own ingestors put into the bucket.
     *
     * @param copies how many of each sample; 1 without receive
     * @param overlapping whether blocks of one ingestor may overlap, since it takes samples out of order
     */
    record Uploads(int copies, boolean overlapping) {
        static final Uploads NONE = new Uploads(1, false);
    }

    static Compact of(CompactSpec spec, Uploads uploads, Scope scope) {
        var name = scope.names().compact();
        var labels = Labels.of(scope.names().cluster(), Role.COMPACT);
        var findings = scope.findings();
        var deduplication = Deduplication.of(spec.deduplication, uploads.copies(), PATH + ".deduplication", findings);
        var retention = BlockRetention.of(spec, PATH + ".retention", findings);
        var args = scope.args(Role.COMPACT, spec)
                .on("wait")
                .flag("data-dir", "/data")
                .flag("objstore.config-file", StorageAccess.FILE)
                .flag("retention.resolution-raw", retention.raw())
                .flag("retention.resolution-5m", retention.fiveMinutes())
                .flag("retention.resolution-1h", retention.oneHour())
                .each("deduplication.replica-label", deduplication.replicaLabels())
                .flag("deduplication.func", deduplication.function())
                .flag(
                        "delete-delay",
                        findings.duration(spec.deleteDelay, PATH + ".deleteDelay")
                                .orElse(null))
                .flag(
                        "consistency-delay",
                        findings.duration(spec.consistencyDelay, PATH + ".consistencyDelay")
                                .orElse(null))
                .flag("compact.concurrency", spec.concurrency);
        if (Boolean.TRUE.equals(spec.downsamplingDisable)) {
            args.on("downsampling.disable");
        }
        // With deduplication it is on anyway. Without, a compactor that meets blocks that overlap gives up.
        if (uploads.overlapping() && !deduplication.isEnabled()) {
            args.onByDefault("compact.enable-vertical-compaction");
        }
        findings.unlessWithin(PATH + ".concurrency", spec.concurrency, 1, 64);
        int wanted = replicas(spec, findings);
        var storage = scope.storage(name, PATH);
        var compaction = scope.inputs().compaction();
        int replicas = compaction.filter(c -> !c.mayRun()).isPresent() ? 0 : wanted;
        var running = scope.inputs().running(name);
        var bucket = compaction
                .map(Compaction::bucket)
                .or(() -> running.map(Inputs.Running::bucket))
                .or(() -> storage.bucket().map(Bucket::id));
        var data = DataVolume.of(spec.dataVolume, PATH + ".dataVolume", findings);
        var workload = scope.workload(PATH, spec, Essentials.ofCompact(data), name, labels, args, Set.of())
                .withReplicas(replicas)
                .with(storage)
                .withAnnotation(Compaction.BUCKET_ANNOTATION, bucket.orElse(null));
        return new Compact(
                workload,
                wanted,
                storage,
                data,
                Service.governing(name, labels, Service.HTTP),
                compaction,
                begun(deduplication, replicas, running),
                scope.inputs().haltedPod());
    }

    private static int replicas(CompactSpec spec, Findings findings) {
        int replicas = orElse(spec.replicas, Defaults.COMPACT_REPLICAS);
        if (replicas > 1) {
            findings.add(
                    PATH + ".replicas",
                    "must be 0 or 1, is %d: two compactors would destroy each other's blocks".formatted(replicas));
        }
        return replicas;
    }

    private static Optional<Notice> begun(Deduplication deduplication, int replicas, Optional<Inputs.Running> running) {
        return deduplication.isEnabled()
                        && replicas > 0
                        && running.filter(Inputs.Running::deduplicates).isEmpty()
                ? Optional.of(Notice.deduplication(
                        PATH + ".deduplication",
                        "the compactor begins to merge blocks that differ only in %s; what is merged stays so"
                                .formatted(String.join(", ", deduplication.replicaLabels()))))
                : Optional.empty();
    }

    /** What a person has to decide, if another resource has the bucket. */
    public Optional<String> conflict() {
        return compaction.filter(c -> c.verdict() == Compaction.Verdict.YIELD).map(Compaction::message);
    }

    @Override
    public Optional<String> waiting() {
        return compaction
                .filter(c -> c.verdict() == Compaction.Verdict.WAIT)
                .map(Compaction::message)
                .or(Component.super::waiting);
    }

    @Override
    public boolean isStopped() {
        return wanted == 0;
    }

    @Override
    public Optional<StorageAccess> objectStorage() {
        return Optional.of(storage);
    }

    @Override
    public String id() {
        return Role.COMPACT.label();
    }

    @Override
    public String kind() {
        return "StatefulSet";
    }
}
