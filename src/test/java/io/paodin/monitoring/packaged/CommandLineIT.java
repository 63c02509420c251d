package io.paodin.monitoring.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.paodin.monitoring.apiserver.ApiServer;
import io.paodin.monitoring.install.Samples;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLineIT {

    private static final String SAMPLE = "deploy/samples/thanos.yaml";

    private static final String INVALID = """
            apiVersion: monitoring.paodin.io/v1alpha1
            kind: Thanos
            metadata: {name: central}
            spec:
              query: {bogus: 1}
              compact: {}
            """;

    private static final String STORED = """
            apiVersion: monitoring.paodin.io/v1alpha1
            kind: Thanos
            metadata: {name: central}
            spec:
              objectStorageConfig: {name: objstore, key: config.yaml}
              storeGateway: {}
            """;

    private static String secret(String config) {
        return """
                ---
                apiVersion: v1
                kind: Secret
                metadata: {name: objstore}
                stringData:
                  config.yaml: '{type: S3, config: %s}'
                """.formatted(config);
    }

    @Test
    void helpNamesEveryCommand() {
        var result = PackagedOperator.run("", "--help");

        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).contains("operator", "render", "validate", "crd", "Exit codes");
        assertThat(result.err()).isEmpty();
    }

    @Test
    void versionIsTheNameAndTheVersion() {
        var result = PackagedOperator.run("", "--version");

        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).matches("paodin-monitoring \\d+\\.\\d+\\.\\d+\\S*\\R");
        assertThat(result.err()).isEmpty();
    }

    @Test
    void crdIsTheCommittedDefinition() throws IOException {
        var result = PackagedOperator.run("", "crd");

        assertThat(result.exitCode()).isZero();
        assertThat(result.out())
                .isEqualTo(Files.readString(Path.of("deploy", "crd", "thanos.monitoring.paodin.io-v1.yml")));
        assertThat(result.err()).isEmpty();
    }

    @Test
    void renderPrintsNothingButObjects() {
        var result = PackagedOperator.run("", "render", "-n", "demo", "-f", SAMPLE);

        assertThat(result.exitCode()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(objects(result.out()))
                .allSatisfy(object ->
                        assertThat(object.getMetadata().getNamespace()).isEqualTo("demo"))
                .extracting(
                        object -> object.getKind() + "/" + object.getMetadata().getName())
                .contains("Deployment/thanos-sample-query", "Deployment/thanos-sample-receive-router");
    }

    @Test
    void renderReadsStandardInputAsItReadsFiles() throws IOException {
        var piped = PackagedOperator.run(Files.readString(Path.of(SAMPLE)), "render", "-f", "-");

        assertThat(piped.exitCode()).isZero();
        assertThat(piped.out())
                .isEqualTo(PackagedOperator.run("", "render", "-f", SAMPLE).out());
    }

    @Test
    void renderPrintsNothingOfAnInputThatIsPartlyInvalid(@TempDir Path directory) throws IOException {
        var invalid = Files.writeString(directory.resolve("invalid.yaml"), INVALID);

        var result = PackagedOperator.run("", "render", "-f", SAMPLE, "-f", invalid.toString());

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains(invalid + ": central: spec.query.bogus: is not a field");
    }

    @Test
    void validateListsAllViolationsOfAllFiles() {
        var result = PackagedOperator.run(INVALID, "validate", "-f", SAMPLE, "-");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out().lines())
                .hasSize(3)
                .contains(SAMPLE + ": thanos-sample: valid")
                .anyMatch(line -> line.startsWith("stdin: central: spec.query.bogus: "))
                .anyMatch(line -> line.startsWith("stdin: central: spec.compact.objectStorageConfig: "));
        assertThat(result.err()).isEmpty();
    }

    @Test
    void validateTellsWhatIsWrongWithAGivenSecretAndRepeatsNothingOfIt() {
        var result = PackagedOperator.run(STORED + secret("{bucket: a, access_key: hunter2}"), "validate", "-f", "-");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out().lines())
                .singleElement()
                .asString()
                .startsWith("stdin: central: Secret objstore, key config.yaml: config.endpoint is missing: ")
                .contains("config.secret_key is missing, since config.access_key is given: ")
                .doesNotContain("hunter2");
        assertThat(result.err()).isEmpty();
    }

    @Test
    void aSecretThatIsNotGivenIsNoFault() {
        var validated = PackagedOperator.run(STORED, "validate", "-f", "-");
        assertThat(validated.exitCode()).isZero();
        assertThat(validated.out().lines()).containsExactly("stdin: central: valid");

        var rendered = PackagedOperator.run(STORED, "render", "-f", "-");
        assertThat(rendered.exitCode()).isZero();
        assertThat(rendered.out()).doesNotContain("monitoring.paodin.io/object-storage:");
        assertThat(rendered.err().lines())
                .containsExactly(
                        "stdin: central: Secret objstore is not in the input: the annotations of its content and"
                                + " its bucket are left out");
    }

    @Test
    void renderUsesAGivenSecretAndPrintsNothingOfIt() {
        var rendered = PackagedOperator.run(
                STORED + secret("{bucket: a, endpoint: b, access_key: hunter2, secret_key: hunter3}"),
                "render",
                "-f",
                "-");

        assertThat(rendered.exitCode()).as(rendered.err()).isZero();
        assertThat(rendered.out())
                .contains("monitoring.paodin.io/object-storage: ")
                .doesNotContain("hunter")
                .doesNotContain("kind: Secret");
        assertThat(rendered.err()).isEmpty();
    }

    @Test
    void validateAcceptsEverySample() {
        var arguments = Samples.withResources()
                .flatMap(sample -> Stream.of("-f", sample.toString()))
                .toList();
        var result = PackagedOperator.run("", command("validate", arguments));

        assertThat(result.exitCode()).as(result.out()).isZero();
    }

    @Test
    void tellsUsageAndInputThatCannotBeReadFromInvalidResources() {
        assertThat(PackagedOperator.run("", "render").exitCode()).isEqualTo(2);
        assertThat(PackagedOperator.run("", "nonsense").exitCode()).isEqualTo(2);

        var missing = PackagedOperator.run("", "validate", "-f", "missing.yaml");
        assertThat(missing.exitCode()).isEqualTo(2);
        assertThat(missing.out()).isEmpty();
        assertThat(missing.err().lines()).containsExactly("missing.yaml does not exist");
    }

    @Test
    void theOperatorSaysWhatToDoWithoutACluster() {
        var result = PackagedOperator.run("");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("No cluster is configured: set KUBECONFIG", "./mvnw -Ptry");
    }

    @Test
    void theOperatorSaysThatTheClusterDoesNotAnswer(@TempDir Path directory) throws IOException {
        String kubeconfig;
        try (var server = ApiServer.start()) {
            kubeconfig = server.kubeconfig();
        }
        var file = Files.writeString(directory.resolve("kubeconfig"), kubeconfig);

        var result = PackagedOperator.runIn(file, "", "operator");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("No Kubernetes API server answers at http://127.0.0.1:");
    }

    private static String[] command(String command, List<String> arguments) {
        return Stream.concat(Stream.of(command), arguments.stream()).toArray(String[]::new);
    }

    private static List<HasMetadata> objects(String yaml) {
        try (var client = new KubernetesClientBuilder().build()) {
            return client.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                    .items();
        }
    }
}
