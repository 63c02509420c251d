package io.paodin.monitoring.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.paodin.monitoring.api.v1alpha1.Thanos;
import io.paodin.monitoring.install.Samples;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a real API server makes of the CRD: accepts it, and rejects, prunes and prints resources by it. */
@Tag("controlplane")
class CrdControlPlaneIT {

    private static final Path CRD = Path.of("deploy", "crd", "thanos.monitoring.paodin.io-v1.yml");

    private static final String LONGEST = "a".repeat(63);

    private static ControlPlane controlPlane;
    private static String namespace;

    @BeforeAll
    static void installCrd() {
        controlPlane = ControlPlane.shared();
        controlPlane.installCrd();
        namespace = controlPlane.newNamespace("crd");
    }

    @Test
    void crdIsAcceptedAsStructuralWithNothingUnusual() {
        var crd = controlPlane
                .client()
                .apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName("thanos.monitoring.paodin.io")
                .get();
        assertThat(crd.getStatus().getConditions())
                .extracting(condition -> condition.getType() + "=" + condition.getStatus())
                .contains("Established=True", "NamesAccepted=True")
                .noneMatch(condition -> condition.startsWith("NonStructuralSchema"));
    }

    @Test
    void clientSideApplyOfTheCrdWorksTwice() {
        assertThat(controlPlane.kubectl("apply", "-f", CRD.toString()).exitCode())
                .isZero();
        assertThat(controlPlane.kubectl("apply", "-f", CRD.toString()).output()).endsWith("unchanged");
    }

    @ParameterizedTest
    @MethodSource("samples")
    void samplesAreAcceptedStrictly(Path sample) {
        assertThat(controlPlane.kubectl(
                        "apply", "-n", namespace, "--validate=strict", "--dry-run=server", "-f", sample.toString()))
                .extracting(ControlPlane.Result::output)
                .asString()
                .endsWith("created (server dry run)")
                .doesNotContain("Warning");
    }

    static Stream<Path> samples() {
        return Samples.all();
    }

    @Test
    @SuppressWarnings("unchecked")
    void everyFieldIsStoredAsGiven() throws IOException {
        try (InputStream full = CrdControlPlaneIT.class.getResourceAsStream("/thanos-full.yaml")) {
            String yaml = new String(full.readAllBytes(), StandardCharsets.UTF_8);
            Map<String, Object> written = Serialization.unmarshal(yaml, Map.class);
            assertThat(create(yaml).getAdditionalProperties().get("spec")).isEqualTo(written.get("spec"));

            var status = Serialization.unmarshal(yaml, GenericKubernetesResource.class);
            status.getMetadata().setNamespace(namespace);
            assertThat(controlPlane.client().resource(status).updateStatus().getAdditionalProperties())
                    .containsEntry("status", written.get("status"));
        }
    }

    @Test
    void metadataOfAClaimIsKeptAndUnknownFieldsArePruned() {
        var ingestor = create(thanos("pruning", """
                receive:
                  unknown: 1
                  ingestors:
                  - name: a
                    dataVolume:
                      pvc:
                        metadata: {name: tsdb, labels: {team: a}, annotations: {b: c}, finalizers: [x/y]}
                        spec: {resources: {requests: {storage: 1Gi}}}
                """));
        Thanos read = Serialization.unmarshal(Serialization.asJson(ingestor), Thanos.class);
        var metadata = read.getSpec().receive.ingestors.get(0).dataVolume.pvc.metadata;
        assertThat(metadata.name).isEqualTo("tsdb");
        assertThat(metadata.labels).containsExactly(Map.entry("team", "a"));
        assertThat(metadata.annotations).containsExactly(Map.entry("b", "c"));
        assertThat(Serialization.asJson(ingestor)).doesNotContain("unknown", "x/y");
    }

    @Test
    void serverAddsNoDefaults() {
        assertThat(create(thanos("defaults", "query: {}")).getAdditionalProperties())
                .isEqualTo(Map.of("spec", Map.of("query", Map.of())));
    }

