package io.paodin.monitoring.model;

import static io.paodin.monitoring.model.Defaults.orElse;
import static io.paodin.monitoring.model.Defaults.orEmpty;

import io.paodin.monitoring.api.v1alpha1.HashringAlgorithm;
import io.paodin.monitoring.api.v1alpha1.IngestorSpec;
import io.paodin.monitoring.api.v1alpha1.RouterSpec;
import io.paodin.monitoring.api.v1alpha1.TenantMatcher;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A receive ingestor: the pods that hold the newest data of their hashring's tenants.
 *
 * @param isGlob whether its tenants are patterns
 * @param algorithm how the series of its hashring are spread
 * @param takesOutOfOrder whether it takes samples that are older than those of a block that it has written
 * @param storage where it uploads its blocks; null for nowhere
 * @param replicas how many pods it is to have in the end; its workload says how many it is to have now
 * @param members the addresses of all pods that it is to have in the end
 */
public record Ingestor(
        String name,
        List<String> tenants,
        boolean isGlob,
        HashringAlgorithm algorithm,
        int replicas,
        Workload workload,
        int minReadySeconds,
        boolean takesOutOfOrder,
        StorageAccess storage,
        DataVolume data,
        Service service,
        List<String> members)
        implements Component {

    /** The label by which copies of one series, on several members of a ring, are told apart. */
    static final String REPLICA_LABEL = "receive_replica";

    /**
     * The Cap'n Proto listener cannot be switched off. It is open in ingestors, whatever the routers speak, so that these
     * can change from one protocol to the other and back while no ingestor is restarted; gRPC lets others write too.
     */
    static final Service.Port CAPNPROTO = new Service.Port("capnproto", 19391);

    /** @param router what is configured there since it must be the same in all ingestors */
    static Ingestor of(IngestorSpec spec, String path, RouterSpec router, Scope scope) {
        var ingestor = orElse(spec.name, "");
        var name = scope.names().ingestor(ingestor);
        var labels = Labels.ofIngestor(scope.names().cluster(), ingestor);
        var replicas = orElse(spec.replicas, Defaults.INGESTOR_REPLICAS);
        var service =
                Service.governingMembers(name, labels, Service.REMOTE_WRITE, Service.HTTP, Service.GRPC, CAPNPROTO);
        var storage = scope.storage().access(name).orElse(null);
        var blocks = Blocks.of(spec, storage != null, path, scope.findings());
        var args = scope.args(Role.RECEIVE_INGESTOR, spec)
                .flag("remote-write.address", Service.REMOTE_WRITE.onAllInterfaces())
                .flag("receive.capnproto-address", CAPNPROTO.onAllInterfaces())
                .labelExpanded(REPLICA_LABEL, "$(POD_NAME)")
                .flag("receive.tenant-label-name", Router.tenantLabel(router))
                // Moving a tenant to another ingestor must not restart any, so this is never a tenant of the ring.
                .flag("receive.default-tenant-id", Router.defaultTenant(router))
                .flag("tsdb.path", "/data")
                .flag("tsdb.retention", blocks.retention())
                .flag("tsdb.min-block-duration", blocks.shortest())
                .flag("tsdb.max-block-duration", blocks.longest())
                .flagIf(storage != null, "objstore.config-file", StorageAccess.FILE)
                .flag("tsdb.out-of-order.time-window", spec.outOfOrderTimeWindow)
                .flag(
                        "tsdb.too-far-in-future.time-window",
                        orElse(spec.tooFarInFutureTimeWindow, Defaults.TOO_FAR_IN_FUTURE))
                .flag("tsdb.max-exemplars", spec.maxExemplars);
        check(spec, path, scope.findings());
        var data = DataVolume.of(spec.dataVolume, path + ".dataVolume", scope.findings());
        return new Ingestor(
                ingestor,
                orEmpty(spec.tenants).stream().filter(Objects::nonNull).sorted().toList(),
                spec.tenantMatcher == TenantMatcher.GLOB,
                orElse(spec.hashringAlgorithm, Defaults.HASHRING_ALGORITHM),
                replicas,
                scope.workload(
                                path,
                                spec,
                                Essentials.ofIngestor(data),
                                name,
                                labels,
                                args,
                                new HashSet<>(List.of(REPLICA_LABEL, Router.tenantLabel(router))))
                        .withReplicas(replicas)
                        .with(storage),
                minReadySeconds(spec, Router.replicationFactor(router)),
                takesOutOfOrder(spec, path, scope.findings()),
                storage,
                data,
                service,
                members(name, replicas, scope.namespace()));
    }

    static List<String> members(String workload, int replicas, String namespace) {
        return IntStream.range(0, Scope.bounded(replicas))
                .mapToObj(ordinal -> Address.of(workload, ordinal, namespace))
                .toList();
    }

    /**
     * The addresses of the pods that hold data: those that it is to have, if it is not left as it is, and those that there
     * are until they are gone.
     */
    List<String> sources(Inputs inputs, String namespace) {
        var existing = inputs.pods(workload.name());
        return members(workload.name(), holdup().isPresent() ? existing : Math.max(replicas, existing), namespace);
    }

    /** The same, with so many pods for now. */
    Ingestor withReplicasNow(int now) {
        return new Ingestor(
                name,
                tenants,
                isGlob,
                algorithm,
                replicas,
                workload.withReplicas(now),
                minReadySeconds,
                takesOutOfOrder,
                storage,
                data,
                service,
                members);
    }

    private static int minReadySeconds(IngestorSpec spec, int replicationFactor) {
        int byDefault = replicationFactor > 1 ? Defaults.MIN_READY_SECONDS_REPLICATED : Defaults.MIN_READY_SECONDS;
        return orElse(spec.minReadySeconds, byDefault);
    }

    private static boolean takesOutOfOrder(IngestorSpec spec, String path, Findings findings) {
        return findings.duration(spec.outOfOrderTimeWindow, path + ".outOfOrderTimeWindow")
                .filter(window -> !window.isZero())
                .isPresent();
    }

    private static void check(IngestorSpec spec, String path, Findings findings) {
        findings.unlessWithin(path + ".minReadySeconds", spec.minReadySeconds, 0, 86_400);
        findings.unlessKnown(path + ".hashringAlgorithm", spec.hashringAlgorithm, HashringAlgorithm.UNKNOWN);
        findings.unlessWithin(path + ".maxExemplars", spec.maxExemplars, 0, 100_000_000);
        findings.duration(spec.tooFarInFutureTimeWindow, path + ".tooFarInFutureTimeWindow");
    }

    /** Whether a component of this id is an ingestor. */
    static boolean isId(String component) {
        return component.startsWith(id(""));
    }

    /** Its name in the resource, of the id of a component. */
    static String name(String component) {
        return component.substring(Math.min(component.length(), id("").length()));
    }

    static String id(String name) {
        return Role.RECEIVE_INGESTOR.label() + "-" + name;
    }

    @Override
    public Optional<StorageAccess> objectStorage() {
        return Optional.ofNullable(storage);
    }

    @Override
    public String id() {
        return id(name);
    }

    @Override
    public String kind() {
        return "StatefulSet";
    }
}
