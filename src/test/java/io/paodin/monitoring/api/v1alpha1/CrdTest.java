package io.paodin.monitoring.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.paodin.monitoring.crd.BorrowedTypes;
import io.paodin.monitoring.crd.Crds;
import io.paodin.monitoring.crd.ThanosCrdPostProcessor;
import io.paodin.monitoring.install.Samples;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The quality of the schema, and that the classes hold what the schema lets through. */
class CrdTest {

    private static final CustomResourceDefinition CRD = Crds.typed();

    private static final JSONSchemaProps SCHEMA =
            CRD.getSpec().getVersions().get(0).getSchema().getOpenAPIV3Schema();

    @Test
    void everyFieldIsDescribed() {
        assertThat(everything().entrySet())
                .filteredOn(field -> field.getValue().getDescription() == null
                        || field.getValue().getDescription().length() < 8
                        || !field.getValue().getDescription().endsWith("."))
                .extracting(Map.Entry::getKey)
                .isEmpty();
    }

    @Test
    void everyDescriptionOfABorrowedFieldIsUsed() throws IOException {
        var descriptions = new Properties();
        try (var file = ThanosCrdPostProcessor.class.getResourceAsStream("descriptions.properties")) {
            descriptions.load(file);
        }
        assertThat(everything().values().stream().map(JSONSchemaProps::getDescription))
                .containsAll(descriptions.values().stream().map(String::valueOf).toList());
    }

    @Test
    void everyFieldThatMayBeAbsentSaysWhatHoldsThen() {
        assertThat(fields().entrySet())
                .filteredOn(field -> field.getKey().startsWith("spec.")
                        && field.getValue().getProperties().isEmpty()
                        && !isRequired(field.getKey()))
                .filteredOn(field -> !field.getValue().getDescription().matches("(?s).*([Dd]efault|if unset).*"))
                .extracting(Map.Entry::getKey)
                .isEmpty();
    }

    @Test
    void everyListMapStringAndNumberOfTheSpecIsBounded() {
        assertThat(fields().entrySet())
                .filteredOn(field -> field.getKey().startsWith("spec.") && !isBounded(field.getValue()))
                .extracting(Map.Entry::getKey)
                .isEmpty();
    }

    @Test
    void everyListSaysHowItMerges() {
        var lists = new TreeMap<String, String>();
        fields().forEach((path, field) -> {
            if ("array".equals(field.getType())) {
                lists.merge(
                        path.substring(path.lastIndexOf('.') + 1),
                        String.valueOf(field.getXKubernetesListType()) + field.getXKubernetesListMapKeys(),
                        (one, other) -> one.equals(other) ? one : one + " and " + other);
            }
        });
        assertThat(lists)
                .isEqualTo(new TreeMap<>(Map.ofEntries(
                        Map.entry("additionalArgs", "atomic[]"),
                        Map.entry("addresses", "set[] and atomic[]"),
                        Map.entry("components", "atomic[]"),
                        Map.entry("conditions", "map[type]"),
                        Map.entry("hashrings", "atomic[]"),
                        Map.entry("imagePullSecrets", "atomic[]"),
                        Map.entry("ingestors", "map[name]"),
                        Map.entry("promoteResourceAttributes", "set[]"),
                        Map.entry("relabelConfigs", "atomic[]"),
                        Map.entry("replicaLabels", "set[]"),
                        Map.entry("sourceLabels", "atomic[]"),
                        Map.entry("stores", "atomic[]"),
                        Map.entry("subjectAltNames", "set[]"),
                        Map.entry("tenants", "set[]"),
                        Map.entry("tolerations", "atomic[]"),
                        Map.entry("topologySpreadConstraints", "atomic[]"))));
    }