    @Test
    void specIsRequired() {
        assertRejected("""
                apiVersion: monitoring.paodin.io/v1alpha1
                kind: Thanos
                metadata: {name: empty}
                """, "spec: Required value");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1a", "a.b", "a-"})
    void nameIsTheStartOfNamesOfServices(String name) {
        assertRejected(thanos(name, "query: {}"), "since Services are named after it: choose another name");
    }

    @Test
    void nameIsAtMostOneLabelLong() {
        assertAccepted(thanos(LONGEST, "query: {}"));
        assertRejected(thanos(LONGEST + "a", "query: {}"), "metadata.name must be at most 63");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            storeGateway: {}                                         | storeGateway needs a bucket: set spec.objectStorageConfig
            compact: {}                                              | compact needs a bucket: set spec.objectStorageConfig
            receive: {ingestors: []}                                 | receive needs at least one ingestor: add one to spec.receive.ingestors
            receive: {router: {}}                                    | spec.receive.ingestors: Required value
            receive: {ingestors: [{name: a}, {name: a}]}             | Duplicate value: {"name":"a"}
            receive: {ingestors: [{tenants: [a]}]}                   | spec.receive.ingestors[0].name: Required value
            receive: {ingestors: [{name: a, tenants: [b, b]}]}       | Duplicate value: "b"
            receive: {ingestors: [{name: soft, tenants: [a]}]}       | the name soft belongs to the hashring of the ingestors without tenants: rename
            query: {stores: [{name: a, addresses: ['a:1']}, {name: a, addresses: ['b:1']}]} | two stores have the same name: give each its own
            query: {stores: [{addresses: ['dns+a:1'], caSecret: {name: a, key: b}}]} | takes only plain host:port addresses: leave out dns+
            query: {stores: [{addresses: ['dns+a:1'], tlsConfig: {}}]} | takes only plain host:port addresses: leave out dns+
            query: {stores: [{addresses: ['dns+a:1'], strict: true}]} | a strict store takes only plain host:port addresses
            query: {stores: [{addresses: ['a:1'], tlsConfig: {ca: {}}}]} | set exactly one
            query: {stores: [{addresses: ['a:1'], tlsConfig: {keySecret: {name: a, key: b}}}]} | set both cert and keySecret
            query: {stores: [{addresses: ['a:1'], tlsConfig: {insecureSkipVerify: true, subjectAltNames: [a]}}]} | insecureSkipVerify verifies nothing
            query: {stores: [{addresses: ['a:1'], tlsConfig: {minVersion: TLS13, maxVersion: TLS12}}]} | set an older one
            query: {stores: [{addresses: ['a:1'], tlsConfig: {minVersion: TLS11}}]} | supported values: "TLS12", "TLS13"
            query: {stores: [{addresses: ['a:1'], caSecret: {name: a, key: b}, tlsConfig: {insecureSkipVerify: true}}]} | caSecret is short for tlsConfig.ca.secret
            query: {stores: [{addresses: ['a:1'], authorization: {credentials: {name: a, key: b}}}]} | credentials are sent by TLS only: set tlsConfig
            query: {stores: [{addresses: ['a:1'], tlsConfig: {}, authorization: {type: BASIC, credentials: {name: a, key: b}}}]} | set basicAuth instead
            query: {stores: [{addresses: ['a:1'], tlsConfig: {}, authorization: {credentials: {name: a, key: b}}, basicAuth: {username: {name: a, key: b}, password: {name: a, key: b}}}]} | one kind of credentials
            query: {envoy: {concurrency: 0}}                         | should be greater than or equal to 1
            query: {stores: [{addresses: []}]}                       | should have at least 1 items
            query: {stores: [{}]}                                    | spec.query.stores[0].addresses: Required value
            objectStorageConfig: {name: a, key: b, optional: true}   | a Secret that may be missing is not supported: remove optional
            objectStorageConfig: {name: a}                           | spec.objectStorageConfig.key: Required value
            objectStorageConfig: {key: a}                            | spec.objectStorageConfig.name: Required value
            receive: {ingestors: [{name: a, dataVolume: {pvc: {spec: {}}}}]} | a claim needs a size: set resources.requests.storage
            receive: {ingestors: [{name: a, dataVolume: {persistentVolumeClaimRetentionPolicy: {}}}]} | has no effect without pvc: give pvc, or remove it
            receive: {ingestors: [{name: a, dataVolume: {pvc: {}}}]} | dataVolume.pvc.spec: Required value
            query: {replicas: -1}                                    | should be greater than or equal to 0
            query: {replicas: 1001}                                  | should be less than or equal to 1000
            receive: {router: {replicationFactor: 0}, ingestors: [{name: a}]} | should be greater than or equal to 1
            receive: {router: {tenantCertificateField: commonName}, ingestors: [{name: a}]} | tenantCertificateField needs writers with certificates: set remoteWriteTls.clientCaSecret
            receive: {router: {remoteWriteTls: {}}, ingestors: [{name: a}]} | remoteWriteTls.certSecret: Required value
            receive: {router: {limits: {default: {headSeriesLimit: 1}}}, ingestors: [{name: a}]} | headSeriesLimit needs something that knows the number of series: set global.metaMonitoringUrl
            receive: {router: {limits: {tenants: {a: {headSeriesLimit: 1}}}}, ingestors: [{name: a}]} | headSeriesLimit needs something that knows the number of series: set global.metaMonitoringUrl
            receive: {router: {limits: {global: {metaMonitoringUrl: 'http://a:b@c'}}}, ingestors: [{name: a}]} | limits.global.metaMonitoringUrl in body should match
            receive: {router: {relabelConfigs: [{action: delete}]}, ingestors: [{name: a}]} | relabelConfigs[0].action: Unsupported value
            receive: {ingestors: [{name: a, outOfOrderTimeWindow: 1.5h}]} | outOfOrderTimeWindow in body should match
            query: {logLevel: verbose}                               | supported values: "debug", "error", "info", "warn"
            query: {logFormat: xml}                                  | supported values: "json", "logfmt"
            query: {imagePullPolicy: Sometimes}                      | supported values: "Always", "IfNotPresent", "Never"
            query: {imagePullSecrets: [{}]}                          | imagePullSecrets[0].name: Required value
            query: {additionalArgs: [{value: a}]}                    | additionalArgs[0].name: Required value
            """)
    void rulesRejectAndSayWhy(String spec, String message) {
        assertRejected(thanos("rule", spec), message);
    }

    @Test
    void compactorsAreNotMoreThanOne() {
        String bucket = "objectStorageConfig: {name: a, key: b}\n";
        assertAccepted(thanos("compactor", bucket + "compact: {replicas: 0}"));
        assertRejected(
                thanos("compactor", bucket + "compact: {replicas: 2}"),
                "only one compactor may work on a bucket: set compact.replicas to 1");
    }

    @Test
    void componentsMayHaveABucketOfTheirOwn() {
        assertAccepted(thanos("buckets", """
                storeGateway: {objectStorageConfig: {name: a, key: b}}
                compact: {objectStorageConfig: {name: a, key: b}}
                """));
    }

    @Test
    void largestResourceIsWithinTheCostThatRulesMayHave() {
        var spec = new StringBuilder("query:\n  stores:\n");
        for (int i = 0; i < 100; i++) {
            spec.append(
                    ("  - {name: %s, tlsConfig: {ca: {secret: {name: a, key: b}}, cert: {configMap: {name: a, key: b}}, "
                                    + "keySecret: {name: a, key: b}, serverName: a.example.com}, "
                                    + "authorization: {type: Bearer, credentials: {name: a, key: b}}, addresses: [")
                            .formatted("s".repeat(60) + i));
            for (int j = 0; j < 50; j++) {
                spec.append("store-%d-%d.example.com:443,".formatted(i, j));
            }
            spec.append("]}\n");
        }
        spec.append("receive:\n  ingestors:\n");
        for (int i = 0; i < 100; i++) {
            spec.append("  - {name: i%d, tenants: [".formatted(i));
            for (int j = 0; j < 500; j++) {
                spec.append("t-%d-%d,".formatted(i, j));
            }
            spec.append("]}\n");
        }
        assertAccepted(thanos("largest", spec.toString()));
    }

    @ParameterizedTest
    @MethodSource("values")
    void patternsDecide(String spec, List<String> accepted, List<String> rejected) {
        for (String value : accepted) {
            assertAccepted(thanos("pattern", spec.formatted(quoted(value))));
        }
        for (String value : rejected) {
            assertThatThrownBy(() -> tryOut(thanos("pattern", spec.formatted(quoted(value)))))
                    .as(value)
                    .isInstanceOf(KubernetesClientException.class)
                    .hasMessageContaining("is invalid");
        }
    }

    static Stream<Arguments> values() {
        var durations = List.of("0", "0d", "15d", "2w", "1h30m", "1y2w3d4h5m6s7ms", "90s");
        var noDurations = List.of("", "1", "1.5h", "30m1h", "1h1h", "-1d", "1 d", "1mo", "d");
        return Stream.of(
                row(
                        "query: {stores: [{addresses: [%s]}]}",
                        List.of(
                                "a:1",
                                "thanos.example.com:443",
                                "10.0.0.1:10901",
                                "[::1]:10901",
                                "dns+a.b:10901",
                                "dnssrv+_grpc._tcp.a.svc",
                                "dnssrv+_grpc._tcp.a.svc:10901",
                                "dnssrvnoa+_grpc._tcp.a.",
                                "dns.example.com:1",
                                "dnssrv+" + "a".repeat(253)),
                        List.of(
                                "",
                                "a",
                                "a:",
                                "a:0",
                                "a:123456",
                                ":1",
                                "dns+a",
                                "dns+:1",
                                "http://a:1",
                                "a:1/path",
                                "a b:1",
                                "a:1 ",
                                "a\":1",
                                "a':1",
                                "a:1\nb:2",
                                "dnssrv+",
                                "srv+a:1",
                                "dns+dns+a:1",
                                "user@a:1",
                                "{a}:1",
                                "a".repeat(320) + ":1")),
                row(
                        "query: {stores: [{name: %s, addresses: ['a:1']}]}",
                        List.of("a", "member-1", "1", LONGEST), List.of("", "A", "a.b", "-a", "a-", LONGEST + "a")),
                row(
                        "query: {replicaLabels: [%s]}",
                        List.of("a", "_a", "prometheus_replica"), List.of("", "1a", "a-b", "a b", "é")),
                row(
                        "query: {image: %s}",
                        List.of("thanos", "quay.io/thanos/thanos:v0.42.4", "r:5000/t@sha256:00"),
                        List.of("", " ", "a b", "a\"", "a\n")),
                row(
                        "query: {additionalArgs: [{name: %s}]}",
                        List.of("query.timeout", "no-web.disable-cors", "a_b"),
                        List.of("", "-a", "--query.timeout", "a=b", "a b")),
                row(
                        "receive: {ingestors: [{name: %s}]}",
                        List.of("a", "soft", "team-a", LONGEST), List.of("", "A", "a_b", "a.b", "-a", LONGEST + "a")),
                row(
                        "receive: {ingestors: [{name: a, tenants: [%s]}]}",
                        List.of("a", "Team_A.b-c", "0", "a".repeat(128)),
                        List.of("", ".", "..", "a/b", "-a", "a b", "a\"", "a".repeat(129))),
                row("receive: {ingestors: [{name: a, localTsdbRetention: %s}]}", durations, noDurations),
                row("receive: {ingestors: [{name: a, blockDuration: %s}]}", durations, noDurations),
                row(
                        "receive: {router: {tenantHeader: %s}, ingestors: [{name: a}]}",
                        List.of("THANOS-TENANT", "X-Scope-OrgID"), List.of("", "a b", "a:b", "a\nb", "-a")),
                row(
                        "receive: {router: {tenantLabelName: %s}, ingestors: [{name: a}]}",
                        List.of("tenant_id"), List.of("", "tenant-id", "1")),
                row(
                        "receive: {router: {defaultTenantId: %s}, ingestors: [{name: a}]}",
                        List.of("default-tenant"), List.of("", "a/b", ".")),
                row(
                        "{objectStorageConfig: {name: a, key: b}, storeGateway: {minTime: %s}}",
                        List.of("-6w", "1d", "-1h30m", "2024-01-01T00:00:00Z", "2024-01-01T00:00:00.5+02:00"),
                        List.of("", "-", "yesterday", "2024-01-01", "--6w", "+6w", "1.5d")),
                row(
                        "{objectStorageConfig: {name: a, key: b}, compact: {retention: {retention1h: %s}}}",
                        durations, noDurations),
                row(
                        "objectStorageConfig: {name: %s, key: a}",
                        List.of("a", "a.b-c", "1"), List.of("", "A", "a_b", "a..b", "a/b", "../a")),
                row(
                        "objectStorageConfig: {name: a, key: %s}",
                        List.of("objstore.yaml", "A_b-c"), List.of("", "a/b", "a b")));
    }

    private static Arguments row(String spec, List<String> accepted, List<String> rejected) {
        return Arguments.of(spec, accepted, rejected);
    }

    @Test
    void listShowsReadinessReasonAndCounts() {
        create(thanos("columns", "query: {}"));
        String status = """
                {"status": {"conditions": [{"type": "Ready", "status": "False", "reason": "InvalidSpec", "message": "spec.query: no",
                  "observedGeneration": 1, "lastTransitionTime": "2024-01-01T00:00:00Z"}],
                  "components": [{"name": "query", "ready": 2, "version": "0.42.4"}, {"name": "receive-router", "ready": 3}]}}
                """;
        assertThat(controlPlane
                        .kubectl(
                                "patch",
                                "th",
                                "columns",
                                "-n",
                                namespace,
                                "--subresource=status",
                                "--type=merge",
                                "-p",
                                status)
                        .exitCode())
                .isZero();
        assertThat(columns("get", "th", "columns", "-n", namespace))
                .containsExactly(
                        List.of("NAME", "READY", "REASON", "QUERY", "ROUTER", "AGE"),
                        List.of("columns", "False", "InvalidSpec", "2", "3"));
        assertThat(columns("get", "thanos", "columns", "-n", namespace, "-o", "wide"))
                .containsExactly(
                        List.of("NAME", "READY", "REASON", "QUERY", "ROUTER", "VERSION", "MESSAGE", "AGE"),
                        List.of("columns", "False", "InvalidSpec", "2", "3", "0.42.4", "spec.query:", "no"));
        assertThat(controlPlane.kubectl("get", "monitoring", "-n", namespace).output())
                .contains("columns");
    }

    @Test
    void explainDescribesFields() {
        assertThat(controlPlane
                        .kubectl("explain", "thanos.spec.receive.router.replicationFactor")
                        .output())
                .contains("--receive.replication-factor");
    }

    /** The table as words, without the age of the resource. */
    private static List<List<String>> columns(String... arguments) {
        return controlPlane
                .kubectl(arguments)
                .output()
                .lines()
                .map(line -> line.replaceAll(" +[0-9]+[smh]$", ""))
                .map(line -> List.of(line.split(" +")))
                .toList();
    }

    private static String thanos(String name, String spec) {
        return """
                apiVersion: monitoring.paodin.io/v1alpha1
                kind: Thanos
                metadata:
                  name: "%s"
                spec:
                %s""".formatted(name, spec.indent(2));
    }

    private static String quoted(String value) {
        return Serialization.asJson(value);
    }

    private static GenericKubernetesResource create(String yaml) {
        return resource(yaml).create();
    }

    private static void tryOut(String yaml) {
        resource(yaml).dryRun(true).create();
    }

    private static Resource<GenericKubernetesResource> resource(String yaml) {
        // By its path: the discovery, by which a client would find it, may leave out a kind for a moment after another
        // CRD has come or gone.
        return controlPlane
                .client()
                .genericKubernetesResources(ResourceDefinitionContext.fromResourceType(Thanos.class))
                .inNamespace(namespace)
                .resource(Serialization.unmarshal(yaml, GenericKubernetesResource.class));
    }

    private static void assertAccepted(String yaml) {
        assertThatCode(() -> tryOut(yaml)).as(yaml).doesNotThrowAnyException();
    }

    private static void assertRejected(String yaml, String message) {
        assertThatThrownBy(() -> tryOut(yaml)).as(yaml).hasMessageContaining(message);
    }
}
