package io.paodin.monitoring.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.paodin.monitoring.api.v1alpha1.AdditionalArg;
import io.paodin.monitoring.api.v1alpha1.IngestorSpec;
import io.paodin.monitoring.api.v1alpha1.QuerySpec;
import io.paodin.monitoring.api.v1alpha1.QueryStore;
import io.paodin.monitoring.api.v1alpha1.ReceiveSpec;
import io.paodin.monitoring.api.v1alpha1.Thanos;
import io.paodin.monitoring.api.v1alpha1.ThanosSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a resource must not say: each rule tells where it is broken and what to write instead. */
class ViolationsTest {

    private static final String TOO_LONG = "a".repeat(64);

    static Stream<Arguments> rules() {
        return Stream.of(
                // not there yet
                arguments("query: {envoy: {}}", "spec.query.envoy", "remove it"),
                arguments(
                        "query: {stores: [{addresses: ['a:1'], caSecret: {name: a, key: b}}]}",
                        "spec.query.stores[0].caSecret",
                        "remove it"),
                // object storage
                arguments("objectStorageConfig: {key: b}", "spec.objectStorageConfig.name", "give the name"),
                arguments("objectStorageConfig: {name: a}", "spec.objectStorageConfig.key", "give a key"),
                arguments("objectStorageConfig: {name: A, key: b}", "spec.objectStorageConfig.name", "of a Secret"),
                arguments("objectStorageConfig: {name: a, key: b/c}", "spec.objectStorageConfig.key", "in a Secret"),
                arguments(
                        "objectStorageConfig: {name: a, key: b, optional: true}",
                        "spec.objectStorageConfig.optional",
                        "remove it"),
                arguments(
                        ingestor("objectStorageConfig: {name: A, key: b}"),
                        "spec.receive.ingestors[0].objectStorageConfig.name",
                        "of a Secret"),
                // store gateway
                arguments("storeGateway: {}", "spec.storeGateway.objectStorageConfig", "name the Secret key"),
                arguments(gateway("minTime: yesterday"), "spec.storeGateway.minTime", "must be a time"),
                arguments(gateway("maxTime: 2024-13-01T00:00:00Z"), "spec.storeGateway.maxTime", "must be a time"),
                arguments(gateway("minTime: -1d, maxTime: -2d"), "spec.storeGateway.minTime", "must be before maxTime"),
                arguments(
                        gateway("minTime: -1d, maxTime: -24h"), "spec.storeGateway.minTime", "must be before maxTime"),
                arguments(gateway("minTime: 1d, maxTime: -1d"), "spec.storeGateway.minTime", "must be before maxTime"),
                arguments(
                        gateway("minTime: '2024-01-02T00:00:00Z', maxTime: '2024-01-02T01:00:00+01:00'"),
                        "spec.storeGateway.minTime",
                        "must be before maxTime"),
                arguments(gateway("syncBlockDuration: 0s"), "spec.storeGateway.syncBlockDuration", "1s or more"),
                arguments(gateway("syncBlockDuration: 1.5h"), "spec.storeGateway.syncBlockDuration", "such as 6h"),
                arguments(
                        gateway(
                                "dataVolume: {pvc: {metadata: {name: object-storage}, spec: {resources: {requests: {storage: 1Gi}}}}}"),
                        "spec.storeGateway.dataVolume.pvc.metadata.name",
                        "choose another"),
                // compactor
                arguments("compact: {}", "spec.compact.objectStorageConfig", "name the Secret key"),
                arguments(compact("replicas: 2"), "spec.compact.replicas", "must be 0 or 1"),
                arguments(
                        compact("retention: {retentionRaw: 39h}"),
                        "spec.compact.retention.retentionRaw",
                        "40h or more"),
                arguments(
                        compact("retention: {retention5m: 9d}"), "spec.compact.retention.retention5m", "240h or more"),
                arguments(
                        compact("retention: {retention1h: 1.5d}"), "spec.compact.retention.retention1h", "such as 6h"),
                arguments(compact("deleteDelay: -1h"), "spec.compact.deleteDelay", "such as 6h"),
                arguments(compact("consistencyDelay: x"), "spec.compact.consistencyDelay", "such as 6h"),
                arguments(compact("concurrency: 0"), "spec.compact.concurrency", "from 1 to 64"),
                arguments(
                        compact("deduplication: {replicaLabels: [a-b]}"),
                        "spec.compact.deduplication.replicaLabels[0]",
                        "a Prometheus label name"),
                arguments(
                        compact("deduplication: {replicaLabels: []}"),
                        "spec.compact.deduplication.replicaLabels",
                        "name a label"),
                arguments(
                        compact("deduplication: {func: chain}"),
                        "spec.compact.deduplication.func",
                        "one of one-to-one, penalty"),
                arguments(
                        compact("deduplication: {enabled: false, replicaLabels: [a]}"),
                        "spec.compact.deduplication.enabled",
                        "remove them"),
                // images
                arguments("query: {image: 'a b'}", "spec.query.image", "must be an image reference"),
                arguments("query: {image: ''}", "spec.query.image", "must be an image reference"),
                arguments("defaultFields: {image: 'a b'}", "spec.defaultFields.image", "must be an image reference"),
                arguments("query: {image: 'a:v0.41.0'}", "spec.query.image", "use 0.42.0 or newer"),
                // pods
                arguments("query: {replicas: -1}", "spec.query.replicas", "must be from 0 to 1000"),
                arguments("query: {replicas: 2147483647}", "spec.query.replicas", "must be from 0 to 1000"),
                arguments(ingestor("replicas: 2147483647"), "spec.receive.ingestors[0].replicas", "from 0 to 1000"),
                arguments("query: {tolerations: [null]}", "spec.query.tolerations[0]", "remove it"),
                arguments("query: {nodeSelector: {a: null}}", "spec.query.nodeSelector[\"a\"]", "give one"),
                arguments("query: {nodeSelector: {a: 'b c'}}", "spec.query.nodeSelector[\"a\"]", "must be of letters"),
                arguments("query: {nodeSelector: {'a b': c}}", "spec.query.nodeSelector", "must be a key"),
                arguments(
                        "query: {podMetadata: {labels: {app.kubernetes.io/version: x}}}",
                        "spec.query.podMetadata.labels[\"app.kubernetes.io/version\"]",
                        "choose another key"),
                arguments(
                        "query: {podMetadata: {annotations: {monitoring.paodin.io/bucket: x}}}",
                        "spec.query.podMetadata.annotations[\"monitoring.paodin.io/bucket\"]",
                        "choose another key"),
                arguments(
                        "query: {podMetadata: {annotations: {kubectl.kubernetes.io/restartedAt: x}}}",
                        "spec.query.podMetadata.annotations[\"kubectl.kubernetes.io/restartedAt\"]",
                        "choose another key"),
                arguments("query: {podMetadata: {labels: {'a b': x}}}", "spec.query.podMetadata.labels", "be a key"),
                arguments(
                        "query: {podMetadata: {labels: {a: 'x y'}}}",
                        "spec.query.podMetadata.labels[\"a\"]",
                        "must be of letters"),
                arguments(
                        "query: {podMetadata: {annotations: {a: null}}}",
                        "spec.query.podMetadata.annotations[\"a\"]",
                        "give one"),
                arguments("query: {serviceAccountName: A}", "spec.query.serviceAccountName", "name of an object"),
                arguments(
                        "query: {serviceAccountName: central-query}",
                        "spec.query.serviceAccountName",
                        "name another, or remove it"),
                arguments("query: {priorityClassName: A}", "spec.query.priorityClassName", "name of an object"),
                arguments(
                        "query: {terminationGracePeriodSeconds: 9}",
                        "spec.query.terminationGracePeriodSeconds",
                        "from 10 to 86400"),
                arguments(
                        ingestor("terminationGracePeriodSeconds: 2147483647"),
                        "spec.receive.ingestors[0].terminationGracePeriodSeconds",
                        "from 10 to 86400"),
                arguments(
                        "query: {securityContext: {runAsUser: -1}}", "spec.query.securityContext.runAsUser", "from 0"),
                arguments(
                        "query: {securityContext: {fsGroup: 2147483648}}",
                        "spec.query.securityContext.fsGroup",
                        "to 2147483647"),
                arguments(
                        "query: {securityContext: {runAsUser: 0}}",
                        "spec.query.securityContext.runAsUser",
                        "set runAsNonRoot to false"),
                arguments(
                        "query: {securityContext: {fsGroupChangePolicy: Never}}",
                        "spec.query.securityContext.fsGroupChangePolicy",
                        "OnRootMismatch or Always"),
                arguments(
                        spread("maxSkew: 0, topologyKey: zone, whenUnsatisfiable: DoNotSchedule"),
                        "spec.query.topologySpreadConstraints[0].maxSkew",
                        "1 or more"),
                arguments(
                        spread("maxSkew: 1, whenUnsatisfiable: DoNotSchedule"),
                        "spec.query.topologySpreadConstraints[0].topologyKey",
                        "the key of a label"),
                arguments(
                        spread("maxSkew: 1, topologyKey: zone, whenUnsatisfiable: Sometimes"),
                        "spec.query.topologySpreadConstraints[0].whenUnsatisfiable",
                        "DoNotSchedule or ScheduleAnyway"),
                arguments(
                        spread("maxSkew: 1, topologyKey: zone, whenUnsatisfiable: DoNotSchedule}, "
                                + "{maxSkew: 2, topologyKey: zone, whenUnsatisfiable: DoNotSchedule"),
                        "spec.query.topologySpreadConstraints[1]",
                        "remove one"),
                arguments(
                        "query: {topologySpreadConstraints: [null]}",
                        "spec.query.topologySpreadConstraints[0]",
                        "remove it"),
                arguments("query: {podTemplate: x}", "spec.query.podTemplate", "must be an object"),
                arguments(
                        ingestor("podTemplate: {spec: {nodeName: x}}"),
                        "spec.receive.ingestors[0].podTemplate.spec.nodeName",
                        "set spec.receive.ingestors[0].nodeSelector"),
                arguments("query: {imagePullSecrets: [{}]}", "spec.query.imagePullSecrets[0].name", "is missing"),
                arguments("query: {imagePullSecrets: [null]}", "spec.query.imagePullSecrets[0].name", "is missing"),
                arguments(
                        "defaultFields: {imagePullSecrets: [{name: A_B}]}",
                        "spec.defaultFields.imagePullSecrets[0].name",
                        "must be the name of a Secret"),
                arguments(
                        "query: {additionalArgs: [{name: http-address, value: x}]}",
                        "spec.query.additionalArgs[0].name",
                        "managed"),
                arguments("query: {additionalArgs: [null]}", "spec.query.additionalArgs[0].name", "is missing"),
                arguments(
                        "query: {imagePullSecrets: [{name: a}, {name: a}]}",
                        "spec.query.imagePullSecrets[1].name",
                        "remove one"),
                arguments(
                        "query: {resources: {limits: {cpu: lots}}}", "spec.query.resources.limits.cpu", "such as 500m"),
                arguments(
                        "query: {resources: {requests: {memory: 1GB}}}",
                        "spec.query.resources.requests.memory",
                        "such as"),
                arguments(
                        "query: {resources: {requests: {memory: -1Gi}}}",
                        "spec.query.resources.requests.memory",
                        "not be negative"),
                arguments(
                        "query: {resources: {requests: {memory: 1Gi}, limits: {memory: 500M}}}",
                        "spec.query.resources.requests.memory",
                        "the limit, 500M, is 1Gi"),
                arguments(
                        "query: {resources: {claims: [{name: a}, {name: a}]}}",
                        "spec.query.resources.claims",
                        "remove them"),
                arguments(
                        router("resources: {limits: {cpu: x}}"), "spec.receive.router.resources.limits.cpu", "such as"),
                // values that an older definition let through
                arguments("query: {logLevel: trace}", "spec.query.logLevel", "one of error, warn, info, debug"),
                arguments("query: {logFormat: x}", "spec.query.logFormat", "one of logfmt, json"),
                arguments(
                        "query: {imagePullPolicy: always}",
                        "spec.query.imagePullPolicy",
                        "one of Always, IfNotPresent, Never"),
                arguments("defaultFields: {logLevel: 5}", "spec.defaultFields.logLevel", "one of error"),
                arguments("defaultFields: {logFormat: UNKNOWN}", "spec.defaultFields.logFormat", "one of logfmt"),
                arguments(
                        "defaultFields: {imagePullPolicy: ''}", "spec.defaultFields.imagePullPolicy", "one of Always"),
                arguments(ingestor("logLevel: INFO"), "spec.receive.ingestors[0].logLevel", "one of error"),
                // query
                arguments("query: {stores: [null]}", "spec.query.stores[0]", "remove it"),
                arguments("query: {stores: [{}]}", "spec.query.stores[0].addresses", "give at least one"),
                arguments("query: {stores: [{addresses: []}]}", "spec.query.stores[0].addresses", "give at least one"),
                arguments("query: {stores: [{addresses: [null]}]}", "spec.query.stores[0].addresses[0]", "remove it"),
                arguments(
                        "query: {stores: [{name: n, addresses: ['a:1']}, {name: n, addresses: ['b:1']}]}",
                        "spec.query.stores[1].name",
                        "choose another"),
                arguments(
                        "query: {stores: [{name: 'N_', addresses: ['a:1']}]}",
                        "spec.query.stores[0].name",
                        "must be of lower case letters"),
                arguments(
                        "query: {stores: [{addresses: ['a:1', 'a:1']}]}",
                        "spec.query.stores[0].addresses[1]",
                        "remove one"),
                arguments(
                        "query: {stores: [{addresses: ['a:1']}, {addresses: ['a:1']}]}",
                        "spec.query.stores[1].addresses[0]",
                        "remove one"),
                arguments(
                        "query: {stores: [{addresses: ['a:1', 'dns+A:1']}]}",
                        "spec.query.stores[0].addresses[1]",
                        "remove one"),
                arguments(
                        "{query: {stores: [{addresses: [central-receive-ingestor-a-0.central-receive-ingestor-a-operated.monitoring.svc:10901]}]}, receive: {ingestors: [{name: a}]}}",
                        "spec.query.stores[0].addresses[0]",
                        "found anyway: remove it"),
                arguments("query: {replicaLabels: ['a-b']}", "spec.query.replicaLabels[0]", "a Prometheus label name"),
                arguments("query: {replicaLabels: [null]}", "spec.query.replicaLabels[0]", "remove it"),
                arguments("query: {selectorLabels: {'a-b': c}}", "spec.query.selectorLabels", "label name"),
                arguments("query: {selectorLabels: {a: ''}}", "spec.query.selectorLabels[\"a\"]", "give a value"),
                arguments("query: {selectorLabels: {a: null}}", "spec.query.selectorLabels[\"a\"]", "give a value"),
                // receive
                arguments("receive: {}", "spec.receive.ingestors", "at least one ingestor"),
                arguments("receive: {ingestors: []}", "spec.receive.ingestors", "at least one ingestor"),
                arguments("receive: {ingestors: [{name: a}, null]}", "spec.receive.ingestors[1]", "remove it"),
                arguments("receive: {ingestors: [{}]}", "spec.receive.ingestors[0].name", "is missing"),
                arguments("receive: {ingestors: [{name: ''}]}", "spec.receive.ingestors[0].name", "is missing"),
                arguments("receive: {ingestors: [{name: A}]}", "spec.receive.ingestors[0].name", "lower case"),
                arguments(
                        "receive: {ingestors: [{name: " + TOO_LONG + "}]}",
                        "spec.receive.ingestors[0].name",
                        "63 characters at most"),
                arguments(
                        "receive: {ingestors: [{name: a}, {name: a}]}",
                        "spec.receive.ingestors[1].name",
                        "choose another"),
                arguments(
                        "receive: {ingestors: [{name: soft, tenants: [a]}]}",
                        "spec.receive.ingestors[0].name",
                        "choose another"),
                arguments(router("replicationFactor: 0"), "spec.receive.router.replicationFactor", "from 1 to 10"),
                arguments(router("replicationFactor: -1"), "spec.receive.router.replicationFactor", "from 1 to 10"),
                arguments(router("tenantHeader: 'a: b'"), "spec.receive.router.tenantHeader", "HTTP header"),
                arguments(router("defaultTenantId: '../x'"), "spec.receive.router.defaultTenantId", "of letters"),
                arguments(router("tenantLabelName: a-b"), "spec.receive.router.tenantLabelName", "label name"),
                arguments(
                        router("tenantLabelName: receive_replica"),
                        "spec.receive.router.tenantLabelName",
                        "choose another"),
                arguments(ingestor("tenants: [null, a]"), "spec.receive.ingestors[0].tenants[0]", "remove it"),
                arguments(ingestor("tenants: ['']"), "spec.receive.ingestors[0].tenants[0]", "of letters"),
                arguments(ingestor("tenants: ['..']"), "spec.receive.ingestors[0].tenants[0]", "of letters"),
                arguments(ingestor("tenants: [a, a]"), "spec.receive.ingestors[0].tenants[1]", "remove one"),
                arguments(
                        "receive: {ingestors: [{name: a, tenants: [t]}, {name: b, tenants: [u, t]}]}",
                        "spec.receive.ingestors[1].tenants[1]",
                        "is listed in spec.receive.ingestors[0].tenants already"),
                arguments(ingestor("localTsdbRetention: 1 day"), "spec.receive.ingestors[0].localTsdbRetention", "6h"),
                arguments(
                        ingestor("localTsdbRetention: 0d"),
                        "spec.receive.ingestors[0].localTsdbRetention",
                        "keep data for longer"),
                arguments(
                        ingestor("dataVolume: {emptyDir: {sizeLimit: big}}"),
                        "spec.receive.ingestors[0].dataVolume.emptyDir.sizeLimit",
                        "such as"),
                arguments(
                        ingestor("dataVolume: {pvc: {spec: {resources: {requests: {storage: 10GB}}}}}"),
                        "spec.receive.ingestors[0].dataVolume.pvc.spec.resources.requests.storage",
                        "such as"),
                arguments(ingestor("localTsdbRetention: 1h"), "spec.receive.ingestors[0].localTsdbRetention", "2h"),
                arguments(ingestor("blockDuration: 1.5h"), "spec.receive.ingestors[0].blockDuration", "6h"),
                arguments(ingestor("blockDuration: 1s"), "spec.receive.ingestors[0].blockDuration", "1m or more"),
                arguments(ingestor("minReadySeconds: -1"), "spec.receive.ingestors[0].minReadySeconds", "from 0 to"),
                arguments(
                        ingestor("additionalArgs: [{name: label, value: 'receive_replica=\"x\"'}]"),
                        "spec.receive.ingestors[0].additionalArgs[0].value",
                        "managed"),
                // volumes
                arguments(
                        ingestor("dataVolume: {pvc: {}}"),
                        "spec.receive.ingestors[0].dataVolume.pvc.spec.resources.requests.storage",
                        "give a size"),
                arguments(
                        ingestor("dataVolume: {pvc: {spec: {resources: {requests: {storage: null}}}}}"),
                        "spec.receive.ingestors[0].dataVolume.pvc.spec.resources.requests.storage",
                        "give a size"),
                arguments(
                        ingestor("dataVolume: {persistentVolumeClaimRetentionPolicy: {whenScaled: Delete}}"),
                        "spec.receive.ingestors[0].dataVolume.persistentVolumeClaimRetentionPolicy",
                        "give pvc"),
                arguments(
                        ingestor(
                                "dataVolume: {persistentVolumeClaimRetentionPolicy: {whenScaled: Keep}, pvc: {spec: {resources: {requests: {storage: 1Gi}}}}}"),
                        "spec.receive.ingestors[0].dataVolume.persistentVolumeClaimRetentionPolicy.whenScaled",
                        "must be one of Retain, Delete"),
                arguments(claim("kind: Pod"), "spec.receive.ingestors[0].dataVolume.pvc", "remove apiVersion and kind"),
                arguments(
                        claim("metadata: {name: A}"),
                        "spec.receive.ingestors[0].dataVolume.pvc.metadata.name",
                        "lower case letters"),
                arguments(
                        claim("metadata: {name: " + TOO_LONG + "}"),
                        "spec.receive.ingestors[0].dataVolume.pvc.metadata.name",
                        "63 characters at most"),
                arguments(
                        claim("metadata: {labels: {a: 'b c'}}"),
                        "spec.receive.ingestors[0].dataVolume.pvc.metadata.labels[\"a\"]",
                        "must be of letters"),
                arguments(
                        claim("metadata: {annotations: {a: null}}"),
                        "spec.receive.ingestors[0].dataVolume.pvc.metadata.annotations[\"a\"]",
                        "give one"));
    }

