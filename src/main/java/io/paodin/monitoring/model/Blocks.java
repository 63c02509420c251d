package io.paodin.monitoring.model;

import static io.paodin.monitoring.model.Defaults.orElse;

import io.paodin.monitoring.api.v1alpha1.IngestorSpec;
import java.time.Duration;

/**
 * How long an ingestor keeps data and in blocks of which length, as Prometheus durations. With object storage all blocks
 * are equally long, since only those are uploaded that were never merged, and the compactor merges them. Without it nobody
 * else does, so the ingestor itself merges them up to a tenth of its retention, as Prometheus does.
 */
record Blocks(String retention, String shortest, String longest) {

    private static final Duration LONGEST = Duration.ofDays(31);

    static Blocks of(IngestorSpec spec, boolean uploads, String path, Findings findings) {
        var retention = orElse(spec.localTsdbRetention, Defaults.LOCAL_TSDB_RETENTION);
        var block = orElse(spec.blockDuration, Defaults.BLOCK_DURATION);
        var kept = findings.duration(retention, path + ".localTsdbRetention");
        var length = findings.duration(block, path + ".blockDuration");
        if (kept.isEmpty() || length.isEmpty()) {
            return new Blocks(retention, block, block);
        }
        if (length.get().compareTo(Duration.ofMinutes(1)) < 0) {
            findings.add(path + ".blockDuration", "must be 1m or more, is " + block);
        }
        if (kept.get().compareTo(length.get()) < 0) {
            findings.add(
                    path + ".localTsdbRetention",
                    "must not be shorter than a block (%s), is %s: keep data for longer, or set a shorter %s.blockDuration"
                            .formatted(block, retention, path));
        }
        return new Blocks(retention, block, uploads ? block : Durations.format(longest(kept.get(), length.get())));
    }

    private static Duration longest(Duration retention, Duration block) {
        var tenth = retention.dividedBy(10);
        var capped = tenth.compareTo(LONGEST) > 0 ? LONGEST : tenth;
        return capped.compareTo(block) < 0 ? block : capped;
    }
}
