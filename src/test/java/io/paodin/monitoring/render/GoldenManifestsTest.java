package io.paodin.monitoring.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.paodin.monitoring.api.v1alpha1.Thanos;
import io.paodin.monitoring.config.OperatorConfig;
import io.paodin.monitoring.model.Cluster;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What each resource in {@code golden/<case>/thanos.yaml} is rendered to, object by object, in {@code
 * golden/<case>/manifests}. After a wanted change run {@code ./mvnw test -Dtest=GoldenManifestsTest -Dgolden.update} and
 * read the diff.
 */
@QuarkusTest
class GoldenManifestsTest {

    private static final Path GOLDEN = Path.of("src/test/resources/golden");
    private static final Path SAMPLES = Path.of("deploy/samples");

    @Inject
    OperatorConfig config;

    @Inject
    ManifestRenderer renderer;

    @Inject
    KubernetesSerialization serialization;

    @TestFactory
    Stream<DynamicTest> rendersEachCaseAsRecorded() throws IOException {
        return cases().map(file -> DynamicTest.dynamicTest(name(file), () -> compare(file)));
    }

    /** Every recorded case, and every sample that is shipped. */
    private static Stream<Path> cases() throws IOException {
        var cases =
                Files.list(GOLDEN).map(folder -> folder.resolve("thanos.yaml")).filter(Files::exists);
        var samples = Files.exists(SAMPLES) ? Files.list(SAMPLES) : Stream.<Path>empty();
        return Stream.concat(cases, samples.filter(f -> f.toString().endsWith(".yaml")))
                .sorted();
    }

    private static String name(Path file) {
        return file.startsWith(SAMPLES)
                ? "sample-" + file.getFileName().toString().replace(".yaml", "")
                : file.getParent().getFileName().toString();
    }

    private void compare(Path file) throws IOException {
        var expected = GOLDEN.resolve(name(file)).resolve("manifests");
        var rendered = render(file);
        if (System.getProperty("golden.update") != null) {
            write(expected, rendered);
        }
        assertThat(recorded(expected)).isEqualTo(rendered);
    }

    private Map<String, String> render(Path file) throws IOException {
        Thanos thanos = serialization.unmarshal(Files.readString(file), Thanos.class);
        var cluster = Cluster.of(thanos, config);
        assertThat(cluster.violations()).isEmpty();
        return renderer.render(cluster).stream()
                .collect(Collectors.toMap(
                        GoldenManifestsTest::fileName, serialization::asYaml, (a, b) -> a, TreeMap::new));
    }

    private static String fileName(HasMetadata object) {
        return object.getKind().toLowerCase() + "-" + object.getMetadata().getName() + ".yaml";
    }

    private static Map<String, String> recorded(Path folder) throws IOException {
        var files = new TreeMap<String, String>();
        if (Files.exists(folder)) {
            for (var file : Files.list(folder).toList()) {
                files.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return files;
    }

    private static void write(Path folder, Map<String, String> files) throws IOException {
        Files.createDirectories(folder);
        for (var old : Files.list(folder).toList()) {
            Files.delete(old);
        }
        for (var file : files.entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }
    }
}
