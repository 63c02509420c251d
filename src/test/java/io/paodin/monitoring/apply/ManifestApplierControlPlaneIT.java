package io.paodin.monitoring.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.client.Config;
import io.paodin.monitoring.controlplane.ControlPlane;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract on a real API server, and what only a real one does. */
@Tag("controlplane")
class ManifestApplierControlPlaneIT extends ApplierContract {

    @Override
    Config server() {
        return ControlPlane.shared().client().getConfiguration();
    }

    @Test
    void reportsWhatTheServerFindsInvalid() {
        var outcome = apply(with(
                ConfigMap.class,
                map -> new ConfigMapBuilder(map).addToData("not a key", "x").build()));

        assertThat(outcome.failure()).isEmpty();
        assertThat(outcome.with(Result.REJECTED)).singleElement().satisfies(applied -> assertThat(applied.message())
                .contains("data[not a key]"));
        assertThat(outcome.with(Result.CREATED)).hasSize(4);
    }

    @Test
    void reportsWhatTheServerCannotRead() {
        var unreadable = with(Deployment.class, deployment -> new DeploymentBuilder(deployment)
                .editSpec()
                .editTemplate()
                .editSpec()
                .editFirstContainer()
                .editResources()
                .addToLimits("cpu", new Quantity("abc"))
                .endResources()
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build());
        var doubled = changed(unreadable, StatefulSet.class, set -> new StatefulSetBuilder(set)
                .editSpec()
                .editTemplate()
                .editSpec()
                .addNewImagePullSecret("twice")
                .addNewImagePullSecret("twice")
                .endSpec()
                .endTemplate()
                .endSpec()
                .build());

        var outcome = apply(doubled);

        assertThat(outcome.failure()).isEmpty();
        assertThat(outcome.with(Result.REJECTED)).extracting(Applied::name).containsExactly("query", "ingestor");
        assertThat(outcome.with(Result.CREATED)).hasSize(3);
    }

    @Test
    void takesOwnFieldsBackFromASecondApplierAndLeavesItTheRest() {
        apply(all());
        var theirs = """
                {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "query", "namespace": "%s",
                 "labels": {"team": "observability"}}, "spec": {"minReadySeconds": 7, "template": {"spec": {"containers":
                 [{"name": "thanos", "image": "theirs:1", "env": [{"name": "THEIRS", "value": "1"}]},
                  {"name": "sidecar", "image": "sidecar:1"}]}}}}""".formatted(namespace());
        others().resource(others().getKubernetesSerialization().unmarshal(theirs, Deployment.class))
                .fieldManager("somebody")
                .forceConflicts()
                .serverSideApply();

        var outcome = apply(all());

        assertThat(outcome.with(Result.CONFIGURED))
                .extracting(Applied::message)
                .containsExactly("differs in spec.template.spec.containers[thanos].image");
        var deployment = outcome.current(Deployment.class, "query").orElseThrow();
        assertThat(deployment.getMetadata().getLabels()).containsEntry("team", "observability");
        assertThat(deployment.getSpec().getMinReadySeconds()).isEqualTo(7);
        var containers = deployment.getSpec().getTemplate().getSpec().getContainers();
        assertThat(containers)
                .extracting(container -> container.getName() + " " + container.getImage())
                .containsExactly("thanos thanos:1", "sidecar sidecar:1");
        assertThat(containers.get(0).getEnv())
                .extracting(variable -> variable.getName())
                .contains("THEIRS");
        assertThat(apply(all()).with(Result.UNCHANGED)).hasSize(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"everything", "query-only", "receive-minimal"})
    void findsTheRenderedManifestsUnchangedOnceTheyAreApplied(String golden) throws IOException {
        var manifests = new ArrayList<HasMetadata>();
        var directory = Path.of("src", "test", "resources", "golden", golden, "manifests");
        try (var files = Files.newDirectoryStream(directory)) {
            for (var file : files) {
                manifests.add(others().getKubernetesSerialization().unmarshal(Files.readString(file)));
            }
        }
        // In the golden files they can be read; what is applied has the form in which the server keeps them.
        manifests.removeIf(manifest -> manifest.getKind().equals("Secret"));

        assertThat(apply(manifests).objects()).extracting(Applied::result).containsOnly(Result.CREATED);
        assertThat(apply(manifests).objects()).allSatisfy(applied -> assertThat(applied.result())
                .as("%s %s %s", applied.kind(), applied.name(), applied.message())
                .isEqualTo(Result.UNCHANGED));
    }
}
