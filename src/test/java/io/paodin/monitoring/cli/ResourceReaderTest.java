package io.paodin.monitoring.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.paodin.monitoring.model.Violation;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceReaderTest {

    private static final String HEAD = """
            apiVersion: monitoring.paodin.io/v1alpha1
            kind: Thanos
            metadata: {name: central}
            """;

    private static final String LONG = "0123456789012345678901234567890123456789012345678901234567890123456789";

    private static final String TEN = "{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, ";
    private static final String MANY = TEN + TEN + TEN + TEN + TEN + "{}";

    private final ResourceReader reader = new ResourceReader(new KubernetesSerialization());

    @Test
    void readsAllDocumentsAndPassesOverOtherKinds() {
        var read = read("{apiVersion: v1, kind: Secret, metadata: {name: s}}\n---\n---\n" + HEAD + "spec: {}\n---\n"
                + HEAD.replace("central", "other") + "spec: {}\n");

        assertThat(read).extracting(Examined::name).containsExactly("central", "other");
        assertThat(read)
                .allSatisfy(resource -> assertThat(resource.violations()).isEmpty());
    }

    @Test
    void readsTheListThatKubectlPrints() {
        var read = read("{apiVersion: v1, kind: List, items: [{apiVersion: monitoring.paodin.io/v1alpha1, kind: Thanos,"
                + " metadata: {name: central}}]}");

        assertThat(read).extracting(Examined::name).containsExactly("central");
    }

    @Test
    void readsFilesAndStandardInputInTheirOrder(@TempDir Path directory) throws Exception {
        var file = Files.writeString(directory.resolve("a.yaml"), HEAD.replace("central", "filed"));

        var read = reader.read(List.of(file.toString(), "-"), "default", input(HEAD))
                .resources();

        assertThat(read).extracting(Examined::name).containsExactly("filed", "central");
        assertThat(read).extracting(Examined::origin).containsExactly(file.toString(), "stdin");
    }

    @Test
    void givesTheNamespaceOnlyToResourcesWithoutOne() {
        var read = read(HEAD + "---\n" + HEAD.replace("{name: central}", "{name: central, namespace: mine}"));

        assertThat(read)
                .extracting(resource -> resource.thanos().getMetadata().getNamespace())
                .containsExactly("given", "mine");
    }

    @Test
    void namesEveryUnknownFieldWithItsPathAlsoInKubernetesTypes() {
        assertThat(violations("""
                spec:
                  bogus: 1
                  query: {replica: 2, affinity: {nodeAffinityy: {}}}
                  receive: {ingestors: [{name: a}, {name: b, tenant: x}]}
                """))
                .satisfiesExactlyInAnyOrder(
                        v -> assertThat(v).startsWith("spec.bogus: is not a field"),
                        v -> assertThat(v).startsWith("spec.query.replica: is not a field"),
                        v -> assertThat(v).startsWith("spec.query.affinity.nodeAffinityy: is not a field"),
                        v -> assertThat(v).startsWith("spec.receive.ingestors[1].tenant: is not a field"));
    }

    @Test
    void saysWhatAValueMustBe() {
        assertThat(violations("""
                spec:
                  paused: "yes"
                  defaultFields: {logLevel: loud}
                  query: {replicas: two, stores: {name: a}}
                  receive: []
                """))
                .containsExactlyInAnyOrder(
                        "spec.paused: must be true or false, is yes",
                        "spec.defaultFields.logLevel: must be one of [debug, error, info, warn], is loud",
                        "spec.query.replicas: must be a whole number, is two",
                        "spec.query.stores: must be a list, is {name=a}",
                        "spec.receive: must be an object, is []");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "query: {image: 'a b'} | spec.query.image: must match",
                "query: {image: ''} | spec.query.image: must have at least 1 characters, has 0",
                "query: {nodeSelector: {a: '" + LONG
                        + "'}} | spec.query.nodeSelector.a: must have at most 63 characters",
                "query: {replicas: -1} | spec.query.replicas: must be at least 0, is -1",
                "query: {replicas: 1001} | spec.query.replicas: must be at most 1000, is 1001",
                "query: {resources: {limits: {cpu: lots}}} | spec.query.resources.limits.cpu: must match",
                "query: {stores: [{addresses: []}]} | spec.query.stores[0].addresses: must have at least 1 items, has 0",
                "query: {stores: [{}]} | spec.query.stores[0].addresses: is missing and must be set",
                "query: {stores: [{addresses: ['a:1', 'a:1']}]} | spec.query.stores[0].addresses[1]: is the same as",
                "query: {replicaLabels: [a, b, a]} | spec.query.replicaLabels[2]: is the same as",
                "query: {replicaLabels: [\"a\\n\"]} | spec.query.replicaLabels[0]: must match",
                "receive: {} | spec.receive.ingestors: is missing and must be set",
                "receive: {ingestors: [{name: null}]} | spec.receive.ingestors[0].name: is missing",
                "receive: {ingestors: [{name: a}, {name: a}]} | spec.receive.ingestors[1].name: is the same as",
                "query: {tolerations: [" + MANY + "]} | spec.query.tolerations: must have at most 50 items, has 51",
            })
    void findsWhatTheApiServerRefuses(String spec, String problem) {
        assertThat(violations("spec: {" + spec + "}"))
                .singleElement()
                .asString()
                .startsWith(problem);
    }

    @Test
    void findsTooManyEntries() {
        var entries = IntStream.range(0, 51).mapToObj(i -> "k" + i + ": v").collect(Collectors.joining(", "));

        assertThat(violations("spec: {query: {nodeSelector: {" + entries + "}}}"))
                .containsExactly("spec.query.nodeSelector: must have at most 50 entries, has 51");
    }

    @Test
    void saysWhatIsWrongInOnePlaceOnceAndWithTheRemedyOfTheModel() {
        var schema = List.of(Violation.of("spec.a", "must match x"), Violation.of("spec.b", "is missing"));

        assertThat(new Examined("f", "n", null, schema)
                        .withMore(List.of(Violation.of("spec.a", "is wrong: write y")), List.of())
                        .violations())
                .extracting(Object::toString)
                .containsExactly("spec.b: is missing", "spec.a: is wrong: write y");
    }

    @Test
    void takesQuantitiesAsNumbersAndStrings() {
        assertThat(violations("spec: {query: {resources: {limits: {cpu: 2, memory: 1Gi}, requests: {cpu: 0.5}}}}"))
                .isEmpty();
    }

    @Test
    void wantsAName() {
        assertThat(read(HEAD.replace("metadata: {name: central}", "")).get(0).violations())
                .extracting(Object::toString)
                .containsExactly("spec: is missing and must be set", "metadata.name: must be set");
    }

    @Test
    void refusesWhatIsNoResource() {
        assertThatThrownBy(() -> read("a: ["))
                .hasMessage(
                        "stdin is not YAML at line 1, column 5: look for a missing quote or a wrong indentation there");
        assertThatThrownBy(() -> read("just text"))
                .isInstanceOf(UnreadableInputException.class)
                .hasMessageContaining("stdin");
        assertThatThrownBy(() -> read("{kind: Thanos, kind: Thanos}")).hasMessageContaining("duplicate key");
        assertThatThrownBy(() -> read("{apiVersion: v1, kind: Secret}"))
                .hasMessage("No resource of kind Thanos (monitoring.paodin.io/v1alpha1) in stdin");
        assertThatThrownBy(() -> read(HEAD.replace("v1alpha1", "v2"))).hasMessageContaining("v1alpha1, not");
        assertThatThrownBy(() -> reader.read(List.of("missing.yaml"), "default", input("")))
                .hasMessage("missing.yaml does not exist");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "stringData: {password: 'hunter2}",
                "stringData: {password: *hunter2}",
                "stringData: {password: !hunter2 [}",
                "stringData: {password: hunter2: hunter2}",
                "stringData: {password: \"\\hunter2\"}",
                "stringData:\n\thunter2: a",
                "stringData: {password: hunter2\u0007}",
                "---\nhunter2"
            })
    void whatCannotBeReadIsNotRepeated(String lines) {
        assertThatThrownBy(() -> read("apiVersion: v1\nkind: Secret\n" + lines))
                .isInstanceOf(UnreadableInputException.class)
                .hasMessageStartingWith("stdin")
                .hasMessageNotContaining("hunter2")
                .hasNoCause();
    }

    private List<String> violations(String spec) {
        return read(HEAD + spec).get(0).violations().stream()
                .map(Object::toString)
                .toList();
    }

    private List<Examined> read(String yaml) {
        return reader.read(List.of("-"), "given", input(yaml)).resources();
    }

    private static ByteArrayInputStream input(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
