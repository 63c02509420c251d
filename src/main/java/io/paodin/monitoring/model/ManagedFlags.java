package io.paodin.monitoring.model;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The flags that additional arguments cannot set, with what to do instead. Of flags that exclude each other one is
 * enough.
 */
final class ManagedFlags {

    /** Stands for the path of the component that the arguments belong to. */
    private static final String SELF = "{}";

    private static final String ROUTER = "spec.receive.router";
    private static final String OBJECT_STORAGE = field("objectStorageConfig") + " (a Secret)";
    private static final String NO_TLS_INSIDE = "the connections between the components of a resource have no TLS";
    private static final String RINGS = "the operator writes the rings from spec.receive.ingestors, and none with "
            + "shuffle sharding, since a router then ends at the first change of a ring";
    private static final String NO_RING = "only the routers know the rings: see spec.receive";
    private static final String NO_DATA = "the routers keep no data: see spec.receive.ingestors";

    private static final String GRACE = "it follows the pod's grace period: " + field("terminationGracePeriodSeconds");

    private static final Map<Role, Map<String, String>> REMEDIES = Map.of(
            Role.QUERY, query(),
            Role.QUERY_FRONTEND, all(),
            Role.RECEIVE_ROUTER, router(),
            Role.RECEIVE_INGESTOR, ingestor(),
            Role.STORE_GATEWAY, storeGateway(),
            Role.COMPACT, compact(),
            Role.RULER, withGrpc());

    private ManagedFlags() {}

    /**
     * What to do instead of giving the flag; empty for a flag that may be given.
     *
     * @param component the path of the component, such as {@code spec.query}
     */
    static Optional<String> remedy(Role role, String flag, String component) {
        var remedies = REMEDIES.get(role);
        var remedy = remedies.get(flag);
        if (remedy == null) {
            remedy = remedies.entrySet().stream()
                    .filter(entry -> entry.getKey().endsWith("*"))
                    .filter(entry -> flag.startsWith(
                            entry.getKey().substring(0, entry.getKey().length() - 1)))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElse(null);
        }
        return Optional.ofNullable(remedy).map(text -> text.replace(SELF, component));
    }

    /** The names and, ending in a star, beginnings of names that are managed in a role. */
    static Map<String, String> of(Role role) {
        return REMEDIES.get(role);
    }

    private static Map<String, String> query() {
        var flags = withGrpc();
        flags.put("endpoint", field("stores"));
        flags.put("endpoint-strict", field("stores"));
        flags.put("endpoint-group", field("stores"));
        flags.put("endpoint-group-strict", field("stores"));
        flags.put("endpoint.sd-config-file", field("stores"));
        flags.put("endpoint.sd-config-reload-interval", setting("paodin.endpoint-reload-interval"));
        flags.put("inject-test-addresses", field("stores"));
        flags.put("store.sd-files", field("stores"));
        flags.put("store.sd-interval", setting("paodin.endpoint-reload-interval"));
        flags.put("grpc-client-tls-*", "it would hold for all endpoints: " + field("stores[].caSecret"));
        flags.put("grpc-client-server-name", "it would hold for all endpoints: " + field("stores[].caSecret"));
        flags.put("query.replica-label", field("replicaLabels"));
        flags.put("query.auto-downsampling", "the operator always turns it on");
        flags.put("selector-label", field("selectorLabels"));
        return flags;
    }

    private static Map<String, String> router() {
        var flags = receive();
        flags.put("label", "the operator sets the router's labels");
        flags.put("receive.hashrings", RINGS);
        flags.put("receive.hashrings-file", RINGS);
        flags.put(
                "receive.hashrings-algorithm",
                "the operator writes it into each ring: set spec.receive.ingestors[].hashringAlgorithm");
        flags.put("receive.hashrings-file-refresh-interval", setting("paodin.hashring-reload-interval"));
        flags.put("remote-write.server-tls-cert", field("remoteWriteTls.certSecret"));
        flags.put("remote-write.server-tls-key", field("remoteWriteTls.keySecret"));
        flags.put("remote-write.server-tls-client-ca", field("remoteWriteTls.clientCaSecret"));
        flags.put("remote-write.server-tls-min-version", field("remoteWriteTls.minVersion"));
        flags.put("receive.limits-config-file", field("limits"));
        flags.put("receive.relabel-config", field("relabelConfigs"));
        flags.put("tsdb.*", NO_DATA);
        flags.put("shipper.*", NO_DATA);
        flags.put("objstore.config-file", NO_DATA);
        flags.put("remote-write.client-tls-*", NO_TLS_INSIDE);
        flags.put("remote-write.client-server-name", NO_TLS_INSIDE);
        return flags;
    }

