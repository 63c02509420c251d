package io.paodin.monitoring.tryout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.stream.Collectors;

/** One line about the state of a resource. */
final class Progress {
    private Progress() {}

    static boolean isReady(JsonNode resource) {
        return isCurrent(resource) && ready(resource).path("status").asText().equals("True");
    }

    static String line(JsonNode resource) {
        JsonNode ready = ready(resource);
        if (ready.isMissingNode()) {
            return "no status yet";
        }
        if (!isCurrent(resource)) {
            return "changed, no status of the change yet";
        }
        String components = resource.at("/status/components")
                .valueStream()
                .map(component -> "%s %d/%d"
                        .formatted(
                                component.path("name").asText(),
                                component.path("ready").asInt(),
                                component.path("desired").asInt()))
                .collect(Collectors.joining(", "));
        return "Ready=%s (%s) %s"
                .formatted(
                        ready.path("status").asText(),
                        ready.path("reason").asText(),
                        components.isEmpty() ? ready.path("message").asText() : components);
    }

    private static boolean isCurrent(JsonNode resource) {
        return resource.at("/status/observedGeneration").asLong(-1)
                == resource.at("/metadata/generation").asLong();
    }

    private static JsonNode ready(JsonNode resource) {
        return resource.at("/status/conditions")
                .valueStream()
                .filter(condition -> condition.path("type").asText().equals("Ready"))
                .findFirst()
                .orElse(MissingNode.getInstance());
    }
}
