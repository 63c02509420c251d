package io.paodin.monitoring.apiserver;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The status of a CustomResourceDefinition, whose type is served as soon as it is stored. */
final class CustomDefinitions {
    private CustomDefinitions() {}

    static void establish(ObjectNode definition) {
        if (definition.at("/status/conditions").isArray()) {
            return;
        }
        ObjectNode status = definition.putObject("status");
        status.set("acceptedNames", definition.at("/spec/names").deepCopy());
        definition.at("/spec/versions").forEach(version -> {
            if (version.path("storage").asBoolean()) {
                status.putArray("storedVersions").add(version.path("name").asText());
            }
        });
        ArrayNode conditions = status.putArray("conditions");
        for (String type : List.of("NamesAccepted", "Established")) {
            conditions
                    .addObject()
                    .put("type", type)
                    .put("status", "True")
                    .put("reason", type.equals("Established") ? "InitialNamesAccepted" : "NoConflicts")
                    .put("message", "")
                    .put("lastTransitionTime", Json.now());
        }
    }
}