    private static Map<String, String> ingestor() {
        var flags = receive();
        flags.put("receive.hashrings", NO_RING);
        flags.put("receive.hashrings-file", NO_RING);
        flags.put("receive.hashrings-algorithm", NO_RING);
        flags.put("receive.hashrings-file-refresh-interval", NO_RING);
        flags.put("receive.limits-config-file", "set " + ROUTER + ".limits");
        flags.put("receive.relabel-config", "set " + ROUTER + ".relabelConfigs");
        flags.put("tsdb.path", "the operator sets it to the mounted data volume: " + field("dataVolume"));
        flags.put("tsdb.retention", field("localTsdbRetention"));
        flags.put("tsdb.min-block-duration", field("blockDuration"));
        flags.put("tsdb.max-block-duration", field("blockDuration"));
        flags.put("tsdb.out-of-order.time-window", field("outOfOrderTimeWindow"));
        flags.put("tsdb.too-far-in-future.time-window", field("tooFarInFutureTimeWindow"));
        flags.put("tsdb.max-exemplars", field("maxExemplars"));
        flags.put("objstore.config-file", OBJECT_STORAGE);
        flags.put("grpc-server-tls-*", NO_TLS_INSIDE);
        return flags;
    }

    private static Map<String, String> receive() {
        var flags = withGrpc();
        flags.put("remote-write.address", "the operator sets it: Services and probes rely on it");
        flags.put("receive.replication-factor", "set " + ROUTER + ".replicationFactor");
        flags.put("receive.tenant-header", "set " + ROUTER + ".tenantHeader");
        flags.put("receive.default-tenant-id", "set " + ROUTER + ".defaultTenantId");
        flags.put("receive.tenant-label-name", "set " + ROUTER + ".tenantLabelName");
        flags.put("receive.local-endpoint", "a receiver of this operator either routes or ingests");
        flags.put("receive.capnproto-address", "the operator sets it: the routers rely on it");
        flags.put("receive.replication-protocol", "set " + ROUTER + ".replicationProtocol");
        flags.put("receive.tenant-certificate-field", "set " + ROUTER + ".tenantCertificateField");
        flags.put("receive.split-tenant-label-name", "set " + ROUTER + ".splitTenantLabelName");
        flags.put("receive.otlp-enable-target-info", "set " + ROUTER + ".otlp.enableTargetInfo");
        flags.put("receive.otlp-promote-resource-attributes", "set " + ROUTER + ".otlp.promoteResourceAttributes");
        return flags;
    }

    private static Map<String, String> storeGateway() {
        var flags = withGrpc();
        flags.put("data-dir", "the operator sets it to the mounted data volume: " + field("dataVolume"));
        flags.put("objstore.config-file", OBJECT_STORAGE);
        flags.put("min-time", field("minTime"));
        flags.put("max-time", field("maxTime"));
        flags.put("sync-block-duration", field("syncBlockDuration"));
        flags.put("store.enable-index-header-lazy-reader", field("enableIndexHeaderLazyReader"));
        flags.put("grpc-server-tls-*", NO_TLS_INSIDE);
        return flags;
    }

    private static Map<String, String> compact() {
        var flags = all();
        flags.put("data-dir", "the operator sets it to the mounted data volume: " + field("dataVolume"));
        flags.put("objstore.config-file", OBJECT_STORAGE);
        flags.put("wait", "the operator sets it: the compactor runs all the time");
        flags.put("delete-delay", field("deleteDelay"));
        flags.put("consistency-delay", field("consistencyDelay"));
        flags.put("compact.concurrency", field("concurrency"));
        flags.put("deduplication.replica-label", field("deduplication.replicaLabels"));
        flags.put("deduplication.func", field("deduplication.func"));
        flags.put("downsampling.disable", field("downsamplingDisable"));
        flags.put("retention.resolution-raw", field("retention.retentionRaw"));
        flags.put("retention.resolution-5m", field("retention.retention5m"));
        flags.put("retention.resolution-1h", field("retention.retention1h"));
        return flags;
    }

    private static Map<String, String> withGrpc() {
        var flags = all();
        flags.put("grpc-address", "the operator sets it: Services and endpoints rely on it");
        flags.put("grpc-grace-period", GRACE);
        return flags;
    }

    private static Map<String, String> all() {
        var flags = new LinkedHashMap<String, String>();
        flags.put("log.level", field("logLevel"));
        flags.put("log.format", field("logFormat"));
        flags.put("http-address", "the operator sets it: Services and probes rely on it");
        flags.put("http-grace-period", GRACE);
        flags.put("http.config", "the kubelet's probes have no credentials and no TLS");
        flags.put("enable-auto-gomemlimit", "the operator always turns it on; auto-gomemlimit.ratio can be given");
        flags.put("help*", "with it the process ends at once");
        flags.put("version", "with it the process ends at once");
        return flags;
    }

    private static String field(String field) {
        return "set " + SELF + "." + field;
    }

    private static String setting(String name) {
        return "the operator's setting " + name + " decides";
    }
}
