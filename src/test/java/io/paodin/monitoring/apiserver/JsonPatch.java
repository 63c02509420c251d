package io.paodin.monitoring.apiserver;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** JSON patch (RFC 6902). */
final class JsonPatch {
    private JsonPatch() {}

    static ObjectNode apply(ResourceType type, ObjectNode object, JsonNode operations) {
        ObjectNode next = object.deepCopy();
        for (JsonNode operation : operations) {
            step(type, next, operation);
        }
        return next;
    }

    private static void step(ResourceType type, ObjectNode object, JsonNode operation) {
        JsonPointer path = JsonPointer.compile(operation.path("path").asText());
        JsonNode value = operation.path("value");
        switch (operation.path("op").asText()) {
            case "add" -> add(type, object, path, value);
            case "replace" -> {
                remove(type, object, path);
                add(type, object, path, value);
            }
            case "remove" -> remove(type, object, path);
            case "test" -> {
                if (!object.at(path).equals(value)) {
                    throw failed(type, "test operation failed at " + path);
                }
            }
            case "copy" -> add(type, object, path, from(object, operation).deepCopy());
            case "move" -> {
                JsonNode moved = from(object, operation);
                remove(type, object, JsonPointer.compile(operation.path("from").asText()));
                add(type, object, path, moved);
            }
            default -> throw failed(type, "unknown operation " + operation.path("op"));
        }
    }

    private static JsonNode from(ObjectNode object, JsonNode operation) {
        return object.at(operation.path("from").asText());
    }

    private static void add(ResourceType type, ObjectNode object, JsonPointer path, JsonNode value) {
        JsonNode parent = object.at(path.head());
        String last = path.last().getMatchingProperty();
        if (parent instanceof ArrayNode array) {
            if (last.equals("-")) {
                array.add(value.deepCopy());
            } else {
                array.insert(Integer.parseInt(last), value.deepCopy());
            }
        } else if (parent instanceof ObjectNode parentObject) {
            parentObject.set(last, value.deepCopy());
        } else {
            throw failed(type, "no such path " + path);
        }
    }

    private static void remove(ResourceType type, ObjectNode object, JsonPointer path) {
        if (object.at(path).isMissingNode()) {
            throw failed(type, "no such path " + path);
        }
        JsonNode parent = object.at(path.head());
        if (parent instanceof ArrayNode array) {
            array.remove(path.last().getMatchingIndex());
        } else {
            ((ObjectNode) parent).remove(path.last().getMatchingProperty());
        }
    }

    private static ApiError failed(ResourceType type, String why) {
        return ApiError.of(422, "Invalid", "the %s patch cannot be applied: %s".formatted(type.plural(), why));
    }
}
