package io.paodin.monitoring.olm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What a console shows of the fields of the resource, from the schema of its definition. */
final class Descriptors {

    private static final String POD_COUNT = "urn:alm:descriptor:com.tectonic.ui:podCount";
    private static final String RESOURCES = "urn:alm:descriptor:com.tectonic.ui:resourceRequirements";
    private static final String SWITCH = "urn:alm:descriptor:com.tectonic.ui:booleanSwitch";
    private static final String CONDITIONS = "urn:alm:descriptor:io.kubernetes.conditions";
    private static final String LINK = "urn:alm:descriptor:org.w3:link";

    /** Fields of a component that a console has a control for. */
    private static final Map<String, String> CONTROLS = Map.of("replicas", POD_COUNT, "resources", RESOURCES);

    private Descriptors() {}

    /** The fields of the first level, and those below that a console has a control for. */
    static ArrayNode ofSpec(JsonNode crd) {
        var descriptors = Yaml.JSON.createArrayNode();
        fields(schema(crd).at("/properties/spec")).forEach(field -> {
            add(descriptors, "", field, "boolean".equals(type(field)) ? List.of(SWITCH) : List.of());
            fields(field.getValue())
                    .filter(below -> CONTROLS.containsKey(below.getKey()))
                    .forEach(below ->
                            add(descriptors, field.getKey() + ".", below, List.of(CONTROLS.get(below.getKey()))));
        });
        return descriptors;
    }

    /** The fields of the first level, and the addresses. */
    static ArrayNode ofStatus(JsonNode crd) {
        var descriptors = Yaml.JSON.createArrayNode();
        fields(schema(crd).at("/properties/status")).forEach(field -> {
            add(descriptors, "", field, field.getKey().equals("conditions") ? List.of(CONDITIONS) : List.of());
            if (field.getKey().equals("endpoints")) {
                fields(field.getValue()).forEach(below -> add(descriptors, "endpoints.", below, List.of(LINK)));
            }
        });
        return descriptors;
    }

    private static JsonNode schema(JsonNode crd) {
        return crd.at("/spec/versions/0/schema/openAPIV3Schema");
    }

    private static Stream<Map.Entry<String, JsonNode>> fields(JsonNode schema) {
        Iterable<Map.Entry<String, JsonNode>> fields = () -> fieldsOf(schema);
        return StreamSupport.stream(fields.spliterator(), false);
    }

    private static Iterator<Map.Entry<String, JsonNode>> fieldsOf(JsonNode schema) {
        return schema.path("properties").fields();
    }

    private static String type(Map.Entry<String, JsonNode> field) {
        return field.getValue().path("type").asText();
    }

    private static void add(
            ArrayNode descriptors, String parent, Map.Entry<String, JsonNode> field, List<String> controls) {
        var descriptor = descriptors
                .addObject()
                .put("path", parent + field.getKey())
                .put("displayName", words(parent + field.getKey()))
                .put("description", field.getValue().path("description").asText());
        if (!controls.isEmpty()) {
            var all = descriptor.putArray("x-descriptors");
            controls.forEach(all::add);
        }
    }

    /** {@code query.logLevel} is Query Log Level. */
    private static String words(String path) {
        var words = path.replace('.', ' ').replaceAll("([a-z0-9])([A-Z])", "$1 $2");
        var title = new StringBuilder();
        for (var word : words.split(" ")) {
            title.append(title.isEmpty() ? "" : " ")
                    .append(Character.toUpperCase(word.charAt(0)))
                    .append(word.substring(1));
        }
        return title.toString();
    }
}
