package io.paodin.monitoring.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The real Envoy accepts what is recorded: it runs with it for a moment, and refuses fields that it does not know. Needs
 * the testbed that {@code TESTBED_DIR} names, with its programs; listens on the ports of the proxy.
 */
@Tag("envoy")
class EnvoyAcceptsIT {

    private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();
    private static final YAMLMapper YAML = new YAMLMapper();

    @TempDir
    Path directory;

    static List<GoldenCase> withAProxy() throws IOException {
        try (Stream<GoldenCase> cases = GoldenCase.all()) {
            return cases.filter(one -> Files.exists(one.manifests().resolve("secret-central-query-envoy.yaml")))
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("withAProxy")
    void theProxyAcceptsEachCase(GoldenCase one) throws IOException, InterruptedException {
        var files = files(one);
        assertThat(check(files)).containsAll(accepted(files));
    }

    /** Without this, the test above might accept anything. */
    @ParameterizedTest
    @CsvSource({
        "match_typed_subject_alt_names, match_typed_subject_alt_name",
        "BEGIN CERTIFICATE, BEGIN NOTHING",
        "stream_idle_timeout, stream_idle_timeouts",
        "filters.http.router.v3.Router, filters.http.router.v3.Routers"
    })
    void whatItWouldRefuseIsFound(String text, String other) throws IOException, InterruptedException {
        var secured = withAProxy().stream()
                .filter(one -> one.name().equals("secured-stores"))
                .findFirst()
                .orElseThrow();
        var files = files(secured);
        var accepted = accepted(files);
        assertThat(files.values()).anyMatch(file -> file.contains(text));
        files.replaceAll((name, file) -> file.replace(text, other));
        assertThat(check(files)).matches(answer -> !answer.containsAll(accepted), "lacks some of " + accepted);
    }

    /** By their paths in the directory of the proxy. */
    private static Map<String, String> files(GoldenCase one) throws IOException {
        var files = new TreeMap<>(SERIALIZATION
                .unmarshal(recorded(one, "configmap"), ConfigMap.class)
                .getData());
        SERIALIZATION
                .unmarshal(recorded(one, "secret"), Secret.class)
                .getStringData()
                .forEach((name, content) -> files.put("stores/" + name, content));
        return files;
    }

    private static String recorded(GoldenCase one, String kind) throws IOException {
        return Files.readString(one.manifests().resolve(kind + "-central-query-envoy.yaml"));
    }

    /**
     * What {@code check-envoy} says if the proxy has everything in the files. That it refused nothing is not enough: it
     * counts a file with an unknown type as not read.
     */
    private static Set<String> accepted(Map<String, String> files) throws IOException {
        var lines = new HashSet<>(Set.of("cluster admin", "exit 0"));
        for (var listener : resources(files.get("stores/listeners.yaml"))) {
            var socket = listener.at("/address/socket_address");
            lines.add("listener %s %s:%s"
                    .formatted(
                            listener.get("name").asText(),
                            socket.get("address").asText(),
                            socket.get("port_value").asText()));
        }
        for (var cluster : resources(files.get("stores/clusters.yaml"))) {
            lines.add("cluster " + cluster.get("name").asText());
        }
        return lines;
    }

    private static JsonNode resources(String file) throws IOException {
        return YAML.readTree(file).get("resources");
    }

    /** The lines that {@code check-envoy} prints, and its exit code. */
    private List<String> check(Map<String, String> files) throws IOException, InterruptedException {
        Files.createDirectories(directory.resolve("stores"));
        for (var file : files.entrySet()) {
            Files.writeString(directory.resolve(file.getKey()), file.getValue());
        }
        var testbed = System.getenv().getOrDefault("TESTBED_DIR", "../shared/testbed");
        var process = new ProcessBuilder(testbed + "/dataplane/check-envoy", directory.toString())
                .redirectErrorStream(true)
                .start();
        var said = new String(process.getInputStream().readAllBytes());
        if (!process.waitFor(1, TimeUnit.MINUTES)) {
            process.destroy();
            throw new AssertionError("does not end: " + said);
        }
        return (said + "exit " + process.exitValue()).lines().toList();
    }
}
