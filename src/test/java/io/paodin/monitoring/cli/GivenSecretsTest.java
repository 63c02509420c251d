package io.paodin.monitoring.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.paodin.monitoring.model.SecretRef;
import io.paodin.monitoring.model.SecretValue;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class GivenSecretsTest {

    private static final SecretRef REFERENCE = new SecretRef("objstore", "config.yaml");

    private final ResourceReader reader = new ResourceReader(new KubernetesSerialization());

    private Documents read(String secrets) {
        var yaml = """
                apiVersion: monitoring.paodin.io/v1alpha1
                kind: Thanos
                metadata: {name: central}
                spec:
                  objectStorageConfig: {name: objstore, key: config.yaml}
                  storeGateway: {}
                  compact: {}
                """ + secrets;
        return reader.read(List.of("-"), "given", new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)));
    }

    private SecretValue value(String secrets) {
        var documents = read(secrets);
        var thanos = documents.resources().get(0).thanos();
        assertThat(documents.secrets().missing(thanos)).isEmpty();
        return documents.secrets().values(thanos).get(REFERENCE);
    }

    private static String secret(String fields) {
        return secret("objstore", fields);
    }

    private static String secret(String metadata, String fields) {
        return "---\n{apiVersion: v1, kind: Secret, metadata: {name: " + metadata + "}, " + fields + "}\n";
    }

    @Test
    void textIsTakenAsItIs() {
        assertThat(value(secret("stringData: {config.yaml: 'type: S3'}"))).isEqualTo(new SecretValue.Found("type: S3"));
    }

    @Test
    void dataIsDecoded() {
        assertThat(value(secret("data: {config.yaml: \"dHlwZTog\\nw6k=\"}")))
                .isEqualTo(new SecretValue.Found("type: é"));
    }

    @Test
    void textLiesOverData() {
        assertThat(value(secret("data: {config.yaml: YQ==}, stringData: {config.yaml: b}")))
                .isEqualTo(new SecretValue.Found("b"));
        assertThat(value(secret("data: {config.yaml: YQ==}, stringData: {other: b}")))
                .isEqualTo(new SecretValue.Found("a"));
    }

    @Test
    void ofTwoTheLastCounts() {
        assertThat(value(secret("stringData: {config.yaml: a}") + secret("stringData: {config.yaml: b}")))
                .isEqualTo(new SecretValue.Found("b"));
    }

    @Test
    void aMissingKeyIsAFault() {
        assertThat(value(secret("stringData: {config.yml: a}")))
                .isEqualTo(new SecretValue.Missing("has no key config.yaml: add it"));
        assertThat(value(secret("type: Opaque"))).isEqualTo(new SecretValue.Missing("has no key config.yaml: add it"));
    }

    @Test
    void aConfigurationThatIsWrittenAsYamlIsNoText() {
        assertThat(value(secret("stringData: {config.yaml: {type: S3}}")))
                .isEqualTo(new SecretValue.Missing(
                        "has a key config.yaml that is not text: write | behind config.yaml: to make it text"));
    }

    @Test
    void textInDataIsNoBase64() {
        assertThat(value(secret("data: {config.yaml: 'type: S3'}")))
                .isEqualTo(new SecretValue.Missing(
                        "has a key config.yaml that is not Base64: encode it, or move it to stringData"));
    }

    @Test
    void aSecretOfTheSameNamespaceCounts() {
        assertThat(value(secret("objstore, namespace: given", "stringData: {config.yaml: a}")))
                .isEqualTo(new SecretValue.Found("a"));
    }

    @Test
    void whatIsNotGivenIsNotJudged() {
        var documents = read(secret("other", "stringData: {config.yaml: a}")
                + secret("objstore, namespace: elsewhere", "stringData: {config.yaml: b}")
                + secret("stringData: {config.yaml: c}").replace("kind: Secret", "kind: ConfigMap")
                + secret("stringData: {config.yaml: d}").replace("v1", "example.com/v1")
                + "---\n{apiVersion: v1, kind: Secret}\n");
        var thanos = documents.resources().get(0).thanos();

        assertThat(documents.secrets().values(thanos)).isEmpty();
        assertThat(documents.secrets().missing(thanos)).containsExactly("objstore");
    }
}
