package io.paodin.monitoring.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Objects as JSON trees. Trees in the store are never changed in place. */
final class Json {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private Json() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ObjectNode object(String apiVersion, String kind) {
        return object().put("kind", kind).put("apiVersion", apiVersion);
    }

    static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    /** Reads a request body: JSON, or YAML where it does not look like JSON. */
    static JsonNode parse(byte[] body) {
        int first = 0;
        while (first < body.length && Character.isWhitespace(body[first])) {
            first++;
        }
        boolean json = first < body.length && (body[first] == '{' || body[first] == '[');
        try {
            return (json ? JSON : YAML).readTree(body);
        } catch (IOException e) {
            throw ApiError.badRequest("the body of the request cannot be read: " + e.getMessage());
        }
    }

    static ObjectNode parseObject(byte[] body) {
        if (parse(body) instanceof ObjectNode object) {
            return withoutNulls(object);
        }
        throw ApiError.badRequest("the body of the request is not an object");
    }

    /** Not by Jackson, which takes an alias for a text. */
    static List<ObjectNode> parseAll(String yaml) {
        List<ObjectNode> objects = new ArrayList<>();
        for (Object document : new Load(LoadSettings.builder().build()).loadAllFromString(yaml)) {
            if (YAML.valueToTree(document) instanceof ObjectNode object && !object.isEmpty()) {
                objects.add(withoutNulls(object));
            }
        }
        return objects;
    }

    static String pretty(JsonNode node) {
        return node.toPrettyString();
    }

    /** A field whose value is null means the same as none: Go clients write {@code creationTimestamp: null}. */
    static ObjectNode withoutNulls(ObjectNode object) {
        object.properties().removeIf(field -> field.getValue().isNull());
        object.forEach(Json::dropNulls);
        return object;
    }

    private static void dropNulls(JsonNode node) {
        if (node instanceof ObjectNode object) {
            withoutNulls(object);
        } else if (node instanceof ArrayNode array) {
            array.forEach(Json::dropNulls);
        }
    }

    static ObjectNode metadata(ObjectNode object) {
        return object.get("metadata") instanceof ObjectNode metadata ? metadata : object.putObject("metadata");
    }

    static ObjectNode child(ObjectNode parent, String field) {
        return parent.get(field) instanceof ObjectNode child ? child : parent.putObject(field);
    }

    static String meta(JsonNode object, String field) {
        return object.path("metadata").path(field).asText("");
    }

    static String uid(JsonNode object) {
        return meta(object, "uid");
    }

    static boolean isDeleting(JsonNode object) {
        return object.path("metadata").has("deletionTimestamp");
    }

    static boolean hasFinalizer(JsonNode object, String finalizer) {
        for (JsonNode item : object.path("metadata").path("finalizers")) {
            if (item.asText().equals(finalizer)) {
                return true;
            }
        }
        return false;
    }

    /** Copies a field, or its absence. */
    static void copyField(ObjectNode from, ObjectNode to, String field) {
        if (from.has(field)) {
            to.set(field, from.get(field).deepCopy());
        } else {
            to.remove(field);
        }
    }

    static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
