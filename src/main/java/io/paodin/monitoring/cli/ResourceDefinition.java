package io.paodin.monitoring.cli;

import io.paodin.monitoring.model.Violation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The custom resource definition that this version belongs to. Its schema finds what an API server would refuse or drop
 * before the resource is decoded: fields that do not exist or are missing, and values of the wrong type, form or size. All
 * other rules are those of the model.
 */
final class ResourceDefinition {

    private static final String RESOURCE = "/crd/thanos.monitoring.paodin.io-v1.yml";
    private static final Set<String> OBJECT_FIELDS = Set.of("apiVersion", "kind", "metadata");

    private final Map<?, ?> schema;

    private ResourceDefinition(Map<?, ?> schema) {
        this.schema = schema;
    }

    static String text() {
        try (InputStream in = ResourceDefinition.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("The build did not include " + RESOURCE);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ResourceDefinition of(String apiVersion) {
        var version = apiVersion.substring(apiVersion.indexOf('/') + 1);
        var versions = (List<?>)
                object(object(YamlDocuments.of(RESOURCE, text()).get(0)).get("spec"))
                        .get("versions");
        return versions.stream()
                .map(ResourceDefinition::object)
                .filter(candidate -> version.equals(candidate.get("name")))
                .findFirst()
                .map(found -> new ResourceDefinition(
                        object(object(found.get("schema")).get("openAPIV3Schema"))))
                .orElseThrow();
    }

    List<Violation> check(Map<?, ?> resource) {
        var violations = new ArrayList<Violation>();
        checkRequired(schema, "", resource, violations);
        resource.forEach((key, value) -> {
            if (!OBJECT_FIELDS.contains(key)) {
                checkField(schema, "", String.valueOf(key), value, violations);
            }
        });
        return violations;
    }

    private static void check(Map<?, ?> schema, String path, Object value, List<Violation> violations) {
        if (value == null) {
            return;
        }
        var type = expectedType(schema);
        if (!isOfType(type, value)) {
            violations.add(Violation.of(path, "must be " + inWords(type) + ", is " + SchemaBounds.shown(value)));
            return;
        }
        SchemaBounds.problems(schema, value).stream()
                .limit(1)
                .forEach(problem -> violations.add(Violation.of(path, problem)));
        if (value instanceof Map<?, ?> fields) {
            checkRequired(schema, path + ".", fields, violations);
            fields.forEach((key, field) -> checkField(schema, path + ".", String.valueOf(key), field, violations));
        } else if (value instanceof List<?> items) {
            for (int i = 0; i < items.size(); i++) {
                check(object(schema.get("items")), path + "[" + i + "]", items.get(i), violations);
            }
            SchemaBounds.repeated(schema, items)
                    .forEach(i -> violations.add(Violation.of(
                            path + "[" + i + "]" + key(schema), "is the same as that of an earlier item: change it")));
        }
    }

    /** Where the field stands that identifies an item, if it is one. */
    private static String key(Map<?, ?> schema) {
        return schema.get("x-kubernetes-list-map-keys") instanceof List<?> keys && keys.size() == 1
                ? "." + keys.get(0)
                : "";
    }

    private static void checkRequired(Map<?, ?> schema, String prefix, Map<?, ?> fields, List<Violation> violations) {
        if (schema.get("required") instanceof List<?> required) {
            required.stream()
                    .filter(field -> fields.get(field) == null)
                    .forEach(field -> violations.add(Violation.of(prefix + field, "is missing and must be set")));
        }
    }

    private static void checkField(
            Map<?, ?> parent, String prefix, String key, Object value, List<Violation> violations) {
        if (object(parent.get("properties")).get(key) instanceof Map<?, ?> known) {
            check(known, prefix + key, value, violations);
        } else if (parent.get("additionalProperties") instanceof Map<?, ?> any) {
            check(any, prefix + key, value, violations);
        } else if (!Boolean.TRUE.equals(parent.get("x-kubernetes-preserve-unknown-fields"))) {
            violations.add(Violation.of(prefix + key, "is not a field; there are " + fieldsOf(parent)));
        }
    }

    private static String fieldsOf(Map<?, ?> schema) {
        return object(schema.get("properties")).keySet().stream()
                .map(String::valueOf)
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static String expectedType(Map<?, ?> schema) {
        if (Boolean.TRUE.equals(schema.get("x-kubernetes-int-or-string"))) {
            return "integer or string";
        }
        return schema.get("type") instanceof String type ? type : "anything";
    }

    private static String inWords(String type) {
        return switch (type) {
            case "object" -> "an object";
            case "array" -> "a list";
            case "boolean" -> "true or false";
            case "integer" -> "a whole number";
            case "integer or string" -> "a number or a string";
            default -> "a " + type;
        };
    }

    private static boolean isOfType(String type, Object value) {
        return switch (type) {
            case "object" -> value instanceof Map;
            case "array" -> value instanceof List;
            case "string" -> value instanceof String;
            case "boolean" -> value instanceof Boolean;
            case "integer" -> isWhole(value);
            case "number" -> value instanceof Number;
            // the API server takes quantities like 1.5 for the sake of the Kubernetes types that allow them
            case "integer or string" -> value instanceof Number || value instanceof String;
            default -> true;
        };
    }

    private static boolean isWhole(Object value) {
        return value instanceof Number number && !(number instanceof Double) && !(number instanceof Float);
    }

    private static Map<?, ?> object(Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }
}
