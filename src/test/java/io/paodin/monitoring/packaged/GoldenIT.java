package io.paodin.monitoring.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.paodin.monitoring.apiserver.ApiServer;
import io.paodin.monitoring.install.Samples;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The packaged operator makes of resources what the classes do, whatever it is packaged as. */
class GoldenIT {

    private static final Path GOLDEN = Path.of("src", "test", "resources", "golden");
    private static final YAMLMapper YAML = new YAMLMapper();

    @Test
    void samplesAreRenderedAsRecorded() throws IOException {
        for (var sample : samples().toList()) {
            var result = PackagedOperator.run("", "render", "--file", sample.toString());

            assertThat(result.exitCode()).as(result.err()).isZero();
            assertThat(documents(result.out()))
                    .as(sample.toString())
                    .containsExactlyInAnyOrderElementsOf(recorded(sample));
        }
    }

    /** But for the one of stores: certificates are not there, and are not shown. */
    private static Stream<Path> samples() {
        return Samples.withResources().filter(sample -> !sample.endsWith("secured-stores.yaml"));
    }

    static List<Arguments> resources() {
        var stores = GOLDEN.resolve("secured-stores").resolve("thanos.yaml");
        return Stream.concat(
                        samples().map(sample -> Arguments.of(golden(sample), sample)),
                        Stream.of(Arguments.of("secured-stores", stores)))
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("resources")
    void resourcesAreAppliedAsRecorded(String name, Path resource, @TempDir Path directory) throws IOException {
        try (var server = ApiServer.start()) {
            server.load(Files.readString(Path.of("deploy", "crd", "thanos.monitoring.paodin.io-v1.yml")));
            server.load(inDefault(Files.readString(resource)));
            var kubeconfig = Files.writeString(directory.resolve("kubeconfig"), server.kubeconfig());
            try (var operator = PackagedOperator.start(kubeconfig, "golden")) {
                for (var file : manifests(name)) {
                    var recorded = content(parse(inDefault(Files.readString(file))));
                    await(name).atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(applied(recorded, server))
                            .as("%s, %s", file, operator.log())
                            .isEqualTo(recorded));
                }
            }
        }
    }

    /** What there is of the fields of an object. The server adds its defaults, which are none of ours. */
    private static JsonNode applied(JsonNode recorded, ApiServer server) {
        return server.find(
                        recorded.get("apiVersion").asText(),
                        recorded.get("kind").asText(),
                        "default",
                        recorded.at("/metadata/name").asText())
                .map(stored -> common(recorded, parse(stored.toString())))
                .orElseGet(MissingNode::getInstance);
    }

    private static JsonNode common(JsonNode recorded, JsonNode stored) {
        if (recorded instanceof ObjectNode && stored instanceof ObjectNode object) {
            object.properties().removeIf(field -> !recorded.has(field.getKey()));
            object.properties()
                    .forEach(field -> field.setValue(common(recorded.get(field.getKey()), field.getValue())));
        } else if (recorded instanceof ArrayNode && stored instanceof ArrayNode array) {
            for (int i = 0; i < Math.min(array.size(), recorded.size()); i++) {
                array.set(i, common(recorded.get(i), array.get(i)));
            }
        }
        return stored;
    }

    private static String inDefault(String yaml) {
        return yaml.replaceAll("(?m)^  namespace: .*\\n", "");
    }

    /** With a Secret's content as it is stored. */
    private static JsonNode content(JsonNode object) {
        if (object instanceof ObjectNode secret && secret.remove("stringData") instanceof ObjectNode texts) {
            var data = secret.putObject("data");
            texts.properties()
                    .forEach(text -> data.put(
                            text.getKey(),
                            Base64.getEncoder()
                                    .encodeToString(text.getValue().asText().getBytes(StandardCharsets.UTF_8))));
        }
        return object;
    }

    private static JsonNode parse(String text) {
        try {
            return YAML.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String golden(Path sample) {
        return "sample-"
                + Samples.FOLDER.relativize(sample).toString().replace('/', '-').replace(".yaml", "");
    }

    private static List<Path> manifests(String name) throws IOException {
        try (var manifests = Files.list(GOLDEN.resolve(name).resolve("manifests"))) {
            return manifests.sorted().toList();
        }
    }

    private static List<String> recorded(Path sample) throws IOException {
        var documents = new ArrayList<String>();
        for (var file : manifests(golden(sample))) {
            documents.addAll(documents(Files.readString(file)));
        }
        return documents;
    }

    private static List<String> documents(String yaml) {
        return Stream.of(yaml.split("(?m)^---$"))
                .map(String::strip)
                .filter(document -> !document.isEmpty())
                .toList();
    }
}
