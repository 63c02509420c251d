package io.paodin.monitoring.crd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Values that a field's schema lets through; any values if none of those known here has the form that it asks for. */
public final class SchemaValues {

    /** One of each form that some field asks for, and another. */
    private static final List<String> TEXTS = List.of(
            "some",
            "other",
            "2h",
            "3h",
            "30d",
            "60d",
            "-6w",
            "-8w",
            "2Gi",
            "3Gi",
            "one.example.com:10901",
            "two.example.com:10901",
            "registry.example.com/thanos:v0.42.0",
            "registry.example.com/thanos:v0.42.1",
            "http://one.example.com:9090",
            "https://two.example.com");

    private static final List<String> KEYS = List.of("storage", "example.com/key");

    private SchemaValues() {}

    public static Stream<JsonNode> of(JSONSchemaProps schema) {
        if (schema.getEnum() != null && !schema.getEnum().isEmpty()) {
            return schema.getEnum().stream();
        }
        if (schema.getAdditionalProperties() != null) {
            return KEYS.stream()
                    .flatMap(key -> of(schema.getAdditionalProperties().getSchema())
                            .map(value -> JsonNodeFactory.instance.objectNode().set(key, value)));
        }
        if (Boolean.TRUE.equals(schema.getXKubernetesIntOrString())) {
            return texts(schema);
        }
        return switch (schema.getType()) {
            case "boolean" -> Stream.of(BooleanNode.TRUE, BooleanNode.FALSE);
            case "integer" -> integers(schema);
            case "string" -> texts(schema);
            default -> Stream.empty();
        };
    }

    private static Stream<JsonNode> integers(JSONSchemaProps schema) {
        int least = schema.getMinimum() == null ? 0 : schema.getMinimum().intValue();
        int most = schema.getMaximum() == null
                ? Integer.MAX_VALUE
                : schema.getMaximum().intValue();
        return IntStream.of(least, least + 1, least + 2, 100, 1000)
                .filter(value -> value <= most)
                .mapToObj(IntNode::new);
    }

    private static Stream<JsonNode> texts(JSONSchemaProps schema) {
        var fitting = TEXTS.stream()
                .filter(text -> schema.getPattern() == null
                        || Pattern.compile(schema.getPattern()).matcher(text).find())
                .filter(text -> schema.getMinLength() == null || text.length() >= schema.getMinLength())
                .filter(text -> schema.getMaxLength() == null || text.length() <= schema.getMaxLength())
                .toList();
        return (fitting.isEmpty() ? TEXTS : fitting).stream().map(TextNode::new);
    }
}
