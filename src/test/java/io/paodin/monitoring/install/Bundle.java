package io.paodin.monitoring.install;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * {@code deploy/bundle.yaml}: all that {@code kubectl apply} needs to install the operator, in one file; and {@code
 * deploy/base/operator.yaml}: the same without the definition, which the overlays take from its own file.
 */
public final class Bundle {

    static final Path COMMITTED = Path.of("deploy", "bundle.yaml");
    static final Path OPERATOR = Path.of("deploy", "base", "operator.yaml");

    private static final Path CRD = Path.of("deploy", "crd", "thanos.monitoring.paodin.io-v1.yml");
    private static final Path PACKAGED = Path.of("target", "kubernetes", "kubernetes.yml");

    private static final String HEADER = """
            # Installs the operator: kubectl apply -f deploy/bundle.yaml
            # Generated from src/main/kubernetes/kubernetes.yml and deploy/crd; do not edit.
            """;

    private static final String OPERATOR_HEADER = """
            # The operator without the definition of its resource.
            # Generated from src/main/kubernetes/kubernetes.yml; do not edit.
            """;

    private Bundle() {}

    /** What the two files must be after the packaging that has taken place. */
    static Map<Path, String> generate() throws IOException {
        var bundle = new StringBuilder(HEADER);
        var operator = new StringBuilder(OPERATOR_HEADER);
        for (var object : packaged()) {
            var document = "---\n" + yaml(object);
            bundle.append(document);
            operator.append(document);
            if (object.getKind().equals("Namespace")) {
                bundle.append("---\n")
                        .append(Files.readString(CRD)
                                .replaceFirst("^#[^\n]*\n", "")
                                .strip())
                        .append('\n');
            }
        }
        return Map.of(COMMITTED, bundle.toString(), OPERATOR, operator.toString());
    }

    public static List<HasMetadata> committed() throws IOException {
        return objects(Files.readString(COMMITTED));
    }

    /** What the packaging that has taken place makes of the operator: all but the definition. */
    public static List<HasMetadata> packaged() {
        try {
            return objects(Files.readString(PACKAGED)).stream()
                    .map(Bundle::tidy)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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

    /** Without a client, whose threads would outlive a build. */
    public static List<HasMetadata> objects(String yaml) {
        return Stream.of(yaml.split("(?m)^---$"))
                .filter(document -> document.contains("kind:"))
                .<HasMetadata>map(Serialization::unmarshal)
                .toList();
    }
}
