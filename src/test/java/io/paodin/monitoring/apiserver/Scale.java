package io.paodin.monitoring.apiserver;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Collectors;

/** The scale subresource. */
final class Scale {
    private Scale() {}

    static ObjectNode of(ResourceType type, ObjectNode object) {
        ObjectNode scale = Json.object("autoscaling/v1", "Scale");
        ObjectNode metadata = scale.putObject("metadata");
        for (String field : List.of("name", "namespace", "uid", "resourceVersion", "creationTimestamp")) {
            Json.copyField(Json.metadata(object), metadata, field);
        }
        scale.putObject("spec").put("replicas", object.at(specPath(type)).asInt());
        ObjectNode status = scale.putObject("status")
                .put("replicas", object.at(statusPath(type)).asInt());
        String selector = selector(type, object);
        if (!selector.isEmpty()) {
            status.put("selector", selector);
        }
        return scale;
    }

    /** The object with the replicas that a Scale, or a patch of one, asks for. */
    static ObjectNode scaled(ResourceType type, ObjectNode object, JsonNode scale) {
        ObjectNode next = object.deepCopy();
        String version = Json.meta(scale, "resourceVersion");
        if (!version.isEmpty()) {
            Json.metadata(next).put("resourceVersion", version);
        }
        JsonPointer path = specPath(type);
        if (scale.at("/spec/replicas").isInt()) {
            next.withObject(path.head()).set(path.last().getMatchingProperty(), scale.at("/spec/replicas"));
        }
        return next;
    }

    private static JsonPointer specPath(ResourceType type) {
        return pointer(type.isCustom() ? type.custom().specReplicas() : ".spec.replicas");
    }

    private static JsonPointer statusPath(ResourceType type) {
        return pointer(type.isCustom() ? type.custom().statusReplicas() : ".status.replicas");
    }

    private static JsonPointer pointer(String jsonPath) {
        return JsonPointer.compile(jsonPath.replace('.', '/'));
    }

    private static String selector(ResourceType type, ObjectNode object) {
        if (type.isCustom()) {
            return object.at(pointer(type.custom().labelSelector())).asText("");
        }
        return object.at("/spec/selector/matchLabels").properties().stream()
                .map(label -> label.getKey() + "=" + label.getValue().asText())
                .collect(Collectors.joining(","));
    }
}
