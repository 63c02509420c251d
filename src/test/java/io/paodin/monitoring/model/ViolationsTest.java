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
import java.util.stream.Collectors;
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
                // the proxy
                query("envoy: {image: 'a b'}", "envoy.image", "an image reference"),
                query("envoy: {image: 'envoy:v1.36.13'}", "envoy.image", "use 1.37 or newer"),
                query("envoy: {image: 'envoy:distroless-v0.9.0'}", "envoy.image", "use 1.37 or newer"),
                query("envoy: {logLevel: verbose}", "envoy.logLevel", "must be one of error"),
                query("envoy: {concurrency: 0}", "envoy.concurrency", "from 1 to 64"),
                query("envoy: {resources: {limits: {memory: much}}}", "envoy.resources.limits.memory", "quantity"),
                query("envoy: {securityContext: {runAsUser: 0}}", "envoy.securityContext.runAsUser", "is root"),
                // secured stores
                store("caSecret: {name: A, key: b}", "caSecret.name", "of a Secret"),
                store("caSecret: {name: a, key: b, optional: true}", "caSecret.optional", "remove it"),
                store("caSecret: {key: b}", "caSecret.name", "give the name"),
                store("tlsConfig: {ca: {}}", "tlsConfig.ca", "set exactly one"),
                store(
                        "tlsConfig: {ca: {secret: {name: a, key: b}, configMap: {name: a, key: b}}}",
                        "tlsConfig.ca",
                        "set exactly one"),
                store("tlsConfig: {ca: {configMap: {name: a}}}", "tlsConfig.ca.configMap.key", "give a key"),
                store("tlsConfig: {ca: {configMap: {name: A, key: b}}}", "tlsConfig.ca.configMap.name", "an object"),
                store("tlsConfig: {keySecret: {name: a, key: b}}", "tlsConfig.cert", "set both cert and keySecret"),
                store(
                        "tlsConfig: {cert: {secret: {name: a, key: b}}}",
                        "tlsConfig.keySecret",
                        "set both cert and keySecret"),
                store(
                        "tlsConfig: {insecureSkipVerify: true, subjectAltNames: [a]}",
                        "tlsConfig.insecureSkipVerify",
                        "remove it, or ca"),
                store("caSecret: {name: a, key: b}, tlsConfig: {insecureSkipVerify: true}", "caSecret", "remove it"),
                store(
                        "caSecret: {name: a, key: b}, tlsConfig: {ca: {secret: {name: a, key: b}}}",
                        "caSecret",
                        "short for tlsConfig.ca.secret"),
                store("tlsConfig: {serverName: 'a b'}", "tlsConfig.serverName", "the name of a host"),
                store("tlsConfig: {subjectAltNames: ['a b']}", "tlsConfig.subjectAltNames[0]", "a DNS name"),
                store("tlsConfig: {subjectAltNames: [null]}", "tlsConfig.subjectAltNames[0]", "is empty"),
                store("tlsConfig: {minVersion: TLS10}", "tlsConfig.minVersion", "one of TLS12, TLS13"),
                store("tlsConfig: {maxVersion: x}", "tlsConfig.maxVersion", "one of TLS12, TLS13"),
                store("tlsConfig: {minVersion: TLS13, maxVersion: TLS12}", "tlsConfig.minVersion", "set an older one"),
                store("authorization: {credentials: {name: a, key: b}}", "authorization", "by TLS only"),
                store(
                        "basicAuth: {username: {name: a, key: b}, password: {name: a, key: c}}",
                        "basicAuth",
                        "by TLS only"),
                store("tlsConfig: {}, authorization: {}", "authorization.credentials", "name the key of a Secret"),
                store(
                        "tlsConfig: {}, authorization: {type: basic, credentials: {name: a, key: b}}",
                        "authorization.type",
                        "set basicAuth"),
                store(
                        "tlsConfig: {}, authorization: {type: 'a b', credentials: {name: a, key: b}}",
                        "authorization.type",
                        "such as Bearer"),
                store("tlsConfig: {}, basicAuth: {username: {name: a, key: b}}", "basicAuth.password", "name the key"),
                store(
                        "tlsConfig: {}, authorization: {credentials: {name: a, key: b}}, "
                                + "basicAuth: {username: {name: a, key: b}, password: {name: a, key: c}}",
                        "basicAuth",
                        "a second kind"),
                query(
                        "stores: [{addresses: ['dns+a:1'], tlsConfig: {}}]",
                        "stores[0].addresses[0]",
                        "one entry for each distinct server"),
                query(
                        "stores: [{addresses: ['b:1', 'dnssrv+a'], strict: true}]",
                        "stores[0].addresses[1]",
                        "or remove strict"),
                // object storage
                arguments("objectStorageConfig: {key: b}", "spec.objectStorageConfig.name", "give the name"),
                arguments("objectStorageConfig: {name: a}", "spec.objectStorageConfig.key", "give a key"),
                arguments("objectStorageConfig: {name: A, key: b}", "spec.objectStorageConfig.name", "of a Secret"),
                arguments("objectStorageConfig: {name: a, key: b/c}", "spec.objectStorageConfig.key", "in a Secret"),
                arguments(
                        "objectStorageConfig: {name: a, key: b, optional: true}",
                        "spec.objectStorageConfig.optional",
                        "remove it"),
                ingestor("objectStorageConfig: {name: A, key: b}", "objectStorageConfig.name", "of a Secret"),
                // store gateway
                arguments("storeGateway: {}", "spec.storeGateway.objectStorageConfig", "name the Secret key"),
                gateway("minTime: yesterday", "minTime", "must be a time"),
                gateway("maxTime: 2024-13-01T00:00:00Z", "maxTime", "must be a time"),
                gateway("minTime: -1d, maxTime: -2d", "minTime", "must be before maxTime"),
                gateway("minTime: -1d, maxTime: -24h", "minTime", "must be before maxTime"),
                gateway("minTime: 1d, maxTime: -1d", "minTime", "must be before maxTime"),
                gateway(
                        "minTime: '2024-01-02T00:00:00Z', maxTime: '2024-01-02T01:00:00+01:00'",
                        "minTime",
                        "must be before maxTime"),
                gateway("syncBlockDuration: 0s", "syncBlockDuration", "1s or more"),
                gateway("syncBlockDuration: 1.5h", "syncBlockDuration", "such as 6h"),
                gateway(
                        "dataVolume: {pvc: {metadata: {name: object-storage}, spec: {resources: {requests: {storage: 1Gi}}}}}",
                        "dataVolume.pvc.metadata.name",
                        "choose another"),
                // compactor
                arguments("compact: {}", "spec.compact.objectStorageConfig", "name the Secret key"),
                compact("replicas: 2", "replicas", "must be 0 or 1"),
                compact("retention: {retentionRaw: 39h}", "retention.retentionRaw", "40h or more"),
                compact("retention: {retention5m: 9d}", "retention.retention5m", "240h or more"),
                compact("retention: {retention1h: 1.5d}", "retention.retention1h", "such as 6h"),
                compact("deleteDelay: -1h", "deleteDelay", "such as 6h"),
                compact("consistencyDelay: x", "consistencyDelay", "such as 6h"),
                compact("concurrency: 0", "concurrency", "from 1 to 64"),
                compact(
                        "deduplication: {replicaLabels: [a-b]}",
                        "deduplication.replicaLabels[0]",
                        "a Prometheus label name"),
                compact("deduplication: {replicaLabels: []}", "deduplication.replicaLabels", "name a label"),
                compact("deduplication: {func: chain}", "deduplication.func", "one of one-to-one, penalty"),
                compact("deduplication: {enabled: false, replicaLabels: [a]}", "deduplication.enabled", "remove them"),
                // images
                query("image: 'a b'", "image", "must be an image reference"),
                query("image: ''", "image", "must be an image reference"),
                defaults("image: 'a b'", "image", "must be an image reference"),
                query("image: 'a:v0.41.0'", "image", "use 0.42.0 or newer"),
                // pods
                query("replicas: -1", "replicas", "must be from 0 to 1000"),
                query("replicas: 2147483647", "replicas", "must be from 0 to 1000"),
                ingestor("replicas: 2147483647", "replicas", "from 0 to 1000"),
                query("tolerations: [null]", "tolerations[0]", "remove it"),
                query("nodeSelector: {a: null}", "nodeSelector[\"a\"]", "give one"),
                query("nodeSelector: {a: 'b c'}", "nodeSelector[\"a\"]", "must be of letters"),
                query("nodeSelector: {'a b': c}", "nodeSelector", "must be a key"),
                query(
                        "podMetadata: {labels: {app.kubernetes.io/version: x}}",
                        "podMetadata.labels[\"app.kubernetes.io/version\"]",
                        "choose another key"),
                query(
                        "podMetadata: {annotations: {monitoring.paodin.io/bucket: x}}",
                        "podMetadata.annotations[\"monitoring.paodin.io/bucket\"]",
                        "choose another key"),
                query(
                        "podMetadata: {annotations: {kubectl.kubernetes.io/restartedAt: x}}",
                        "podMetadata.annotations[\"kubectl.kubernetes.io/restartedAt\"]",
                        "choose another key"),
                query("podMetadata: {labels: {'a b': x}}", "podMetadata.labels", "be a key"),
                query("podMetadata: {labels: {a: 'x y'}}", "podMetadata.labels[\"a\"]", "must be of letters"),
                query("podMetadata: {annotations: {a: null}}", "podMetadata.annotations[\"a\"]", "give one"),
                query("serviceAccountName: A", "serviceAccountName", "name of an object"),
                query("serviceAccountName: central-query", "serviceAccountName", "name another, or remove it"),
                query("priorityClassName: A", "priorityClassName", "name of an object"),
                query("terminationGracePeriodSeconds: 9", "terminationGracePeriodSeconds", "from 10 to 86400"),
                ingestor(
                        "terminationGracePeriodSeconds: 2147483647",
                        "terminationGracePeriodSeconds",
                        "from 10 to 86400"),
                query("securityContext: {runAsUser: -1}", "securityContext.runAsUser", "from 0"),
                query("securityContext: {fsGroup: 2147483648}", "securityContext.fsGroup", "to 2147483647"),
                query("securityContext: {runAsUser: 0}", "securityContext.runAsUser", "set runAsNonRoot to false"),
                query(
                        "securityContext: {fsGroupChangePolicy: Never}",
                        "securityContext.fsGroupChangePolicy",
                        "OnRootMismatch or Always"),
                spread("maxSkew: 0, topologyKey: zone, whenUnsatisfiable: DoNotSchedule", "[0].maxSkew", "1 or more"),
                spread("maxSkew: 1, whenUnsatisfiable: DoNotSchedule", "[0].topologyKey", "the key of a label"),
                spread(
                        "maxSkew: 1, topologyKey: zone, whenUnsatisfiable: Sometimes",
                        "[0].whenUnsatisfiable",
                        "DoNotSchedule or ScheduleAnyway"),
                spread(
                        "maxSkew: 1, topologyKey: zone, whenUnsatisfiable: DoNotSchedule}, "
                                + "{maxSkew: 2, topologyKey: zone, whenUnsatisfiable: DoNotSchedule",
                        "[1]",
                        "remove one"),
                query("topologySpreadConstraints: [null]", "topologySpreadConstraints[0]", "remove it"),
                query("podTemplate: x", "podTemplate", "must be an object"),
                ingestor(
                        "podTemplate: {spec: {nodeName: x}}",
                        "podTemplate.spec.nodeName",
                        "set spec.receive.ingestors[0].nodeSelector"),
                query("imagePullSecrets: [{}]", "imagePullSecrets[0].name", "is missing"),
                query("imagePullSecrets: [null]", "imagePullSecrets[0].name", "is missing"),
                defaults("imagePullSecrets: [{name: A_B}]", "imagePullSecrets[0].name", "must be the name of a Secret"),
                query("additionalArgs: [{name: http-address, value: x}]", "additionalArgs[0].name", "managed"),
                query("additionalArgs: [null]", "additionalArgs[0].name", "is missing"),
                query("imagePullSecrets: [{name: a}, {name: a}]", "imagePullSecrets[1].name", "remove one"),
                query("resources: {limits: {cpu: lots}}", "resources.limits.cpu", "such as 500m"),
                query("resources: {requests: {memory: 1GB}}", "resources.requests.memory", "such as"),
                query("resources: {requests: {memory: -1Gi}}", "resources.requests.memory", "not be negative"),
                query(
                        "resources: {requests: {memory: 1Gi}, limits: {memory: 500M}}",
                        "resources.requests.memory",
                        "the limit, 500M, is 1Gi"),
                query("resources: {claims: [{name: a}, {name: a}]}", "resources.claims", "remove them"),
                router("resources: {limits: {cpu: x}}", "resources.limits.cpu", "such as"),
                // values that an older definition let through
                query("logLevel: trace", "logLevel", "one of error, warn, info, debug"),
                query("logFormat: x", "logFormat", "one of logfmt, json"),
                query("imagePullPolicy: always", "imagePullPolicy", "one of Always, IfNotPresent, Never"),
                defaults("logLevel: 5", "logLevel", "one of error"),
                defaults("logFormat: UNKNOWN", "logFormat", "one of logfmt"),
                defaults("imagePullPolicy: ''", "imagePullPolicy", "one of Always"),
                ingestor("logLevel: INFO", "logLevel", "one of error"),
                // query
                query("stores: [null]", "stores[0]", "remove it"),
                query("stores: [{}]", "stores[0].addresses", "give at least one"),
                query("stores: [{addresses: []}]", "stores[0].addresses", "give at least one"),
                query("stores: [{addresses: [null]}]", "stores[0].addresses[0]", "remove it"),
                query(
                        "stores: [{name: n, addresses: ['a:1']}, {name: n, addresses: ['b:1']}]",
                        "stores[1].name",
                        "choose another"),
                query("stores: [{name: 'N_', addresses: ['a:1']}]", "stores[0].name", "must be of lower case letters"),
                query("stores: [{addresses: ['a:1', 'a:1']}]", "stores[0].addresses[1]", "remove one"),
                query("stores: [{addresses: ['a:1']}, {addresses: ['a:1']}]", "stores[1].addresses[0]", "remove one"),
                query("stores: [{addresses: ['a:1', 'dns+A:1']}]", "stores[0].addresses[1]", "remove one"),
                query("stores: [{addresses: ['a.b.:1', 'a.b:1']}]", "stores[0].addresses[1]", "remove one"),
                query("stores: [{addresses: ['dnssrv+a.b', 'dnssrv+a.b.']}]", "stores[0].addresses[1]", "remove one"),
                arguments(
                        "{query: {stores: [{addresses: [central-receive-ingestor-a-0.central-receive-ingestor-a-operated.monitoring.svc:10901]}]}, receive: {ingestors: [{name: a}]}}",
                        "spec.query.stores[0].addresses[0]",
                        "found anyway: remove it"),
                query("replicaLabels: ['a-b']", "replicaLabels[0]", "a Prometheus label name"),
                query("replicaLabels: [null]", "replicaLabels[0]", "remove it"),
                query("selectorLabels: {'a-b': c}", "selectorLabels", "label name"),
                query("selectorLabels: {a: ''}", "selectorLabels[\"a\"]", "give a value"),
                query("selectorLabels: {a: null}", "selectorLabels[\"a\"]", "give a value"),
                // receive
                receive("", "ingestors", "at least one ingestor"),
                receive("ingestors: []", "ingestors", "at least one ingestor"),
                receive("ingestors: [{name: a}, null]", "ingestors[1]", "remove it"),
                receive("ingestors: [{}]", "ingestors[0].name", "is missing"),
                receive("ingestors: [{name: ''}]", "ingestors[0].name", "is missing"),
                receive("ingestors: [{name: A}]", "ingestors[0].name", "lower case"),
                receive("ingestors: [{name: " + TOO_LONG + "}]", "ingestors[0].name", "63 characters at most"),
                receive("ingestors: [{name: a}, {name: a}]", "ingestors[1].name", "choose another"),
                receive("ingestors: [{name: soft, tenants: [a]}]", "ingestors[0].name", "choose another"),
                router("replicationFactor: 0", "replicationFactor", "from 1 to 10"),
                router("replicationFactor: -1", "replicationFactor", "from 1 to 10"),
                router("tenantHeader: 'a: b'", "tenantHeader", "HTTP header"),
                router("defaultTenantId: '../x'", "defaultTenantId", "of letters"),
                router("tenantLabelName: a-b", "tenantLabelName", "label name"),
                router("tenantLabelName: receive_replica", "tenantLabelName", "choose another"),
                router("tenantLabelName: __name__", "tenantLabelName", "name of the metric"),
                router("tenantCertificateField: commonName", "tenantCertificateField", "remoteWriteTls.clientCaSecret"),
                secured("", "tenantCertificateField: commonName", "tenantCertificateField", "needs writers"),
                secured(
                        ", clientCaSecret: {name: s, key: ca}",
                        "tenantCertificateField: OU",
                        "tenantCertificateField",
                        "one of"),
                secured(
                        ", clientCaSecret: {name: s, key: ca}",
                        "tenantCertificateField: commonName, tenantHeader: X-Tenant",
                        "tenantHeader",
                        "remove one of them"),
                secured(", clientCaSecret: {name: s}", "", "remoteWriteTls.clientCaSecret.key", "give a key"),
                secured(", minVersion: '1.0'", "", "remoteWriteTls.minVersion", "one of TLS12, TLS13"),
                router(
                        "remoteWriteTls: {keySecret: {name: s, key: k}}",
                        "remoteWriteTls.certSecret",
                        "name a Secret and its key"),
                router(
                        "remoteWriteTls: {certSecret: {name: s, key: c}, keySecret: {name: S, key: k}}",
                        "remoteWriteTls.keySecret.name",
                        "name of a Secret"),
                router(
                        "additionalArgs: [{name: remote-write.server-tls-client-ca, value: /x}]",
                        "additionalArgs[0].name",
                        "set spec.receive.router.remoteWriteTls.clientCaSecret"),
                router(
                        "additionalArgs: [{name: receive.tenant-certificate-field, value: commonName}]",
                        "additionalArgs[0].name",
                        "set spec.receive.router.tenantCertificateField"),
                router("splitTenantLabelName: a-b", "splitTenantLabelName", "label name"),
                router("splitTenantLabelName: __name__", "splitTenantLabelName", "choose another"),
                router("splitTenantLabelName: receive_replica", "splitTenantLabelName", "choose another"),
                router("replicationProtocol: grpc", "replicationProtocol", "one of protobuf, capnproto"),
                router("otlp: {promoteResourceAttributes: ['']}", "otlp.promoteResourceAttributes[0]", "remove it"),
                router(
                        "additionalArgs: [{name: receive.replication-protocol, value: capnproto}]",
                        "additionalArgs[0].name",
                        "set spec.receive.router.replicationProtocol"),
                router(
                        "additionalArgs: [{name: receive.split-tenant-label-name, value: a}]",
                        "additionalArgs[0].name",
                        "set spec.receive.router.splitTenantLabelName"),
                router(
                        "additionalArgs: [{name: receive.otlp-enable-target-info}]",
                        "additionalArgs[0].name",
                        "set spec.receive.router.otlp.enableTargetInfo"),
                router(
                        "limits: {default: {headSeriesLimit: 1}}",
                        "limits.global.metaMonitoringUrl",
                        "give the address"),
                router("limits: {tenants: {a: {headSeriesLimit: 0}}}", "limits.global.metaMonitoringUrl", "is missing"),
                router(
                        "limits: {global: {metaMonitoringUrl: 'http://a'}}",
                        "limits.global.metaMonitoringUrl",
                        "set default.headSeriesLimit"),
                router(
                        "limits: {global: {metaMonitoringLimitQuery: up}}",
                        "limits.global.metaMonitoringLimitQuery",
                        "limits nothing"),
                counted("metaMonitoringUrl: 'http://user:pass@a'", "metaMonitoringUrl", "without credentials"),
                counted("metaMonitoringUrl: 'a:80'", "metaMonitoringUrl", "http:// or https://"),
                counted("metaMonitoringUrl: 'http://a?b=c'", "metaMonitoringUrl", "a path at most"),
                counted("metaMonitoringUrl: 'http://a', maxConcurrency: 0", "maxConcurrency", "from 1"),
                counted(
                        "metaMonitoringUrl: 'http://a', metaMonitoringLimitQuery: ' '",
                        "metaMonitoringLimitQuery",
                        "give a query"),
                router(
                        "limits: {default: {request: {seriesLimit: -1}}}",
                        "limits.default.request.seriesLimit",
                        "from 0"),
                router(
                        "limits: {tenants: {a: {request: {samplesLimit: -1}}}}",
                        "limits.tenants[\"a\"].request.samplesLimit",
                        "from 0"),
                router("limits: {tenants: {'a/b': {}}}", "limits.tenants", "of letters, digits"),
                router("limits: {tenants: {a: null}}", "limits.tenants[\"a\"]", "remove it"),
                relabel("action: delete, regex: a", "action", "one of replace, keep"),
                relabel("sourceLabels: [a]", "targetLabel", "action replace needs it"),
                relabel("targetLabel: a, modulus: 2", "modulus", "remove it"),
                relabel("targetLabel: a, sourceLabels: [null]", "sourceLabels[0]", "remove it"),
                relabel("action: drop, regex: a", "sourceLabels", "action drop needs it"),
                relabel("action: keep, sourceLabels: [a], targetLabel: b", "targetLabel", "remove it"),
                relabel("action: labeldrop", "regex", "action labeldrop needs it"),
                relabel("action: labeldrop, regex: a, separator: ''", "separator", "remove it"),
                relabel("action: labelmap, regex: a, replacement: ''", "replacement", "name of a label"),
                relabel("action: hashmod, sourceLabels: [a], targetLabel: b", "modulus", "needs it"),
                relabel("action: hashmod, sourceLabels: [a], targetLabel: b, modulus: 0", "modulus", "1 or more"),
                relabel("action: lowercase, sourceLabels: [a], targetLabel: $1", "targetLabel", "only replace"),
                relabel("action: keepequal, sourceLabels: [a], targetLabel: b, regex: c", "regex", "remove it"),
                relabel("targetLabel: a, regex: 'a(?!b)'", "regex", "no lookarounds"),
                relabel("targetLabel: a, regex: '(a)\\1'", "regex", "of RE2"),
                relabel("targetLabel: a, regex: '('", "regex", "of RE2"),
                router("relabelConfigs: [null]", "relabelConfigs[0]", "remove it"),
                router(
                        "relabelConfigs: [{targetLabel: a, replacement: " + "x".repeat(100_000) + "}]",
                        "relabelConfigs",
                        "use fewer or shorter"),
                router(
                        "additionalArgs: [{name: receive.relabel-config-file, value: /x}]",
                        "additionalArgs[0].name",
                        "set spec.receive.router.relabelConfigs"),
                router(
                        "additionalArgs: [{name: receive.limits-config, value: x}]",
                        "additionalArgs[0].name",
                        "set spec.receive.router.limits"),
                ingestor("tenants: [null, a]", "tenants[0]", "remove it"),
                ingestor("tenants: ['']", "tenants[0]", "of letters"),
                ingestor("tenants: ['..']", "tenants[0]", "of letters"),
                ingestor("tenants: [a, a]", "tenants[1]", "remove one"),
                receive(
                        "ingestors: [{name: a, tenants: [t]}, {name: b, tenants: [u, t]}]",
                        "ingestors[1].tenants[1]",
                        "is listed in spec.receive.ingestors[0].tenants already"),
                receive(
                        "ingestors: [{name: a, tenants: [t, u]}, {name: b, tenants: [u, t]}]",
                        "ingestors[1].tenants",
                        "are those of spec.receive.ingestors[0].tenants"),
                receive(
                        "ingestors: [{name: a, tenants: [t]}, {name: b, tenantMatcher: glob, tenants: [t]}]",
                        "ingestors[1].tenants[0]",
                        "is listed in spec.receive.ingestors[0].tenants already"),
                ingestor("hashringAlgorithm: rendezvous", "hashringAlgorithm", "one of ketama, hashmod"),
                receive(
                        "ingestors: [{name: a}, {name: b, tenants: [b], hashringAlgorithm: hashmod}, {name: c, hashringAlgorithm: hashmod}]",
                        "ingestors[2].hashringAlgorithm",
                        "is hashmod, and that of spec.receive.ingestors[0], which is of the same hashring, is ketama"),
                receive(
                        "router: {additionalArgs: [{name: receive.hashrings-algorithm, value: hashmod}]}, ingestors: [{name: a}]",
                        "router.additionalArgs[0].name",
                        "set spec.receive.ingestors[].hashringAlgorithm"),
                ingestor("tenants: ['team-*']", "tenants[0]", "set tenantMatcher: glob"),
                ingestor("tenants: [a], tenantMatcher: regex", "tenantMatcher", "one of exact, glob"),
                ingestor("tenantMatcher: glob", "tenantMatcher", "list patterns in tenants"),
                ingestor("tenants: ['a['], tenantMatcher: glob", "tenants[0]", "classes such as [a-z]"),
                receive(
                        "ingestors: [{name: a, tenantMatcher: glob, tenants: ['a*']}, {name: b, tenantMatcher: glob, tenants: ['x', '*b']}]",
                        "ingestors[1].tenants[1]",
                        "such as \"ab\": make one of them narrower"),
                receive(
                        "ingestors: [{name: a, tenantMatcher: glob, tenants: ['*']}, {name: b}]",
                        "ingestors[0].tenants[0]",
                        "so that spec.receive.ingestors[1], which has no tenants, would get none"),
                receive(
                        "ingestors: [{name: a, tenantMatcher: glob, tenants: ["
                                + IntStream.rangeClosed(0, 100)
                                        .mapToObj(i -> "t" + i)
                                        .collect(Collectors.joining(","))
                                + "]}]",
                        "ingestors[0].tenants[100]",
                        "of which there may be 100"),
                ingestor("localTsdbRetention: 1 day", "localTsdbRetention", "6h"),
                ingestor("localTsdbRetention: 0d", "localTsdbRetention", "keep data for longer"),
                ingestor("dataVolume: {emptyDir: {sizeLimit: big}}", "dataVolume.emptyDir.sizeLimit", "such as"),
                ingestor(
                        "dataVolume: {pvc: {spec: {resources: {requests: {storage: 10GB}}}}}",
                        "dataVolume.pvc.spec.resources.requests.storage",
                        "such as"),
                ingestor("localTsdbRetention: 1h", "localTsdbRetention", "2h"),
                ingestor("blockDuration: 1.5h", "blockDuration", "6h"),
                ingestor("blockDuration: 1s", "blockDuration", "1m or more"),
                ingestor("minReadySeconds: -1", "minReadySeconds", "from 0 to"),
                ingestor("outOfOrderTimeWindow: -10m", "outOfOrderTimeWindow", "such as 6h"),
                ingestor("tooFarInFutureTimeWindow: 1.5h", "tooFarInFutureTimeWindow", "such as 6h"),
                ingestor("maxExemplars: -1", "maxExemplars", "from 0 to 100000000"),
                ingestor(
                        "additionalArgs: [{name: tsdb.out-of-order.time-window, value: 10m}]",
                        "additionalArgs[0].name",
                        "set spec.receive.ingestors[0].outOfOrderTimeWindow"),
                ingestor(
                        "additionalArgs: [{name: tsdb.too-far-in-future.time-window, value: 10m}]",
                        "additionalArgs[0].name",
                        "set spec.receive.ingestors[0].tooFarInFutureTimeWindow"),
                ingestor(
                        "additionalArgs: [{name: tsdb.max-exemplars, value: '1'}]",
                        "additionalArgs[0].name",
                        "set spec.receive.ingestors[0].maxExemplars"),
                ingestor(
                        "additionalArgs: [{name: label, value: 'receive_replica=\"x\"'}]",
                        "additionalArgs[0].value",
                        "managed"),
                // volumes
                ingestor("dataVolume: {pvc: {}}", "dataVolume.pvc.spec.resources.requests.storage", "give a size"),
                ingestor(
                        "dataVolume: {pvc: {spec: {resources: {requests: {storage: null}}}}}",
                        "dataVolume.pvc.spec.resources.requests.storage",
                        "give a size"),
                ingestor(
                        "dataVolume: {persistentVolumeClaimRetentionPolicy: {whenScaled: Delete}}",
                        "dataVolume.persistentVolumeClaimRetentionPolicy",
                        "give pvc"),
                ingestor(
                        "dataVolume: {persistentVolumeClaimRetentionPolicy: {whenScaled: Keep}, pvc: {spec: {resources: {requests: {storage: 1Gi}}}}}",
                        "dataVolume.persistentVolumeClaimRetentionPolicy.whenScaled",
                        "must be one of Retain, Delete"),
                ingestor(
                        "dataVolume: {pvc: {kind: Pod, spec: {resources: {requests: {storage: 1Gi}}}}}",
                        "dataVolume.pvc",
                        "remove apiVersion and kind"),
                claim("metadata: {name: A}", "metadata.name", "lower case letters"),
                claim("metadata: {name: " + TOO_LONG + "}", "metadata.name", "63 characters at most"),
                claim("metadata: {labels: {a: 'b c'}}", "metadata.labels[\"a\"]", "must be of letters"),
                claim("metadata: {annotations: {a: null}}", "metadata.annotations[\"a\"]", "give one"));
    }

    /** Fields of a component with the path below it. */
    private static Arguments store(String fields, String path, String remedy) {
        return query("stores: [{addresses: ['a:1'], %s}]".formatted(fields), "stores[0]." + path, remedy);
    }

    private static Arguments query(String fields, String path, String message) {
        return arguments("query: {" + fields + "}", "spec.query." + path, message);
    }

    private static Arguments spread(String constraints, String path, String message) {
        return query("topologySpreadConstraints: [{" + constraints + "}]", "topologySpreadConstraints" + path, message);
    }

    private static Arguments receive(String fields, String path, String message) {
        return arguments("receive: {" + fields + "}", "spec.receive." + path, message);
    }

    private static Arguments router(String fields, String path, String message) {
        return receive("router: {" + fields + "}, ingestors: [{name: a}]", "router." + path, message);
    }

    private static Arguments secured(String tls, String fields, String path, String message) {
        return router(
                "remoteWriteTls: {certSecret: {name: s, key: c}, keySecret: {name: s, key: k}" + tls + "}"
                        + (fields.isEmpty() ? "" : ", " + fields),
                path,
                message);
    }

    private static Arguments counted(String global, String path, String message) {
        return router(
                "limits: {default: {headSeriesLimit: 1}, global: {" + global + "}}", "limits.global." + path, message);
    }

    private static Arguments relabel(String step, String path, String message) {
        return router("relabelConfigs: [{" + step + "}]", "relabelConfigs[0]." + path, message);
    }

    private static Arguments ingestor(String fields, String path, String message) {
        return receive("ingestors: [{name: a, " + fields + "}]", "ingestors[0]." + path, message);
    }

    private static Arguments claim(String fields, String path, String message) {
        var claim = "{" + fields + ", spec: {resources: {requests: {storage: 1Gi}}}}";
        return ingestor("dataVolume: {pvc: " + claim + "}", "dataVolume.pvc." + path, message);
    }

    private static Arguments gateway(String fields, String path, String message) {
        return stored("storeGateway", fields, path, message);
    }

    private static Arguments compact(String fields, String path, String message) {
        return stored("compact", fields, path, message);
    }

    private static Arguments stored(String component, String fields, String path, String message) {
        return arguments(
                "{objectStorageConfig: {name: a, key: b}, %s: {%s}}".formatted(component, fields),
                "spec." + component + "." + path,
                message);
    }

    private static Arguments defaults(String fields, String path, String message) {
        return arguments("defaultFields: {" + fields + "}", "spec.defaultFields." + path, message);
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
                // Thanos would start with this one, and refuse every write
                "receive: {router: {replicationFactor: 2}, ingestors: [{name: a, hashringAlgorithm: hashmod}]}",
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
