package io.paodin.monitoring.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.paodin.monitoring.controlplane.ControlPlane;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every object that is written in a page can be applied to a real API server. */
@Tag("controlplane")
class ExamplesControlPlaneIT {

    private static final ControlPlane CONTROL_PLANE = ControlPlane.shared();

    @BeforeAll
    static void installCrd() {
        CONTROL_PLANE.installCrd();
    }

    static Stream<Example> examples() {
        return objects(false);
    }

    /** Of which kubectl makes objects. */
    static Stream<Example> kustomizations() {
        return objects(true);
    }

    private static Stream<Example> objects(boolean ofKustomize) {
        return Example.all()
                .filter(example -> example.object().isPresent())
                .filter(example -> example.text().contains("kustomize.config.k8s.io") == ofKustomize)
                // Of others' kinds the server has no definition.
                .filter(example -> !example.text().contains("cert-manager.io/"));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void canBeApplied(Example example) {
        var namespace = CONTROL_PLANE.newNamespace("example");
        var object = example.object().orElseThrow();
        var result = CONTROL_PLANE.kubectlWithInput(
                object, "apply", "--namespace", namespace, "--validate=strict", "--filename", "-");
        assertThat(result.exitCode()).as(result.output()).isZero();
    }

    /** They are in a folder beside {@code deploy}. */
    @ParameterizedTest
    @MethodSource("kustomizations")
    void canBeBuilt(Example example) throws IOException {
        var folder = Files.createDirectories(Path.of("target", "controlplane", "kustomization"));
        Files.writeString(
                folder.resolve("kustomization.yaml"), example.text().replace("- ../deploy", "- ../../../deploy"));
        var result = CONTROL_PLANE.kubectl("kustomize", folder.toString());
        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(result.output()).contains("kind: Deployment");
    }
}
