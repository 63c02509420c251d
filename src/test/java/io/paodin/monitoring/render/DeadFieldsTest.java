package io.paodin.monitoring.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.paodin.monitoring.api.v1alpha1.Thanos;
import io.paodin.monitoring.crd.Crds;
import io.paodin.monitoring.crd.SchemaLeaf;
import io.paodin.monitoring.crd.SchemaValues;
import io.paodin.monitoring.model.Cluster;
import io.paodin.monitoring.model.Examples;
import io.paodin.monitoring.model.Inputs;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * No field of the resource is dead: each has two values that are rendered to different objects. The fields are those of
 * the definition, so a new one is looked at without being named here.
 */
@QuarkusTest
class DeadFieldsTest {

    /** What fields of any component need beside them. */
    private static final String ANY = """
            additionalArgs: [{name: tracing.config, value: some}], \
            topologySpreadConstraints: [{maxSkew: 1, topologyKey: zone, whenUnsatisfiable: DoNotSchedule}]""";

    /** The same of a component with a bucket and a volume. */
    private static final String STORED = ANY + """
            , objectStorageConfig: {name: own, key: objstore.yaml}, \
            dataVolume: {pvc: {spec: {resources: {requests: {storage: 1Gi}}}}}""";

    private static final String ROUTER = """
            limits: {global: {metaMonitoringUrl: 'http://query:10902'}, default: {headSeriesLimit: 5}}, \
            relabelConfigs: [{sourceLabels: [a], targetLabel: b}], \
            remoteWriteTls: {certSecret: {name: tls, key: crt}, keySecret: {name: tls, key: key}, \
            clientCaSecret: {name: ca, key: crt}}""";

    /** A component of each kind, and an ingestor that is as the defaults have it. */
    private static final String BASE = """
            objectStorageConfig: {name: bucket, key: objstore.yaml}
            query: {stores: [STORE], %1$s}
            receive:
              router: {%3$s, %1$s}
              ingestors:
              - {name: a, replicas: 3, tenants: [a], %2$s}
              - {name: b, replicas: 3}
            storeGateway: {%2$s}
            compact: {deduplication: {enabled: true}, %2$s}
            """.formatted(ANY, STORED, ROUTER);

    private static final Set<String> COMPONENTS = Set.of("query", "receive", "storeGateway", "compact");

    /** What has to be absent for a field to count. */
    private static final Map<String, String> HIDDEN_BY = Map.of("emptyDir", "pvc");

    /** What a field needs beside it, and what others must not have. */
    private static final Map<String, Map<String, String>> BESIDE =
            Map.of("relabelConfigs[].modulus", Map.of("action", "hashmod"));

    private static final String KEY = "{name: a, key: b}";

    /** What a store has to have beside a field, by the beginning of its path behind {@code stores[].}; the first counts. */
    private static final Map<String, String> OF_STORES = new LinkedHashMap<>();

    static {
        OF_STORES.put("caSecret.", "caSecret: " + KEY);
        OF_STORES.put("tlsConfig.ca.secret.", "tlsConfig: {ca: {secret: %s}}".formatted(KEY));
        OF_STORES.put("tlsConfig.ca.configMap.", "tlsConfig: {ca: {configMap: %s}}".formatted(KEY));
        OF_STORES.put(
                "tlsConfig.cert.configMap.", "tlsConfig: {cert: {configMap: %s}, keySecret: %s}".formatted(KEY, KEY));
        OF_STORES.put("tlsConfig.cert.", "tlsConfig: {cert: {secret: %s}, keySecret: %s}".formatted(KEY, KEY));
        OF_STORES.put("tlsConfig.keySecret.", "tlsConfig: {cert: {secret: %s}, keySecret: %s}".formatted(KEY, KEY));
        OF_STORES.put("authorization.", "tlsConfig: {}, authorization: {credentials: %s}".formatted(KEY));
        OF_STORES.put("basicAuth.", "tlsConfig: {}, basicAuth: {username: %s, password: %s}".formatted(KEY, KEY));
    }

    /** Values that the schema alone does not lead to. */
    private static final Map<String, List<String>> VALUES = Map.of(
            "additionalArgs[].name", List.of("tracing.config", "tracing.config-file"),
            "podTemplate", List.of("spec: {schedulerName: one}", "spec: {schedulerName: two}"));

    /** Fields that only one value is accepted of, if any: all others are refused, with the path of the field. */
    private static final Map<String, String> REFUSED = Map.of(
            "objectStorageConfig.optional", "what refers to a Secret needs it",
            "ecret.optional", "what refers to a Secret needs it",
            "credentials.optional", "what refers to a Secret needs it",
            "username.optional", "what refers to a Secret needs it",
            "password.optional", "what refers to a Secret needs it",
            "pvc.apiVersion", "a claim is nothing else",
            "pvc.kind", "a claim is nothing else",
            "resources.claims[].name", "the pods have no such claims",
            "resources.claims[].request", "the pods have no such claims");

    /** Fields whose effect is not in what is rendered. */
    private static final Map<String, String> ELSEWHERE = Map.of(
            "spec.paused", "decides whether what is rendered is applied: OperatorContract",
            "receive.excludeUnreadyAfter", "counts once a member has not been ready for long: MembershipTest",
            "stores[].name", "the store in the status, and its identity among the others: ViolationsTest");

