package io.paodin.monitoring.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What each resource in {@code golden/<case>/thanos.yaml} is rendered to, object by object, in {@code
 * golden/<case>/manifests}; the same for every sample that is shipped. After a wanted change run {@code ./mvnw test -Dtest=GoldenManifestsTest -Dgolden.update} and
 * read the diff.
 */
@QuarkusTest
class GoldenManifestsTest {

    @Inject
    ManifestRenderer renderer;

    @Inject
    KubernetesSerialization serialization;

    @TestFactory
    Stream<DynamicTest> rendersEachCaseAsRecorded() throws IOException {
        return GoldenCase.all().map(one -> DynamicTest.dynamicTest(one.name(), () -> compare(one)));
    }

    @Test
    void nothingIsRecordedThatNoCaseRenders() throws IOException {
        try (var folders = Files.list(GoldenCase.FOLDER)) {
            assertThat(folders.map(folder -> folder.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            GoldenCase.all().map(GoldenCase::name).toList());
        }
    }

    private void compare(GoldenCase one) throws IOException {
        var rendered = render(one);
        if (System.getProperty("golden.update") != null) {
            write(one.manifests(), rendered);
        }
        assertThat(recorded(one.manifests())).isEqualTo(rendered);
    }

    private Map<String, String> render(GoldenCase one) throws IOException {
        return renderer.render(one.cluster(serialization)).stream()
                .collect(Collectors.toMap(
                        GoldenManifestsTest::fileName,
                        object -> serialization.asYaml(readable(object)),
                        (a, b) -> a,
                        TreeMap::new));
    }

    /** A Secret with its content as text. */
    private static HasMetadata readable(HasMetadata object) {
        if (!(object instanceof Secret secret)) {
            return object;
        }
        var texts = new TreeMap<String, String>();
        secret.getData()
                .forEach((key, data) ->
                        texts.put(key, new String(Base64.getDecoder().decode(data), StandardCharsets.UTF_8)));
        return new SecretBuilder(secret).withData(null).withStringData(texts).build();
    }

    private static String fileName(HasMetadata object) {
        return object.getKind().toLowerCase() + "-" + object.getMetadata().getName() + ".yaml";
    }

    private static Map<String, String> recorded(Path folder) throws IOException {
        var files = new TreeMap<String, String>();
        if (Files.exists(folder)) {
            try (var list = Files.list(folder)) {
                for (var file : list.toList()) {
                    files.put(file.getFileName().toString(), Files.readString(file));
                }
            }
        }
        return files;
    }

    private static void write(Path folder, Map<String, String> files) throws IOException {
        Files.createDirectories(folder);
        for (var old : recorded(folder).keySet()) {
            Files.delete(folder.resolve(old));
        }
        for (var file : files.entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }
    }
}
