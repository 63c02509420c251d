package io.paodin.monitoring.install;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.paodin.monitoring.controlplane.ControlPlane;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything in {@code deploy} can be applied to a real API server, and the overlays are what they are said to be. */
@Tag("controlplane")
class ManifestsControlPlaneIT {

    private static final ControlPlane CONTROL_PLANE = ControlPlane.shared();
    private static final Path OLM = Kustomizations.FOLDER.resolve("olm");

    /** Of others, in place of their own definitions. */
    private static final List<StubDefinition> FOREIGN = List.of(
            new StubDefinition("monitoring.coreos.com", "v1", "ServiceMonitor", "Namespaced"),
            new StubDefinition("operators.coreos.com", "v1alpha1", "CatalogSource", "Namespaced"),
            new StubDefinition("operators.coreos.com", "v1alpha1", "ClusterServiceVersion", "Namespaced"),
            new StubDefinition("operators.coreos.com", "v1", "OperatorGroup", "Namespaced"),
            new StubDefinition("operators.coreos.com", "v1alpha1", "Subscription", "Namespaced"),
            new StubDefinition("olm.operatorframework.io", "v1", "ClusterCatalog", "Cluster"),
            new StubDefinition("olm.operatorframework.io", "v1", "ClusterExtension", "Cluster"));

    @BeforeAll
    static void prepare() {
        CONTROL_PLANE.installCrd();
        FOREIGN.forEach(definition -> {
            expectSuccess(CONTROL_PLANE.kubectlWithInput(definition.yaml(), "apply", "--filename", "-"));
            expectSuccess(CONTROL_PLANE.kubectl(
                    "wait", "--for=condition=Established", "customresourcedefinition/" + definition.name()));
        });
        // Some of the folders hold no namespace.
        expectSuccess(CONTROL_PLANE.kubectl("apply", "--server-side", "--filename", Bundle.COMMITTED.toString()));
    }

    /** Other tests may be about a cluster without them. */
    @AfterAll
    static void removeForeignDefinitions() {
        FOREIGN.forEach(definition ->
                expectSuccess(CONTROL_PLANE.kubectl("delete", "customresourcedefinition", definition.name())));
    }

    static Stream<Path> kustomizations() {
        return Kustomizations.all();
    }

    static Stream<Path> samples() {
        return Samples.all();
    }

    @ParameterizedTest
    @MethodSource("kustomizations")
    void everyFolderCanBeApplied(Path folder) {
        expectSuccess(CONTROL_PLANE.kubectl(
                "apply", "--server-side", "--force-conflicts", "--validate=strict", "--kustomize", folder.toString()));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void everySampleCanBeApplied(Path sample) {
        var namespace = CONTROL_PLANE.newNamespace("sample");
        expectSuccess(CONTROL_PLANE.kubectl(
                "apply", "--namespace", namespace, "--validate=strict", "--filename", sample.toString()));
    }

    static Stream<Path> manifestsForOlm() {
        return Kustomizations.files().filter(file -> file.startsWith(OLM));
    }

    @ParameterizedTest
    @MethodSource("manifestsForOlm")
    void everyManifestForOlmCanBeApplied(Path file) {
        expectSuccess(
                CONTROL_PLANE.kubectl("apply", "--server-side", "--validate=strict", "--filename", file.toString()));
    }

    /** OLM creates the account and the deployment of the bundle by itself. */
    @Test
    void everyObjectOfTheBundleForOlmCanBeApplied() {
        expectSuccess(CONTROL_PLANE.kubectl(
                "apply",
                "--server-side",
                "--force-conflicts",
                "--dry-run=server",
                "--validate=strict",
                "--namespace",
                CONTROL_PLANE.newNamespace("olm"),
                "--filename",
                "target/olm/bundle/manifests"));
    }

    @Test
    void theOverlayForAllNamespacesIsTheBundle() throws IOException {
        assertThat(built("all-namespaces")).containsExactlyInAnyOrderElementsOf(Bundle.committed());
    }

    @Test
    void theOverlayForOneNamespaceGrantsTheSameRightsAndNothingInTheWholeCluster() throws IOException {
        var overlay = built("single-namespace");

        assertThat(overlay).allSatisfy(object -> assertThat(object.getMetadata().getNamespace())
                .as(object.getKind())
                .isEqualTo("paodin-monitoring"));
        var role = only(overlay, Role.class, "paodin-monitoring");
        assertThat(role.getRules())
                .isEqualTo(only(Bundle.committed(), ClusterRole.class, "paodin-monitoring")
                        .getRules());
        var container = only(overlay, Deployment.class, "paodin-monitoring")
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .get(0);
        assertThat(container.getEnv())
                .filteredOn(variable -> variable.getName().equals("PAODIN_NAMESPACES"))
                .singleElement()
                .satisfies(variable -> assertThat(variable.getValue()).isEqualTo("JOSDK_WATCH_CURRENT"));
    }

    /** A namespace set by an overlay reaches everything that names it. */
    @Test
    void theOverlayForOneNamespaceCanBeMovedToAnother() throws IOException {
        var overlay = Files.createDirectories(Path.of("target", "controlplane", "team-a"));
        Files.writeString(overlay.resolve("kustomization.yaml"), """
                namespace: team-a
                resources: [../../../deploy/overlays/single-namespace]
                """);

        var text = CONTROL_PLANE.kubectl("kustomize", overlay.toString()).output();

        assertThat(text.lines().filter(line -> line.contains("namespace: ")))
                .isNotEmpty()
                .allMatch(line -> line.endsWith(" team-a"));
    }

    private static List<HasMetadata> built(String overlay) {
        var result = CONTROL_PLANE.kubectl("kustomize", "deploy/overlays/" + overlay);
        expectSuccess(result);
        return Bundle.objects(result.output());
    }

    private static <T extends HasMetadata> T only(List<HasMetadata> objects, Class<T> kind, String name) {
        return objects.stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .filter(object -> object.getMetadata().getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static void expectSuccess(ControlPlane.Result result) {
        assertThat(result.exitCode()).as(result.output()).isZero();
    }
}