    @Inject
    ManifestRenderer renderer;

    @Inject
    KubernetesSerialization serialization;

    private final ObjectMapper json = new ObjectMapper();

    /** @param refusals the paths of violations, with {@code []} for any item */
    private record Effect(Set<String> manifests, Set<String> refusals) {

        boolean isVisible() {
            return manifests.size() > 1;
        }

        boolean isRefusalOf(SchemaLeaf leaf) {
            return refusals.stream().anyMatch(leaf.path()::startsWith);
        }
    }

    @Test
    void everyFieldHasAnEffect() {
        var wrong = new TreeMap<String, String>();
        var excepted = new TreeSet<String>();
        for (var leaf : leaves()) {
            var effect = effect(leaf);
            var exception = exception(leaf.path());
            exception.ifPresent(excepted::add);
            if (exception.isEmpty() && !effect.isVisible()) {
                wrong.put(
                        leaf.path(),
                        effect.refusals().isEmpty()
                                ? "has no effect"
                                : "no two values are accepted, violations of " + effect.refusals());
            } else if (exception.isPresent() && effect.isVisible()) {
                wrong.put(leaf.path(), "has an effect, although it is listed as one that has none");
            } else if (exception.filter(REFUSED::containsKey).isPresent() && !effect.isRefusalOf(leaf)) {
                wrong.put(leaf.path(), "is not refused, although it is listed as one that is");
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(excepted).containsAll(REFUSED.keySet()).containsAll(ELSEWHERE.keySet());
    }

    private static List<SchemaLeaf> leaves() {
        var version = Crds.typed().getSpec().getVersions().get(0);
        var root = version.getSchema().getOpenAPIV3Schema();
        return SchemaLeaf.under("spec", root.getProperties().get("spec"));
    }

    private static Optional<String> exception(String path) {
        return Stream.concat(REFUSED.keySet().stream(), ELSEWHERE.keySet().stream())
                .filter(end ->
                        end.endsWith("*") ? path.contains(end.substring(0, end.length() - 1)) : path.endsWith(end))
                .findFirst();
    }

    /** What the field's values come to, until two differ. */
    private Effect effect(SchemaLeaf leaf) {
        var effect = new Effect(new HashSet<>(), new TreeSet<>());
        var base = base(leaf);
        for (var value : values(leaf)) {
            var resource = base.deepCopy();
            leaf.set(resource, value);
            var thanos = serialization.unmarshal(resource.toString(), Thanos.class);
            var cluster = Cluster.of(thanos, Inputs.NONE, Examples.DEFAULT_SETTINGS);
            if (cluster.isValid()) {
                effect.manifests().add(serialization.asJson(renderer.render(cluster)));
            }
            cluster.violations()
                    .forEach(violation -> effect.refusals().add(violation.path().replaceAll("\\[\\d+]", "[]")));
            if (effect.isVisible()) {
                break;
            }
        }
        return effect;
    }

    private List<JsonNode> values(SchemaLeaf leaf) {
        return VALUES.entrySet().stream()
                .filter(special -> leaf.path().endsWith(special.getKey()))
                .findFirst()
                .map(special -> special.getValue().stream()
                        .map(yaml -> serialization.unmarshal(yaml, JsonNode.class))
                        .toList())
                .orElseGet(() -> SchemaValues.of(leaf.schema()).toList());
    }

    /** The store that a field is about, or that the proxy is there for. */
    private static String store(String path) {
        var beside = OF_STORES.entrySet().stream()
                .filter(store -> path.contains("stores[]." + store.getKey()))
                .map(store -> ", " + store.getValue())
                .findFirst()
                .orElse(path.contains("stores[].tlsConfig.") || path.contains("query.envoy.") ? ", tlsConfig: {}" : "");
        return "{addresses: ['one.example.com:10901']%s}".formatted(beside);
    }

    /** Without the components that the field is not about: they only cost time. */
    private ObjectNode base(SchemaLeaf leaf) {
        ObjectNode resource = json.valueToTree(serialization.unmarshal(
                """
                apiVersion: monitoring.paodin.io/v1alpha1
                kind: Thanos
                metadata: {name: central, namespace: monitoring}
                spec:
                """ + BASE.replace("STORE", store(leaf.path())).indent(2), Map.class));
        var component = leaf.path().split("[.\\[]")[1];
        if (COMPONENTS.contains(component)) {
            ((ObjectNode) resource.get("spec")).retain(component, "objectStorageConfig");
        }
        HIDDEN_BY.forEach((field, other) -> {
            if (leaf.path().contains("." + field + ".")) {
                resource.findParents(other).forEach(owner -> ((ObjectNode) owner).remove(other));
            }
        });
        BESIDE.forEach((field, others) -> {
            if (leaf.path().endsWith(field)) {
                var owner = leaf.path().substring(0, leaf.path().lastIndexOf('.') + 1);
                others.forEach((name, value) ->
                        new SchemaLeaf(owner + name, leaf.schema()).set(resource, new TextNode(value)));
            }
        });
        return resource;
    }
}
