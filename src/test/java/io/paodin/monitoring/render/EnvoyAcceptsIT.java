package io.paodin.monitoring.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
        assertThat(check(one, "", "")).contains("cluster admin").endsWith("exit 0");
    }

    /** Without this, the test above might accept anything. */
    @ParameterizedTest
    @CsvSource({
        "match_typed_subject_alt_names, match_typed_subject_alt_name",
        "BEGIN CERTIFICATE, BEGIN NOTHING",
        "stream_idle_timeout, stream_idle_timeouts",
        "envoy.filters.http.router.v3.Router, envoy.filters.http.router.v3.Routers"
    })
    void whatItWouldRefuseIsFound(String text, String other) throws IOException, InterruptedException {
        var secured = withAProxy().stream()
                .filter(one -> one.name().equals("secured-stores"))
                .findFirst()
                .orElseThrow();
        assertThat(check(secured, text, other)).doesNotEndWith("exit 0");
    }

    private static String recorded(GoldenCase one, String kind) throws IOException {
        return Files.readString(one.manifests().resolve(kind + "-central-query-envoy.yaml"));
    }

    private String check(GoldenCase one, String text, String other) throws IOException, InterruptedException {
        var files = new TreeMap<String, String>();
        files.putAll(SERIALIZATION
                .unmarshal(recorded(one, "configmap"), ConfigMap.class)
                .getData());
        SERIALIZATION
                .unmarshal(recorded(one, "secret"), Secret.class)
                .getStringData()
                .forEach((name, content) -> files.put("stores/" + name, content.replace(text, other)));
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
        return said + "exit " + process.exitValue();
    }
}
