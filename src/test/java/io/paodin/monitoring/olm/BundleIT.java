package io.paodin.monitoring.olm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.paodin.monitoring.api.v1alpha1.Thanos;
import io.paodin.monitoring.install.Bundle;
import io.paodin.monitoring.model.Cluster;
import io.paodin.monitoring.model.Examples;
import io.paodin.monitoring.model.Inputs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bundle for OLM installs what {@code deploy/bundle.yaml} does. */
class BundleIT {

    private final BundleContent bundle = BundleContent.of(OlmBundle.packaged());

    @Test
    void grantsTheSameRights() throws IOException {
        var granted = rules(bundle.csv().at("/spec/install/spec/permissions/0/rules"));
        assertThat(granted)
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(
                        ClusterExtension.rulesOf(Bundle.committed()).toList());
    }

    @Test
    void hasTheSameDefinition() throws IOException {
        assertThat(bundle.crd()).isEqualTo(Yaml.read(Path.of("deploy", "crd", "thanos.monitoring.paodin.io-v1.yml")));
    }

    /** But for where the operator looks, where it runs, and how its images are told. */
    @Test
    void runsTheSameDeployment() throws IOException {
        var installed = deployment(Bundle.committed());
        var ours = bundle.csv().at("/spec/install/spec/deployments/0/spec").deepCopy();

        for (var pod : List.of(installed, ours)) {
            ((ObjectNode) pod.at("/template/spec")).remove("affinity");
            ((ObjectNode) pod.at("/template/spec/containers/0")).remove("env");
        }
        assertThat(ours).isEqualTo(installed);
    }

    @Test
    void looksWhereOlmSays() {
        assertThat(variables())
                .containsEntry("PAODIN_NAMESPACES", "metadata.annotations['olm.targetNamespaces']")
                .containsEntry("PAODIN_IMAGES_THANOS", "$(RELATED_IMAGE_THANOS)");
    }

    @Test
    void offersTheSamples() throws IOException {
        var examples = Yaml.JSON.readTree(
                bundle.csv().at("/metadata/annotations/alm-examples").asText());

        assertThat(StreamSupport.stream(examples.spliterator(), false)
                        .map(example -> example.at("/metadata/name").asText()))
                .startsWith("minimal")
                .contains("thanos-sample", "tenants", "production");
        for (var example : examples) {
            var thanos = Yaml.JSON.treeToValue(example, Thanos.class);
            assertThat(Cluster.of(thanos, Inputs.NONE, Examples.settings(Map.of()))
                            .violations())
                    .isEmpty();
        }
    }

    /** As the release does it. */
    @Test
    void hasDigestsIfTheyAreGiven(@TempDir Path directory) throws IOException {
        var digest = "@sha256:" + "0123456789abcdef".repeat(4);
        var images = related(bundle.csv());
        var file = Files.writeString(
                directory.resolve("images"),
                images.stream()
                        .map(image -> image + "=" + image.replaceFirst(":[^:/]+$", "") + digest + "\n")
                        .collect(Collectors.joining()));
        var target = directory.resolve("olm");

        BundleAssembly.main("--version=1.2.3", "--created=1764349331", "--images=" + file, "--target=" + target);

        var pinned = BundleContent.of(new OlmBundle(target.resolve("bundle")));
        assertThat(BundleRules.findings(pinned, Release.released())).isEmpty();
        assertThat(related(pinned.csv())).hasSameSizeAs(images).allMatch(image -> image.endsWith(digest));
        assertThat(pinned.csv().path("spec").toString()).doesNotContain(images);
        assertThat(new OlmBundle(target.resolve("bundle")).read(OlmBundle.CSV))
                .contains("createdAt: \"2025-11-28T17:02:11Z\"");
    }

    @Test
    void oneVersionFollowsTheOther(@TempDir Path directory) throws IOException {
        var releases = Files.writeString(directory.resolve("releases.yaml"), """
                - {version: 0.1.0, channels: [candidate, stable], bundle: "quay.io/paodin/b@sha256:1"}
                - {version: 0.2.0, channels: [candidate, stable], bundle: "quay.io/paodin/b@sha256:2"}
                """);
        var target = directory.resolve("olm");
        var time = "2026-11-28T17:02:11Z";

        BundleAssembly.main("--version=0.3.0", "--created=" + time, "--releases=" + releases, "--target=" + target);

        var next = BundleContent.of(new OlmBundle(target.resolve("bundle")));
        assertThat(BundleRules.findings(next, Release.of(Yaml.read(releases)))).isEmpty();
        assertThat(next.csv().at("/spec/replaces").asText()).isEqualTo("paodin-monitoring.v0.2.0");
        assertThat(next.csv().at("/metadata/annotations/olm.skipRange").asText())
                .isEqualTo(">=0.1.0 <0.3.0");
        assertThat(next.csv().at("/metadata/annotations/createdAt").asText()).isEqualTo(time);
        assertThat(CatalogRules.findings(Yaml.read(target.resolve("catalog-template.yaml"))))
                .isEmpty();
    }

    /** The account with whose rights OLM v1 installs the operator can grant all of the operator's. */
    @Test
    void theInstallerOfOlmV1HasAllRightsThatItGrants() throws IOException {
        var installer = new TreeSet<String>();
        var operator = new TreeSet<String>();
        Bundle.objects(Files.readString(ClusterExtension.COMMITTED))
                .forEach(object -> installer.addAll(
                        rights(ClusterExtension.rulesOf(List.of(object)).toList())));
        operator.addAll(rights(rules(bundle.csv().at("/spec/install/spec/permissions/0/rules"))));
        operator.addAll(List.of("get /namespaces ", "list /namespaces ", "watch /namespaces "));
        assertThat(installer).containsAll(operator);
    }

    /** The resources by name are told apart. */
    private static List<String> rights(List<PolicyRule> rules) {
        return rules.stream()
                .flatMap(rule -> rule.getApiGroups().stream()
                        .flatMap(group -> rule.getResources().stream().flatMap(resource -> rule.getVerbs().stream()
                                .map(verb -> verb + " " + group + "/" + resource + " "
                                        + String.join(",", rule.getResourceNames())))))
                .toList();
    }

    private static List<PolicyRule> rules(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(rule -> Yaml.JSON.convertValue(rule, PolicyRule.class))
                .toList();
    }

    private static JsonNode deployment(List<HasMetadata> objects) {
        return objects.stream()
                .filter(object -> object.getKind().equals("Deployment"))
                .map(object ->
                        Yaml.parse(Yaml.text(Yaml.JSON.valueToTree(object))).path("spec"))
                .findFirst()
                .orElseThrow();
    }

    private Map<String, String> variables() {
        return StreamSupport.stream(
                        bundle.csv()
                                .at("/spec/install/spec/deployments/0/spec/template/spec/containers/0/env")
                                .spliterator(),
                        false)
                .collect(Collectors.toMap(
                        variable -> variable.path("name").asText(),
                        variable -> variable.has("value")
                                ? variable.path("value").asText()
                                : variable.at("/valueFrom/fieldRef/fieldPath").asText()));
    }

    private static List<String> related(JsonNode csv) {
        return StreamSupport.stream(csv.at("/spec/relatedImages").spliterator(), false)
                .map(one -> one.path("image").asText())
                .toList();
    }
}
