package io.paodin.monitoring.model;

import static io.paodin.monitoring.model.Defaults.orElse;
import static io.paodin.monitoring.model.Defaults.orEmpty;

import io.paodin.monitoring.api.v1alpha1.OtlpOptions;
import io.paodin.monitoring.api.v1alpha1.ReplicationProtocol;
import io.paodin.monitoring.api.v1alpha1.RouterSpec;
import io.paodin.monitoring.api.v1alpha1.TenantCertificateField;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The receive router: forwards each series to the members of its tenant's hashring.
 *
 * @param hashrings the file that it reads, and when it was changed last, if that is known
 * @param limits what it refuses; null for nothing
 * @param tls null for none
 * @param holdup why it is left as it is, if it is
 */
public record Router(
        Workload workload,
        ConfigFile hashrings,
        ConfigFile limits,
        WriteTls tls,
        List<Service> services,
        DisruptionBudget budget,
        Optional<Holdup> holdup)
        implements Component {

    static final String PATH = "spec.receive.router";
    private static final String METRIC_NAME = "__name__";
    private static final String LIMITS_KEY = "limits.yaml";

    /** The key of the file of the hashrings in its ConfigMap. */
    public static final String HASHRINGS_KEY = "hashrings.json";

    /** The annotation of that ConfigMap that tells when the routers were last told something else. */
    public static final String PUBLISHED = "monitoring.paodin.io/published";

    /**
     * The annotation of a router's pod that tells the file it should have: the kubelet looks at once at what a pod mounts
     * when the pod changes, and else only about once a minute.
     */
    public static final String TOLD = "monitoring.paodin.io/hashrings";

    /** The flag that a running router replicates by. */
    public static final String REPLICATION_FACTOR_FLAG = "receive.replication-factor";

    static Router of(RouterSpec spec, Membership membership, Scope scope) {
        var name = scope.names().router();
        var labels = Labels.of(scope.names().cluster(), Role.RECEIVE_ROUTER);
        var otlp = orElse(spec.otlp, new OtlpOptions());
        check(spec, scope.findings());
        var tls = WriteTls.of(spec, scope);
        var limits = spec.limits == null ? null : Limits.of(spec.limits, PATH + ".limits", scope.findings());
        var args = scope.args(Role.RECEIVE_ROUTER, spec)
                .flag("remote-write.address", Service.REMOTE_WRITE.onAllInterfaces())
                .flag("receive.capnproto-address", Ingestor.CAPNPROTO.onLoopback())
                .labelExpanded(Ingestor.REPLICA_LABEL, "$(POD_NAME)")
                .flag("receive.hashrings-file", "/etc/thanos/hashrings/" + HASHRINGS_KEY)
                .flag("receive.hashrings-algorithm", "ketama")
                .flag("receive.hashrings-file-refresh-interval", scope.config().hashringReloadInterval())
                .flag(REPLICATION_FACTOR_FLAG, membership.replicationFactor())
                .flag("receive.tenant-header", orElse(spec.tenantHeader, Defaults.TENANT_HEADER))
                .flag("receive.default-tenant-id", defaultTenant(spec))
                .flag("receive.tenant-certificate-field", spec.tenantCertificateField)
                .flag("receive.split-tenant-label-name", spec.splitTenantLabelName)
                .flag("receive.replication-protocol", spec.replicationProtocol)
                .toggle("receive.otlp-enable-target-info", otlp.enableTargetInfo)
                .each("receive.otlp-promote-resource-attributes", promoted(otlp))
                .flagIf(limits != null, "receive.limits-config-file", "/etc/thanos/limits/" + LIMITS_KEY)
                .flag(
                        "receive.relabel-config",
                        Relabeling.of(spec.relabelConfigs, PATH + ".relabelConfigs", scope.findings()));
        if (tls != null) {
            args.flag("remote-write.server-tls-cert", WriteTls.DIRECTORY + "/tls.crt")
                    .flag("remote-write.server-tls-key", WriteTls.DIRECTORY + "/tls.key")
                    .flagIf(
                            tls.clientCa() != null,
                            "remote-write.server-tls-client-ca",
                            WriteTls.DIRECTORY + "/client-ca.crt")
                    .flag("remote-write.server-tls-min-version", tls.minVersion());
        }
        return new Router(
                scope.workload(PATH, spec, Essentials.ofRouter(), name, labels, args, Set.of(Ingestor.REPLICA_LABEL))
                        .withAnnotation(Limits.AT_START, limits == null ? null : limits.atStart())
                        .withAnnotation(WriteTls.CLIENT_CA, tls == null ? null : tls.clientCaVersion()),
                hashrings(name, labels, membership.next().content(), scope),
                limits == null
                        ? null
                        : new ConfigFile(Names.configMap(name, "limits"), labels.all(), LIMITS_KEY, limits.file())
                                .check(PATH + ".limits", scope.findings()),
                tls,
                List.of(
                        Service.forClients(name, labels, Service.REMOTE_WRITE, Service.HTTP, Service.GRPC),
                        Service.governing(name, labels, Service.REMOTE_WRITE, Service.HTTP, Service.GRPC)),
                DisruptionBudget.of(name, labels),
                Optional.ofNullable(tls).flatMap(WriteTls::holdup));
    }

    private static ConfigFile hashrings(String router, Labels labels, String content, Scope scope) {
        var state = scope.inputs().receive();
        var since = state.published()
                .filter(published -> published.content().equals(content))
                .map(ReceiveState.Published::since)
                .orElse(state.now());
        return new ConfigFile(
                        hashringsConfigMap(router),
                        labels.all(),
                        since.map(time -> Map.of(
                                        PUBLISHED,
                                        time.truncatedTo(ChronoUnit.SECONDS).toString()))
                                .orElse(Map.of()),
                        HASHRINGS_KEY,
                        content)
                .check("spec.receive.ingestors", scope.findings());
    }

    /**
     * The pods that are to be told of the file, since they have begun with another.
     *
     * @return their names
     */
    public List<String> untold(ReceiveState state) {
        var since = Optional.ofNullable(hashrings.annotations().get(PUBLISHED)).map(Instant::parse);
        return state.routers().stream()
                .filter(pod -> !pod.isStopping())
                .filter(pod -> since.filter(pod.createdAt()::isBefore).isPresent())
                .filter(pod -> pod.told().filter(version()::equals).isEmpty())
                .map(ReceiveState.RouterPod::name)
                .toList();
    }

    /** Tells one file of the hashrings from another. */
    public String version() {
        return String.valueOf((long) HashringFile.hash(hashrings.content()));
    }

    /** The name of the ConfigMap with the file of the hashrings. */
    public static String hashringsConfigMap(String router) {
        return Names.configMap(router, "hashrings");
    }

    private static List<String> promoted(OtlpOptions otlp) {
        return orEmpty(otlp.promoteResourceAttributes).stream()
                .filter(Objects::nonNull)
                .toList();
    }

    private static void check(RouterSpec spec, Findings findings) {
        findings.unlessWithin(PATH + ".replicationFactor", spec.replicationFactor, 1, 10);
        findings.unlessMatches(PATH + ".tenantHeader", spec.tenantHeader, Form.HEADER_NAME);
        findings.unlessMatches(PATH + ".defaultTenantId", spec.defaultTenantId, Form.TENANT);
        checkLabel(PATH + ".tenantLabelName", spec.tenantLabelName, findings);
        checkLabel(PATH + ".splitTenantLabelName", spec.splitTenantLabelName, findings);
        findings.unlessKnown(
                PATH + ".tenantCertificateField", spec.tenantCertificateField, TenantCertificateField.UNKNOWN);
        findings.unlessKnown(PATH + ".replicationProtocol", spec.replicationProtocol, ReplicationProtocol.UNKNOWN);
        if (spec.otlp != null) {
            findings.unlessTexts(PATH + ".otlp.promoteResourceAttributes", spec.otlp.promoteResourceAttributes);
        }
    }

    /** Reports what is no label that can hold a tenant. */
    private static void checkLabel(String path, String label, Findings findings) {
        findings.unlessMatches(path, label, Form.LABEL_NAME);
        if (Ingestor.REPLICA_LABEL.equals(label)) {
            findings.add(path, "must not be %s, which tells replicas apart: choose another".formatted(label));
        } else if (METRIC_NAME.equals(label)) {
            findings.add(path, "must not be %s, the name of the metric: choose another".formatted(label));
        }
    }

    static int replicationFactor(RouterSpec spec) {
        return orElse(spec.replicationFactor, Defaults.REPLICATION_FACTOR);
    }

    static String defaultTenant(RouterSpec spec) {
        return orElse(spec.defaultTenantId, Defaults.TENANT_ID);
    }

    static String tenantLabel(RouterSpec spec) {
        return orElse(spec.tenantLabelName, Defaults.TENANT_LABEL);
    }

    @Override
    public String id() {
        return Role.RECEIVE_ROUTER.label();
    }

    @Override
    public String kind() {
        return "Deployment";
    }
}