    @Test
    void closedSetsAreEnums() {
        var enums = new TreeMap<String, Set<String>>();
        fields().forEach((path, field) -> {
            if (field.getEnum() != null && !field.getEnum().isEmpty()) {
                enums.computeIfAbsent(path.substring(path.lastIndexOf('.') + 1), name -> new TreeSet<>())
                        .addAll(field.getEnum().stream().map(JsonNode::asText).toList());
            }
        });
        assertThat(enums)
                .isEqualTo(Map.ofEntries(
                        Map.entry(
                                "action",
                                Set.of(
                                        "replace",
                                        "keep",
                                        "drop",
                                        "keepequal",
                                        "dropequal",
                                        "hashmod",
                                        "labelmap",
                                        "labeldrop",
                                        "labelkeep",
                                        "lowercase",
                                        "uppercase")),
                        Map.entry("logLevel", Set.of("error", "warn", "info", "debug")),
                        Map.entry("logFormat", Set.of("logfmt", "json")),
                        Map.entry("hashringAlgorithm", Set.of("ketama", "hashmod")),
                        Map.entry("imagePullPolicy", Set.of("Always", "IfNotPresent", "Never")),
                        Map.entry("func", Set.of("one-to-one", "penalty")),
                        Map.entry("replicationProtocol", Set.of("protobuf", "capnproto")),
                        Map.entry("tenantMatcher", Set.of("exact", "glob")),
                        Map.entry("minVersion", Set.of("TLS12", "TLS13")),
                        Map.entry("maxVersion", Set.of("TLS12", "TLS13")),
                        Map.entry("whenDeleted", Set.of("Retain", "Delete")),
                        Map.entry("whenScaled", Set.of("Retain", "Delete")),
                        Map.entry("tenantCertificateField", Set.of("organization", "organizationalUnit", "commonName")),
                        Map.entry(
                                "connection",
                                Set.of("Established", "WrongName", "Untrusted", "Refused", "Denied", "Unreachable")),
                        Map.entry("phase", Set.of("Stable", "Growing", "Shrinking", "Updating")),
                        Map.entry("status", Set.of("True", "False", "Unknown"))));
    }

    @Test
    void namesAndColumnsAreThoseOfTheDesign() {
        var names = CRD.getSpec().getNames();
        assertThat(names.getPlural()).isEqualTo("thanos");
        assertThat(names.getSingular()).isEqualTo("thanos");
        assertThat(names.getShortNames()).containsExactly("th");
        assertThat(names.getCategories()).containsExactly("monitoring");
        assertThat(SCHEMA.getRequired()).containsExactly("spec");
        var version = CRD.getSpec().getVersions().get(0);
        assertThat(version.getSubresources().getStatus()).isNotNull();
        assertThat(version.getAdditionalPrinterColumns())
                .extracting(column -> column.getName() + ":" + column.getPriority())
                .containsExactly(
                        "Ready:null", "Reason:null", "Query:null", "Router:null", "Version:1", "Message:1", "Age:null");
    }

    @Test
    void everyRuleSaysWhatToDo() {
        var rules = Stream.concat(Stream.of(SCHEMA), everything().values().stream())
                .flatMap(schema -> schema.getXKubernetesValidations().stream())
                .toList();
        assertThat(rules).isNotEmpty().allSatisfy(rule -> assertThat(rule.getMessage())
                .matches(".*: (set|add|rename|remove|choose|give|leave) .*"));
    }

    @Test
    void fitsClientSideApply() throws IOException {
        // kubectl keeps the whole object as compact JSON in an annotation; all annotations together may have 256 KiB.
        byte[] json = new ObjectMapper().writeValueAsBytes(Serialization.unmarshal(Crds.yaml(), Object.class));
        assertThat(json.length).isLessThan(200 * 1024);
    }

