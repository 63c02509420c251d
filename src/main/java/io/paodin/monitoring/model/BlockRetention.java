package io.paodin.monitoring.model;

import static io.paodin.monitoring.model.Defaults.orElse;

import io.paodin.monitoring.api.v1alpha1.CompactSpec;
import io.paodin.monitoring.api.v1alpha1.RetentionSpec;
import java.time.Duration;

/** How long blocks stay in the bucket, by resolution, as Prometheus durations; null where the resource says nothing. */
record BlockRetention(String raw, String fiveMinutes, String oneHour) {

    static BlockRetention of(CompactSpec compact, String path, Findings findings) {
        var spec = orElse(compact.retention, new RetentionSpec());
        var downsampled = !Boolean.TRUE.equals(compact.downsamplingDisable);
        check(spec.retentionRaw, path + ".retentionRaw", downsampled ? Defaults.DOWNSAMPLING_5M : null, findings);
        check(spec.retention5m, path + ".retention5m", downsampled ? Defaults.DOWNSAMPLING_1H : null, findings);
        check(spec.retention1h, path + ".retention1h", null, findings);
        return new BlockRetention(spec.retentionRaw, spec.retention5m, spec.retention1h);
    }

    /** @param downsampledAt the age at which blocks of the next resolution are made of these; null if none are */
    private static void check(String text, String path, Duration downsampledAt, Findings findings) {
        var retention = findings.duration(text, path);
        if (downsampledAt != null
                && retention
                        .filter(r -> !r.isZero() && r.compareTo(downsampledAt) < 0)
                        .isPresent()) {
            findings.add(
                    path,
                    "must be %s or more, or 0d for ever, is %s: younger blocks would be deleted before they are downsampled; or set %s.downsamplingDisable"
                            .formatted(Durations.format(downsampledAt), text, Compact.PATH));
        }
    }
}
