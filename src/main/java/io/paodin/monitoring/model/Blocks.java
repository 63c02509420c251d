package io.paodin.monitoring.model;

import static io.paodin.monitoring.model.Defaults.orElse;

import io.paodin.monitoring.api.v1alpha1.IngestorSpec;
import java.time.Duration;
import java.util.Optional;

/**
 * How long an ingestor keeps data and in blocks of which length, as Prometheus durations. Without object storage nobody
 * else compacts the blocks, so the ingestor itself merges them up to a tenth of its retention, as Prometheus does.
 */
record Blocks(String retention, String shortest, String longest) {

    private static final Duration LONGEST = Duration.ofDays(31);

    static Blocks of(IngestorSpec spec, String path, Findings findings) {
        var retention = orElse(spec.localTsdbRetention, Defaults.LOCAL_TSDB_RETENTION);
        var block = orElse(spec.blockDuration, Defaults.BLOCK_DURATION);
        var kept = duration(retention, path + ".localTsdbRetention", findings);
        var length = duration(block, path + ".blockDuration", findings);
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
        return new Blocks(retention, block, Durations.format(longest(kept.get(), length.get())));
    }

    private static Duration longest(Duration retention, Duration block) {
        var tenth = retention.dividedBy(10);
        var capped = tenth.compareTo(LONGEST) > 0 ? LONGEST : tenth;
        return capped.compareTo(block) < 0 ? block : capped;
    }

    private static Optional<Duration> duration(String text, String path, Findings findings) {
        var duration = Durations.prometheus(text);
        if (duration.isEmpty()) {
            findings.add(path, "must be a Prometheus duration such as 6h or 2w, is \"" + text + "\"");
        }
        return duration;
    }
}
