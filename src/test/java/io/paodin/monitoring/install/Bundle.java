package io.paodin.monitoring.install;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** {@code deploy/bundle.yaml}: all that {@code kubectl apply} needs to install the operator, in one file. */
final class Bundle {

    static final Path COMMITTED = Path.of("deploy", "bundle.yaml");

    private static final Path CRD = Path.of("deploy", "crd", "thanos.monitoring.paodin.io-v1.yml");
    private static final Path PACKAGED = Path.of("target", "kubernetes", "kubernetes.yml");

    private static final String HEADER = """
            # Installs the operator: kubectl apply -f deploy/bundle.yaml
            # Generated from src/main/kubernetes/kubernetes.yml and deploy/crd; do not edit.
            """;

    private Bundle() {}

    /** What the file must be after the packaging that has taken place. */
    static String generate() throws IOException {
        var text = new StringBuilder(HEADER);
        for (var object : objects(Files.readString(PACKAGED))) {
            text.append("---\n").append(yaml(tidy(object)));
            if (object.getKind().equals("Namespace")) {
                text.append("---\n")
                        .append(Files.readString(CRD)
                                .replaceFirst("^#[^\n]*\n", "")
                                .strip())
                        .append('\n');
            }
        }
        return text.toString();
    }

    static List<HasMetadata> committed() throws IOException {
        return objects(Files.readString(COMMITTED));
    }

    /** Takes out what the build tools say about themselves. */
    private static HasMetadata tidy(HasMetadata object) {
        tidy(object.getMetadata());
        if (object instanceof Deployment deployment) {
            var template = deployment.getSpec().getTemplate();
            tidy(template.getMetadata());
            for (var container : template.getSpec().getContainers()) {
                // It would win over PAODIN_NAMESPACES, the documented setting.
                container.getEnv().removeIf(Bundle::isOfTheSdk);
                Stream.of(container.getLivenessProbe(), container.getReadinessProbe(), container.getStartupProbe())
                        .forEach(Bundle::tidy);
            }
        }
        return object;
    }

    private static void tidy(ObjectMeta metadata) {
        metadata.getAnnotations().keySet().removeIf(key -> key.startsWith("app.quarkus.io/"));
        metadata.getLabels().remove("app.kubernetes.io/managed-by", "quarkus");
    }

    /** The API server does not store this zero, so that every kubectl apply would find a difference. */
    private static void tidy(Probe probe) {
        if (Integer.valueOf(0).equals(probe.getInitialDelaySeconds())) {
            probe.setInitialDelaySeconds(null);
        }
    }

    private static boolean isOfTheSdk(EnvVar variable) {
        return variable.getName().startsWith("QUARKUS_OPERATOR_SDK_");
    }

    private static String yaml(HasMetadata object) {
        return Serialization.asYaml(object).replaceFirst("^---\n", "").strip() + "\n";
    }

    private static List<HasMetadata> objects(String yaml) {
        try (KubernetesClient client = new KubernetesClientBuilder().build()) {
            return client.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                    .items();
        }
    }
}