    @Test
    void roundTripOfEveryFieldLosesNothing() throws IOException {
        try (InputStream full = CrdTest.class.getResourceAsStream("/thanos-full.yaml")) {
            String yaml = new String(full.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(afterRoundTrip(yaml)).isEqualTo(asTree(yaml));
        }
    }

    @Test
    void theExampleWithEveryFieldHasEveryField() throws IOException {
        try (InputStream full = CrdTest.class.getResourceAsStream("/thanos-full.yaml")) {
            var used = new TreeSet<String>();
            collect(asTree(new String(full.readAllBytes(), StandardCharsets.UTF_8)), "", used);
            assertThat(fields().keySet())
                    .filteredOn(path -> !used.contains(path))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void roundTripOfASampleLosesNothing(Path sample) throws IOException {
        assertThat(Files.readString(sample).split("(?m)^---$"))
                .filteredOn(document -> document.contains("kind: Thanos"))
                .isNotEmpty()
                .allSatisfy(yaml -> assertThat(afterRoundTrip(yaml)).isEqualTo(asTree(yaml)));
    }

    @Test
    void fieldsOfANewerVersionDoNotBreakAnOlderOperator() {
        var thanos = serialization().unmarshal("""
                apiVersion: monitoring.paodin.io/v1alpha1
                kind: Thanos
                metadata: {name: newer}
                spec: {queryFrontend: {}, query: {replicas: 2, later: {a: 1}}}
                """, Thanos.class);
        assertThat(thanos.getSpec().query.replicas).isEqualTo(2);
    }

    static Stream<Path> samples() {
        return Samples.withResources();
    }

    private static KubernetesSerialization serialization() {
        return new KubernetesSerialization();
    }

    private static JsonNode asTree(String yaml) {
        return new ObjectMapper().valueToTree(serialization().unmarshal(yaml, Map.class));
    }

    private static JsonNode afterRoundTrip(String yaml) throws IOException {
        var serialization = serialization();
        var tree = new ObjectMapper().readTree(serialization.asJson(serialization.unmarshal(yaml, Thanos.class)));
        // An absent status is made by the client; it says nothing.
        if (tree.path("status").isEmpty()) {
            ((ObjectNode) tree).remove("status");
        }
        return tree;
    }

    private static void collect(JsonNode node, String path, Set<String> paths) {
        paths.add(path);
        node.fields()
                .forEachRemaining(field -> collect(
                        field.getValue(), path.isEmpty() ? field.getKey() : path + "." + field.getKey(), paths));
        if (node.isArray()) {
            node.elements().forEachRemaining(item -> collect(item, path, paths));
        }
    }

    /** All fields of ours by path, without those inside of borrowed types. */
    private static Map<String, JSONSchemaProps> fields() {
        var fields = new TreeMap<String, JSONSchemaProps>();
        walk(SCHEMA, "", false, fields);
        return fields;
    }

    private static Map<String, JSONSchemaProps> everything() {
        var fields = new TreeMap<String, JSONSchemaProps>();
        walk(SCHEMA, "", true, fields);
        return fields;
    }

    private static void walk(
            JSONSchemaProps object, String path, boolean borrowed, Map<String, JSONSchemaProps> fields) {
        object.getProperties().forEach((name, field) -> {
            String own = path.isEmpty() ? name : path + "." + name;
            if (path.isEmpty() && Set.of("apiVersion", "kind", "metadata").contains(name)) {
                return;
            }
            fields.put(own, field);
            if (borrowed || BorrowedTypes.at(own).isEmpty()) {
                walk(field, own, borrowed, fields);
                if (field.getItems() != null && field.getItems().getSchema() != null) {
                    walk(field.getItems().getSchema(), own, borrowed, fields);
                }
            }
        });
    }

    private static boolean isRequired(String path) {
        int end = path.lastIndexOf('.');
        var owner = fields().get(path.substring(0, end));
        var object = owner.getItems() == null ? owner : owner.getItems().getSchema();
        return object.getRequired().contains(path.substring(end + 1));
    }

    private static boolean isBounded(JSONSchemaProps field) {
        return switch (String.valueOf(field.getType())) {
            case "array" ->
                field.getMaxItems() != null
                        && (!"string".equals(field.getItems().getSchema().getType())
                                || field.getItems().getSchema().getMaxLength() != null);
            case "string" ->
                field.getMaxLength() != null
                        || !field.getEnum().isEmpty()
                        || List.of("^v1$", "^PersistentVolumeClaim$").contains(field.getPattern());
            case "integer" -> field.getMinimum() != null && field.getMaximum() != null;
            case "object" -> field.getAdditionalProperties() == null || field.getMaxProperties() != null;
            default -> true;
        };
    }
}