    private static String ingestor(String fields) {
        return "receive: {ingestors: [{name: a, " + fields + "}]}";
    }

    private static String spread(String fields) {
        return "query: {topologySpreadConstraints: [{" + fields + "}]}";
    }

    private static String gateway(String fields) {
        return "{objectStorageConfig: {name: a, key: b}, storeGateway: {" + fields + "}}";
    }

    private static String compact(String fields) {
        return "{objectStorageConfig: {name: a, key: b}, compact: {" + fields + "}}";
    }

    private static String router(String fields) {
        return "receive: {router: {" + fields + "}, ingestors: [{name: a}]}";
    }

    private static String claim(String fields) {
        return ingestor("dataVolume: {pvc: {" + fields + ", spec: {resources: {requests: {storage: 1Gi}}}}}");
    }

    @ParameterizedTest
    @MethodSource("rules")
    void aBrokenRuleIsToldOnceWithPathAndRemedy(String spec, String path, String remedy) {
        assertThat(Examples.cluster(spec).violations()).singleElement().satisfies(violation -> {
            assertThat(violation.path()).isEqualTo(path);
            assertThat(violation.message()).contains(remedy);
        });
    }

    @Test
    void allThatIsWrongIsToldAtOnce() {
        var violations = Examples.cluster("""
                objectStorageConfig: {name: a}
                query:
                  image: a:v0.1.0
                  replicas: -1
                  stores: [{addresses: [x]}]
                  additionalArgs: [{name: nonsense}]
                receive:
                  router: {replicationFactor: 2, tenantHeader: "a b"}
                  ingestors: [{name: a, tenants: [t, t]}, {name: a, tenants: [t]}]
                """).violations();
        assertThat(violations)
                .extracting(Violation::path)
                .containsExactlyInAnyOrder(
                        "spec.objectStorageConfig.key",
                        "spec.query.image",
                        "spec.query.replicas",
                        "spec.query.stores[0].addresses[0]",
                        "spec.query.additionalArgs[0].name",
                        "spec.receive.router.tenantHeader",
                        "spec.receive.ingestors[0].tenants[1]",
                        "spec.receive.ingestors[1].name",
                        "spec.receive.ingestors[1].tenants[0]",
                        "spec.receive.ingestors");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "example.com",
                "example.com:0",
                "example.com:65536",
                "example.com:99999",
                "example.com:http",
                "http://example.com:80",
                "dns+example.com",
                "dnsx+example.com:1",
                "exa mple.com:1",
                "a\"b:1",
                "::1:10901",
                ":1",
                "dnssrv+",
                ""
            })
    void addressesThatThanosCannotReachAreRefused(String address) {
        var store = new QueryStore();
        store.addresses = List.of(address);
        assertThat(Cluster.of(withStores(store), Inputs.NONE, Examples.DEFAULT_SETTINGS)
                        .violations())
                .extracting(Violation::path)
                .containsExactly("spec.query.stores[0].addresses[0]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a:1", "a.b-c_d:65535", "10.0.0.1:1", "[::1]:1", "dns+a:1", "dnssrv+_g._tcp.a", "dnssrvnoa+a:1"})
    void addressesThatThanosReachesAreAccepted(String address) {
        var store = new QueryStore();
        store.addresses = List.of(address);
        assertThat(Cluster.of(withStores(store), Inputs.NONE, Examples.DEFAULT_SETTINGS)
                        .violations())
                .isEmpty();
    }

    private static Thanos withStores(QueryStore store) {
        var thanos = Examples.thanos("query: {}");
        thanos.getSpec().query.stores = List.of(store);
        return thanos;
    }

    @Test
    void anImageInheritedByManyIsReportedOnceWhereItIsWritten() {
        var violations = Examples.cluster("""
                defaultFields: {image: "quay.io/thanos/thanos:v0.41.0"}
                query: {}
                receive: {ingestors: [{name: a}, {name: b, image: "a:v0.40.0"}]}
                """).violations();
        assertThat(violations)
                .extracting(Violation::path)
                .containsExactlyInAnyOrder("spec.defaultFields.image", "spec.receive.ingestors[1].image");
        assertThat(violations).extracting(Violation::reason).containsOnly(Reason.UnsupportedVersion);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            query: {%s}                                                | spec.query
            'receive: {router: {%s}, ingestors: [{name: a}]}'          | spec.receive.router
            'receive: {ingestors: [{name: a, %s}]}'                    | spec.receive.ingestors[0]
            storeGateway: {%s}                                         | spec.storeGateway
            compact: {%s}                                              | spec.compact
            """)
    void theVersionOfAComponentIsThatOfItsImage(String component, String path) {
        var spec = "objectStorageConfig: {name: b, key: k}\n" + component;
        assertThat(Examples.cluster(spec.formatted("image: 'thanos:v0.41.9'")).violations())
                .singleElement()
                .satisfies(violation -> {
                    assertThat(violation.path()).isEqualTo(path + ".image");
                    assertThat(violation.reason()).isEqualTo(Reason.UnsupportedVersion);
                    assertThat(violation.message()).endsWith("is not supported: use 0.42.0 or newer");
                });
        assertThat(Examples.cluster(spec.formatted("image: 'thanos:v0.42.0'")).violations())
                .isEmpty();

        // What a newer version may know is passed on; a digest tells no version, so it is the default one.
        var unknownFlag = ", additionalArgs: [{name: to-be-invented, value: '1'}]";
        var newer = Examples.cluster(spec.formatted("image: 'thanos:v0.99.0'" + unknownFlag));
        assertThat(newer.violations()).isEmpty();
        assertThat(newer.notices()).extracting(Notice::path).containsExactly(path + ".additionalArgs[0]");
        assertThat(Examples.cluster(spec.formatted("image: 'thanos@sha256:" + "0".repeat(64) + "'" + unknownFlag))
                        .violations())
                .extracting(Violation::path)
                .containsExactly(path + ".additionalArgs[0].name");
    }

    @Test
    void anOldImageThatNobodyInheritsHarmsNobody() {
        assertThat(Examples.cluster("{defaultFields: {image: 'a:v0.1.0'}, query: {image: 'a:v0.42.0'}}")
                        .violations())
                .isEmpty();
    }

    @Test
    void anOldImageOfTheOperatorsSettingsIsNamedAsSuch() {
        var settings = Examples.settings(Map.of("paodin.images.thanos", "a:v0.1.0"));
        assertThat(Cluster.of(Examples.thanos("{query: {}, receive: {ingestors: [{name: a}]}}"), Inputs.NONE, settings)
                        .violations())
                .singleElement()
                .hasToString("spec.defaultFields.image: Thanos 0.1.0 of a:v0.1.0, the operator's setting "
                        + "paodin.images.thanos, is not supported: use 0.42.0 or newer");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "receive: {ingestors: [{name: a, tenants: [t], replicas: 0}]}",
                "receive: {ingestors: [{name: a, replicas: 0}]}",
                "receive: {router: {replicationFactor: 2}, ingestors: [{name: a}]}",
                "receive: {router: {replicationFactor: 3}, ingestors: [{name: a, tenants: [t], replicas: 2}]}",
                "receive: {router: {replicationFactor: 3}, ingestors: [{name: a}, {name: b}]}",
                "receive: {router: {replicationFactor: 2}, ingestors: [{name: a, replicas: 2}, {name: b, tenants: [t]}]}"
            })
    void aRingSmallerThanTheReplicationFactorIsRefused(String spec) {
        assertThat(Examples.cluster(spec).violations()).singleElement().satisfies(violation -> {
            assertThat(violation.path()).isEqualTo("spec.receive.ingestors");
            assertThat(violation.message()).contains("the replication factor asks for: raise the replicas of");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "receive: {router: {replicationFactor: 3}, ingestors: [{name: a}, {name: b}, {name: c}]}",
                "receive: {router: {replicationFactor: 2}, ingestors: [{name: a, replicas: 2}, {name: b, replicas: 0}]}",
                "receive: {router: {replicationFactor: 2}, ingestors: [{name: a, replicas: 2, tenants: [t]}]}"
            })
    void aRingAsLargeAsTheReplicationFactorIsAccepted(String spec) {
        assertThat(Examples.cluster(spec).violations()).isEmpty();
    }

    @Test
    void ingestorsWhoseObjectsWouldHaveTheSameNameAreRefused() {
        var longName = "a".repeat(40);
        var cut = new Names("central").ingestor(longName).substring("central-receive-ingestor-".length());
        assertThat(Examples.cluster("receive: {ingestors: [{name: %s}, {name: %s}]}".formatted(longName, cut))
                        .violations())
                .isNotEmpty()
                .allSatisfy(violation -> assertThat(violation.toString())
                        .startsWith("spec.receive.ingestors: \"" + cut + "\" and \"" + longName + "\" would both have")
                        .endsWith(": rename one"));
    }

    @Test
    void ingestorsWhoseClaimsWouldHaveTheSameNameAreRefused() {
        var spec = "receive: {ingestors: [%s, %s]}"
                .formatted(withClaim("x-c-receive-ingestor-y", "data"), withClaim("y", "data-c-receive-ingestor-x"));
        var thanos = Examples.thanos(spec);
        thanos.getMetadata().setName("c");
        assertThat(Cluster.of(thanos, Inputs.NONE, Examples.DEFAULT_SETTINGS).violations())
                .extracting(Violation::toString)
                .containsExactly(
                        "spec.receive.ingestors: \"x-c-receive-ingestor-y\" and \"y\" would both have the claim "
                                + "data-c-receive-ingestor-x-c-receive-ingestor-y: rename one");
    }

    private static String withClaim(String name, String claim) {
        return "{name: %s, dataVolume: {pvc: {metadata: {name: %s}, spec: {resources: {requests: {storage: 1Gi}}}}}}"
                .formatted(name, claim);
    }

    @Test
    void aFileThatNoConfigMapCanHoldIsRefused() {
        var thanos = Examples.thanos("{query: {}, receive: {}}");
        thanos.getSpec().receive.ingestors = IntStream.range(0, 20)
                .mapToObj(i -> {
                    var ingestor = new IngestorSpec();
                    ingestor.name = "i" + i;
                    ingestor.replicas = 1000;
                    return ingestor;
                })
                .toList();
        assertThat(Cluster.of(thanos, Inputs.NONE, Examples.DEFAULT_SETTINGS).violations())
                .extracting(Violation::path)
                .containsExactly("spec.receive.ingestors", "spec.query.stores");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a.b", "1a", "A", "-a", "a-", "a b", "a\n"})
    void aNameThatServicesCannotHaveIsRefused(String name) {
        var thanos = Examples.thanos("query: {}");
        thanos.getMetadata().setName(name);
        assertThat(Cluster.of(thanos, Inputs.NONE, Examples.DEFAULT_SETTINGS).violations())
                .extracting(Violation::path)
                .containsExactly("metadata.name");
    }

    @Test
    void aNameMayBeAsLongAsTheValueOfALabel() {
        var thanos = Examples.thanos("{query: {}, receive: {ingestors: [{name: a}]}}");
        thanos.getMetadata().setName("n".repeat(63));
        assertThat(Cluster.of(thanos, Inputs.NONE, Examples.DEFAULT_SETTINGS).violations())
                .isEmpty();
        thanos.getMetadata().setName("n".repeat(64));
        assertThat(Cluster.of(thanos, Inputs.NONE, Examples.DEFAULT_SETTINGS).violations())
                .extracting(Violation::path)
                .containsExactly("metadata.name");
    }

    @Test
    void aLongValueIsNotRepeatedInFull() {
        var thanos = Examples.thanos("query: {}");
        thanos.getSpec().query.image = "😀 ".repeat(5000);
        assertThat(Cluster.of(thanos, Inputs.NONE, Examples.DEFAULT_SETTINGS).violations())
                .singleElement()
                .satisfies(violation -> assertThat(violation.message()).hasSizeLessThan(300));
    }

    @Test
    void endlessValuesOfAnyFlagCanBeJudged() {
        for (var flag : FlagTable.newest().flags("query").values()) {
            for (var value :
                    List.of("1h".repeat(4096), "1B".repeat(4096), "1".repeat(8192), "a=\"" + "\\n".repeat(4000))) {
                var arg = new AdditionalArg();
                arg.name = flag.name();
                arg.value = value;
                var thanos = Examples.thanos("query: {}");
                thanos.getSpec().query.additionalArgs = List.of(arg);
                assertThat(Cluster.of(thanos, Inputs.NONE, Examples.DEFAULT_SETTINGS)
                                .violations())
                        .hasSizeLessThanOrEqualTo(1);
            }
        }
    }

    @Test
    void nothingAtAllIsNoReasonToFail() {
        var nothing = new Thanos();
        nothing.setMetadata(null);
        nothing.setSpec(null);
        assertThat(Cluster.of(nothing, Inputs.NONE, Examples.DEFAULT_SETTINGS).violations())
                .extracting(Violation::path)
                .containsExactly("metadata.name");
        var empty = new Thanos();
        empty.setSpec(new ThanosSpec());
        empty.getSpec().query = new QuerySpec();
        empty.getSpec().receive = new ReceiveSpec();
        empty.getSpec().receive.ingestors = new ArrayList<>(Arrays.asList(null, new IngestorSpec()));
        assertThat(Cluster.of(empty, Inputs.NONE, Examples.DEFAULT_SETTINGS).isValid())
                .isFalse();
    }

    @Test
    void anEmptySpecAsksForNothing() {
        assertThat(Examples.cluster("{}").violations()).isEmpty();
        assertThat(Examples.cluster("{}").components()).isEmpty();
    }
}
