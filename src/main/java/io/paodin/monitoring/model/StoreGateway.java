package io.paodin.monitoring.model;

import io.paodin.monitoring.api.v1alpha1.CompactSpec;
import io.paodin.monitoring.api.v1alpha1.StoreGatewaySpec;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Thanos Store Gateway: answers queries from the blocks in the bucket. All of its pods serve the same. */
public record StoreGateway(
        Workload workload, StorageAccess storage, DataVolume data, Service service, DisruptionBudget budget)
        implements Component {

    static final String PATH = "spec.storeGateway";

    /** @param compact what deletes the blocks of the same resource, or null */
    static StoreGateway of(StoreGatewaySpec spec, CompactSpec compact, Scope scope) {
        var name = scope.names().storeGateway();
        var labels = Labels.of(scope.names().cluster(), Role.STORE_GATEWAY);
        var sync = scope.findings().duration(spec.syncBlockDuration, PATH + ".syncBlockDuration");
        var args = scope.args(Role.STORE_GATEWAY, spec)
                .flag("data-dir", "/data")
                .flag("objstore.config-file", StorageAccess.FILE)
                .flag("min-time", spec.minTime)
                .flag("max-time", spec.maxTime)
                .flag("sync-block-duration", sync.orElse(null))
                .byDefault("ignore-deletion-marks-delay", ignoreMarks(spec, compact, sync, scope.findings()));
        if (Boolean.TRUE.equals(spec.enableIndexHeaderLazyReader)) {
            args.on("store.enable-index-header-lazy-reader");
        }
        check(spec, sync, scope.findings());
        var storage = scope.storage(name, PATH);
        var data = DataVolume.of(spec.dataVolume, PATH + ".dataVolume", scope.findings());
        return new StoreGateway(
                scope.workload(PATH, spec, Essentials.ofStoreGateway(data), name, labels, args, Set.of())
                        .with(storage),
                storage,
                data,
                Service.governing(name, labels, Service.HTTP, Service.GRPC),
                DisruptionBudget.of(name, labels));
    }

    /** Where query finds the pods, all of them by one name, since their number may be a scaler's; empty if there are none. */
    Optional<String> endpoint(String namespace) {
        return Integer.valueOf(0).equals(workload.replicas())
                ? Optional.empty()
                : Optional.of("dns+%s.%s.svc:%d".formatted(service.name(), namespace, Service.GRPC.number()));
    }

    /**
     * A block that is marked for deletion is served until half of the delay is over: by then the block that replaces it has
     * been found, and there is time to let go of it before it is deleted.
     */
    private static Duration ignoreMarks(
            StoreGatewaySpec spec, CompactSpec compact, Optional<Duration> sync, Findings findings) {
        // What is wrong with it is reported where it belongs.
        var delay = Optional.ofNullable(compact)
                .map(c -> c.deleteDelay)
                .flatMap(Durations::prometheus)
                .orElse(Defaults.DELETE_DELAY);
        var half = delay.dividedBy(2);
        var interval = sync.orElse(Defaults.SYNC_BLOCK_DURATION);
        if (half.compareTo(interval) < 0) {
            findings.add(Notice.advice(
                    Compact.PATH + ".deleteDelay",
                    "blocks may be deleted before the store gateway, which looks every %s, lets go of them, and queries fail: set it to %s or more"
                            .formatted(Durations.format(interval), Durations.format(interval.multipliedBy(2)))));
        }
        return half;
    }

    private static void check(StoreGatewaySpec spec, Optional<Duration> sync, Findings findings) {
        if (sync.filter(s -> s.compareTo(Duration.ofSeconds(1)) < 0).isPresent()) {
            findings.add(PATH + ".syncBlockDuration", "must be 1s or more, is " + spec.syncBlockDuration);
        }
        TimeBounds.check(PATH, spec.minTime, spec.maxTime, findings);
    }

    @Override
    public Optional<StorageAccess> objectStorage() {
        return Optional.of(storage);
    }

    @Override
    public String id() {
        return Role.STORE_GATEWAY.label();
    }

    @Override
    public String kind() {
        return "StatefulSet";
    }
}
