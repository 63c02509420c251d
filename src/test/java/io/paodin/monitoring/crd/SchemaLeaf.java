package io.paodin.monitoring.crd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * A field of the resource that holds a value, or a map of values.
 *
 * @param path such as {@code spec.receive.ingestors[].tenants[]}
 */
public record SchemaLeaf(String path, JSONSchemaProps schema) {

    private static final String ITEM = "[]";

    /** The key of an entry of a map of objects. */
    private static final String ENTRY = "some";

    /** All that the schema of an object leads to. */
    public static List<SchemaLeaf> under(String path, JSONSchemaProps schema) {
        var leaves = new ArrayList<SchemaLeaf>();
        collect(path, schema, leaves);
        return leaves;
    }

    private static void collect(String path, JSONSchemaProps schema, List<SchemaLeaf> leaves) {
        var values = schema.getAdditionalProperties() == null
                ? null
                : schema.getAdditionalProperties().getSchema();
        if ("array".equals(schema.getType())) {
            collect(path + ITEM, schema.getItems().getSchema(), leaves);
        } else if (values != null
                && values.getProperties() != null
                && !values.getProperties().isEmpty()) {
            collect(path + "." + ENTRY, values, leaves);
        } else if (schema.getProperties() == null || schema.getProperties().isEmpty()) {
            leaves.add(new SchemaLeaf(path, schema));
        } else {
            new TreeMap<>(schema.getProperties()).forEach((name, field) -> collect(path + "." + name, field, leaves));
        }
    }

    public String name() {
        return path.replace(ITEM, "").replaceAll(".*\\.", "");
    }

    /** Sets the field in a resource, with what it stands in. Of a list that there is, the first item is changed. */
    public void set(ObjectNode resource, JsonNode value) {
        JsonNode owner = resource;
        var steps = path.replace(ITEM, "." + ITEM).split("\\.");
        for (int i = 0; i < steps.length - 1; i++) {
            owner = child(owner, steps[i], steps[i + 1].equals(ITEM));
        }
        var last = steps[steps.length - 1];
        if (!last.equals(ITEM)) {
            ((ObjectNode) owner).set(last, value);
        } else if (owner.isEmpty()) {
            ((ArrayNode) owner).add(value);
        } else {
            ((ArrayNode) owner).set(0, value);
        }
    }

    private static JsonNode child(JsonNode owner, String step, boolean isList) {
        if (owner instanceof ArrayNode list) {
            return list.isEmpty() ? list.addObject() : list.get(0);
        }
        var object = (ObjectNode) owner;
        return isList ? object.withArray("/" + step) : object.withObject("/" + step);
    }
}
