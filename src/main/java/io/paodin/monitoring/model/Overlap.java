package io.paodin.monitoring.model;

import static io.paodin.monitoring.model.Defaults.orElse;
import static io.paodin.monitoring.model.Defaults.orEmpty;

import io.paodin.monitoring.api.v1alpha1.IngestorSpec;
import io.paodin.monitoring.api.v1alpha1.StoreGatewaySpec;
import io.paodin.monitoring.api.v1alpha1.ThanosSpec;
import java.time.Duration;
import java.util.Optional;

/** Whether the ingestors keep samples until the store gateway serves them: else queries miss some for a while. */
final class Overlap {

    private Overlap() {}

    /** Gives advice where there is a gap; what is wrong in itself is reported where it belongs. */
    static void check(ThanosSpec spec, Findings findings) {
        if (spec.storeGateway == null || spec.receive == null) {
            return;
        }
        var hasDefault = spec.objectStorageConfig != null;
        var ingestors = orEmpty(spec.receive.ingestors);
        for (int i = 0; i < ingestors.size(); i++) {
            var path = "spec.receive.ingestors[%d].localTsdbRetention".formatted(i);
            var ingestor = orElse(ingestors.get(i), new IngestorSpec());
            var kept = Durations.prometheus(orElse(ingestor.localTsdbRetention, Defaults.LOCAL_TSDB_RETENTION));
            if (hasDefault || ingestor.objectStorageConfig != null) {
                kept.ifPresent(k -> check(path, k, block(ingestor), spec.storeGateway, findings));
            }
        }
    }

    private static void check(String path, Duration kept, Duration block, StoreGatewaySpec gateway, Findings findings) {
        var end = TimeBounds.before(gateway.maxTime);
        if (end.filter(e -> kept.compareTo(e) <= 0).isPresent()) {
            findings.add(Notice.advice(
                    path,
                    "what is older than this is served by nobody until it is as old as %s.maxTime: keep it for longer, or move maxTime towards now"
                            .formatted(StoreGateway.PATH)));
        }
        var sync = Optional.ofNullable(gateway.syncBlockDuration)
                .flatMap(Durations::prometheus)
                .orElse(Defaults.SYNC_BLOCK_DURATION);
        // A block is cut when its newest sample is as old as half of it, and is found by the store gateway later.
        var found = block.dividedBy(2).plus(sync);
        if (kept.compareTo(found) < 0) {
            findings.add(Notice.advice(
                    path,
                    "a block may be deleted before the store gateway, which looks every %s, has found it: keep it for %s or more, or set a shorter %s.syncBlockDuration"
                            .formatted(Durations.format(sync), Durations.format(found), StoreGateway.PATH)));
        }
    }

    private static Duration block(IngestorSpec ingestor) {
        return Durations.prometheus(orElse(ingestor.blockDuration, Defaults.BLOCK_DURATION))
                .orElse(Duration.ZERO);
    }
}
