package io.paodin.monitoring.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.paodin.monitoring.api.v1alpha1.AdditionalArg;
import io.paodin.monitoring.api.v1alpha1.Thanos;
import io.paodin.monitoring.config.OperatorConfig;
import io.paodin.monitoring.model.Cluster;
import io.paodin.monitoring.model.Examples;
import io.paodin.monitoring.model.Inputs;
import io.paodin.monitoring.model.RandomSpecs;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever text stands in a resource, it arrives where it belongs, and nowhere else. */
@QuarkusTest
class EscapingTest {

    @Inject
    OperatorConfig config;

    @Inject
    ManifestRenderer renderer;

    @Inject
    KubernetesSerialization serialization;

    static List<String> nasty() {
        return RandomSpecs.NASTY;
    }

    @ParameterizedTest
    @MethodSource("nasty")
    void textArrivesUnchangedAndAddsNothing(String text) {
        // Much of this is refused as invalid: here it is rendered all the same.
        var plain = render(thanos("plain"));
        var objects = render(thanos(text));
        assertThat(objects).hasSameSizeAs(plain);
        for (int i = 0; i < objects.size(); i++) {
            assertThat(UnknownFields.of(objects.get(i))).isEmpty();
            assertThat(shape(objects.get(i))).isEqualTo(shape(plain.get(i)));
        }
        var query = one(objects, Deployment.class, "central-query").getSpec().getTemplate();
        assertThat(query.getSpec().getNodeSelector()).containsEntry("key", text);
        assertThat(query.getSpec().getTolerations().get(0).getValue()).isEqualTo(text);
        assertThat(query.getSpec().getContainers().get(0).getImage()).isEqualTo(text);
        var set = one(objects, StatefulSet.class, "central-receive-ingestor-a").getSpec();
        var claim = set.getVolumeClaimTemplates().get(0).getMetadata();
        assertThat(claim.getLabels()).containsEntry("key", text);
        assertThat(claim.getAnnotations()).containsEntry("key", text);
        assertThat(set.getTemplate().getSpec().getContainers().get(0).getArgs())
                .contains("--receive.tenant-label-name=" + text.replace("$", "$$"));
        var rings = one(objects, ConfigMap.class, "central-receive-router-hashrings")
                .getData()
                .get("hashrings.json");
        assertThat(tree(rings).get(0).path("tenants").get(0).asText()).isEqualTo(text);
        var endpoints = one(objects, ConfigMap.class, "central-query-endpoints")
                .getData()
                .get("endpoints.yaml");
        assertThat((List<?>) serialization.unmarshal(endpoints, Map.class).get("endpoints"))
                .first()
                .isEqualTo(Map.of("address", text));
    }

    @Test
    void anAdditionalArgumentArrivesUnchanged() {
        for (var text : RandomSpecs.NASTY) {
            var thanos = Examples.thanos("query: {}");
            var arg = new AdditionalArg();
            arg.name = "alert.query-url";
            arg.value = text;
            thanos.getSpec().query.additionalArgs = List.of(arg);
            var cluster = Cluster.of(thanos, Inputs.NONE, config);
            if (cluster.isValid()) {
                assertThat(one(renderer.render(cluster), Deployment.class, "central-query")
                                .getSpec()
                                .getTemplate()
                                .getSpec()
                                .getContainers()
                                .get(0)
                                .getArgs())
                        .contains("--alert.query-url=" + text.replace("$", "$$"));
            }
        }
    }

    @Test
    void noSpecMakesRenderingFail() {
        for (long seed = 0; seed < 150; seed++) {
            var objects = render(RandomSpecs.garbage(seed));
            assertThat(objects).as("seed %d", seed).allSatisfy(object -> assertThat(UnknownFields.of(object))
                    .isEmpty());
        }
    }

    private List<HasMetadata> render(Thanos thanos) {
        return renderer.render(Cluster.of(thanos, Inputs.NONE, config));
    }

    private static Thanos thanos(String text) {
        var thanos = Examples.thanos("""
                query:
                  stores: [{addresses: [""]}]
                  tolerations: [{key: k}]
                  affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{labelSelector: {}}]}}
                receive:
                  router: {}
                  ingestors: [{name: a, tenants: [""], dataVolume: {pvc: {metadata: {}}}}]
                """);
        var query = thanos.getSpec().query;
        query.image = text;
        query.nodeSelector = Map.of("key", text, "k" + text, "value");
        query.tolerations.get(0).setValue(text);
        query.stores.get(0).addresses = List.of(text);
        query.affinity
                .getPodAntiAffinity()
                .getRequiredDuringSchedulingIgnoredDuringExecution()
                .get(0)
                .getLabelSelector()
                .setMatchLabels(Map.of("k" + text, text));
        query.selectorLabels = Map.of("key", text);
        var ingestor = thanos.getSpec().receive.ingestors.get(0);
        thanos.getSpec().receive.router.tenantLabelName = text;
        ingestor.tenants = List.of(text);
        ingestor.dataVolume.pvc.metadata.labels = Map.of("key", text);
        ingestor.dataVolume.pvc.metadata.annotations = Map.of("key", text, "k" + text, "value");
        return thanos;
    }

    /** The object with every text replaced, and keys that hold the text too: what remains must not depend on it. */
    private String shape(HasMetadata object) {
        return shape(tree(serialization.asJson(object)));
    }

    private static String shape(JsonNode node) {
        if (node.isArray()) {
            var items = new StringBuilder("[");
            node.forEach(item -> items.append(shape(item)).append(','));
            return items.append(']').toString();
        }
        if (node.isObject()) {
            var fields = new TreeMap<String, String>();
            node.fields()
                    .forEachRemaining(field -> fields.put(
                            field.getKey().startsWith("k")
                                    ? "k" + field.getValue().isNull()
                                    : field.getKey(),
                            shape(field.getValue())));
            return fields.toString();
        }
        return node.getNodeType().toString();
    }

    private static JsonNode tree(String json) {
        try {
            return new ObjectMapper().readTree(json);
        } catch (IOException e) {
            throw new AssertionError(json, e);
        }
    }

    private static <T extends HasMetadata> T one(List<HasMetadata> objects, Class<T> kind, String name) {
        return objects.stream()
                .filter(kind::isInstance)
                .filter(object -> object.getMetadata().getName().equals(name))
                .map(kind::cast)
                .findFirst()
                .orElseThrow();
    }
}
