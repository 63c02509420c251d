package io.paodin.monitoring.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.paodin.monitoring.install.LastRelease;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An upgrade of the operator replaces no pod of an unchanged resource, unless the changelog says so, in a line of its unreleased
 * part: {@code [CHANGE] Replaces the pods of query: …}.
 */
@QuarkusTest
class UpgradeTest {

    private static final Pattern ANNOUNCED = Pattern.compile("(?m)^- \\[CHANGE] Replaces the pods of ([\\w-]+)\\b");

    @Inject
    ManifestRenderer renderer;

    @Inject
    KubernetesSerialization serialization;

    @Test
    void replacesNoPodsButThoseThatTheChangelogNames() throws IOException {
        var last = LastRelease.find();
        if (last.isPresent()) {
            assertThat(announced(Files.readString(Path.of("CHANGELOG.md"))))
                    .as("whose pods change since %s", last.get().version())
                    .containsAll(replaced(last.get()));
        }
    }

    @Test
    void seesWhosePodsChange(@TempDir Path directory) throws IOException {
        var release = new LastRelease(directory);
        RecordReleaseTest.record("1.2.3", release);
        assertThat(replaced(release)).isEmpty();

        var deployment = release.golden().resolve("query-only/manifests/deployment-q-query.yaml");
        Files.writeString(
                deployment, Files.readString(deployment).replace("- \"query\"", "- \"query\"\n        - \"--x\""));
        assertThat(replaced(release)).containsExactly("query");
    }

    @Test
    void readsTheChangelogUpToTheLastVersion() {
        assertThat(announced("""
                ## Unreleased (0.2.0)

                - [CHANGE] Replaces the pods of query: another probe.
                - [BUGFIX] Replaces the pods of compact: no.

                ## 0.1.0

                - [CHANGE] Replaces the pods of store-gateway: long ago.
                """)).containsExactly("query");
    }

    /** The components whose pods are others than the release rendered for the same resource. */
    private Set<String> replaced(LastRelease release) throws IOException {
        var components = new TreeSet<String>();
        try (var cases = Files.list(release.golden())) {
            for (var folder : cases.toList()) {
                var one = new GoldenCase(folder.getFileName().toString(), folder.resolve("thanos.yaml"));
                for (var object : renderer.render(one.cluster(serialization))) {
                    var recorded = folder.resolve("manifests")
                            .resolve(object.getKind().toLowerCase() + "-"
                                    + object.getMetadata().getName() + ".yaml");
                    var template = template(object);
                    if (template.isPresent() && Files.exists(recorded)) {
                        HasMetadata then = serialization.unmarshal(Files.readString(recorded));
                        if (!template.map(serialization::asYaml)
                                .equals(template(then).map(serialization::asYaml))) {
                            components.add(object.getMetadata().getLabels().get("app.kubernetes.io/component"));
                        }
                    }
                }
            }
        }
        return components;
    }

    private static Optional<PodTemplateSpec> template(HasMetadata object) {
        if (object instanceof Deployment deployment) {
            return Optional.of(deployment.getSpec().getTemplate());
        }
        return object instanceof StatefulSet set ? Optional.of(set.getSpec().getTemplate()) : Optional.empty();
    }

    private static Set<String> announced(String changelog) {
        var unreleased = changelog.split("(?m)^## ")[1];
        return ANNOUNCED
                .matcher(unreleased)
                .results()
                .map(line -> line.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
