package io.paodin.monitoring.docs;

import static io.paodin.monitoring.docs.GeneratedSection.row;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.paodin.monitoring.crd.BorrowedTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Writes {@code docs/api.md} from the committed CRD. Types of Kubernetes are named and not gone into. */
final class ApiPage {

    static final Path PATH = Path.of("docs/api.md");

    private static final Path CRD = Path.of("deploy/crd/thanos.monitoring.paodin.io-v1.yml");

    private static final String EVERY_COMPONENT = "Fields of every component";

    private static final List<String> COMPONENTS = List.of(
            "spec.query", "spec.receive.router", "spec.receive.ingestors[]", "spec.storeGateway", "spec.compact");

    /** Objects with a section of their own and the paths where they stand: equal ones share the section of the first. */
    private final Map<Map<String, JSONSchemaProps>, List<String>> paths = new LinkedHashMap<>();

    private final Map<String, JSONSchemaProps> sections = new LinkedHashMap<>();

    private ApiPage(JSONSchemaProps root) {
        collect("", Map.of("spec", root.getProperties().get("spec")));
        collect("", Map.of("status", root.getProperties().get("status")));
    }

    static String content() throws IOException {
        var crd = Serialization.unmarshal(Files.readString(CRD), CustomResourceDefinition.class);
        return new ApiPage(crd.getSpec().getVersions().get(0).getSchema().getOpenAPIV3Schema()).page();
    }

    /** Outer objects before inner ones. */
    private void collect(String prefix, Map<String, JSONSchemaProps> fields) {
        var inner = new LinkedHashMap<String, JSONSchemaProps>();
        fields.forEach((name, field) -> {
            var isList = "array".equals(field.getType());
            var object = isList ? field.getItems().getSchema() : field;
            var path = prefix + name + (isList ? "[]" : "");
            if (object.getProperties() != null
                    && !object.getProperties().isEmpty()
                    && BorrowedTypes.at(path).isEmpty()) {
                inner.put(path, object);
            }
        });
        inner.forEach((path, object) -> {
            var equal = paths.computeIfAbsent(object.getProperties(), properties -> new ArrayList<>());
            if (equal.isEmpty()) {
                sections.put(path, object);
            }
            equal.add(path);
        });
        inner.forEach((path, object) -> collect(path + ".", object.getProperties()));
    }

    private String page() {
        var page = new StringBuilder();
        sections.forEach((path, object) -> page.append(section(path, object)));
        var query = sections.get("spec.query");
        return page.append("## %s\n\n".formatted(EVERY_COMPONENT))
                .append(table("spec.query", query, common()))
                .toString();
    }

    private String section(String path, JSONSchemaProps object) {
        var fields = new TreeSet<>(object.getProperties().keySet());
        var more = "";
        if (COMPONENTS.contains(path)) {
            fields.removeAll(common());
            more = "\nAnd the [fields of every component](#%s).\n".formatted(anchor(EVERY_COMPONENT));
        }
        return "## `%s`\n\n%s%s%s%s\n".formatted(path, intro(object), table(path, object, fields), rules(object), more);
    }

    private String intro(JSONSchemaProps object) {
        var equal = paths.get(object.getProperties());
        if (equal.size() > 1) {
            return "The same for `%s`.\n\n".formatted(String.join("`, `", equal.subList(1, equal.size())));
        }
        return object.getDescription() == null ? "" : object.getDescription() + "\n\n";
    }

    private Set<String> common() {
        var common = new TreeSet<>(sections.get("spec.query").getProperties().keySet());
        COMPONENTS.forEach(
                path -> common.retainAll(sections.get(path).getProperties().keySet()));
        return common;
    }

    private String table(String path, JSONSchemaProps object, Set<String> fields) {
        return row("field", "type", "meaning")
                + row("---", "---", "---")
                + fields.stream()
                        .map(name -> row("`" + name + "`", type(path, object, name), meaning(object, name)))
                        .collect(Collectors.joining());
    }

    private static String rules(JSONSchemaProps object) {
        return object.getXKubernetesValidations().stream()
                .map(rule -> "\nRule: " + rule.getMessage() + ".\n")
                .collect(Collectors.joining());
    }

    private String type(String path, JSONSchemaProps object, String name) {
        var required = object.getRequired().contains(name) ? ", required" : "";
        return type(path + "." + name, object.getProperties().get(name)) + required;
    }

    private String type(String path, JSONSchemaProps field) {
        if (!field.getEnum().isEmpty()) {
            return field.getEnum().stream()
                    .map(value -> "`" + value.asText() + "`")
                    .collect(Collectors.joining(", "));
        }
        if ("array".equals(field.getType())) {
            return "list of " + type(path, field.getItems().getSchema());
        }
        if (field.getAdditionalProperties() != null) {
            return "map of " + type(path, field.getAdditionalProperties().getSchema());
        }
        if (paths.containsKey(field.getProperties())) {
            return "[object](#%s)"
                    .formatted(anchor(paths.get(field.getProperties()).get(0)));
        }
        return BorrowedTypes.at(path).map(type -> type + " of Kubernetes").orElse(field.getType());
    }

    private static String meaning(JSONSchemaProps object, String name) {
        var field = object.getProperties().get(name);
        var rules = field.getXKubernetesValidations().stream()
                .map(rule -> " Rule: " + rule.getMessage() + ".")
                .collect(Collectors.joining());
        return field.getDescription() + range(field) + rules;
    }

    private static String range(JSONSchemaProps field) {
        return field.getMinimum() == null || field.getMaximum() == null
                ? ""
                : " From %.0f to %.0f.".formatted(field.getMinimum(), field.getMaximum());
    }

    private static String anchor(String heading) {
        return heading.toLowerCase().replaceAll("[^a-z0-9 -]", "").replace(' ', '-');
    }
}
