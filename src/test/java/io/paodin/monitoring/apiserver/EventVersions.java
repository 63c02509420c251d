package io.paodin.monitoring.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** Objects are stored in one version; only the two APIs of events name their fields differently. */
final class EventVersions {
    /** Name in events.k8s.io to name in the core group, which is the one that is stored. */
    private static final Map<String, String> TO_CORE = Map.of(
            "regarding", "involvedObject",
            "note", "message",
            "reportingController", "reportingComponent",
            "deprecatedSource", "source",
            "deprecatedCount", "count",
            "deprecatedFirstTimestamp", "firstTimestamp",
            "deprecatedLastTimestamp", "lastTimestamp");

    private EventVersions() {}

    static ObjectNode stored(ResourceType type, ObjectNode object) {
        if (type.is("events.k8s.io", "Event")) {
            TO_CORE.forEach((name, core) -> rename(object, name, core));
        }
        return object;
    }

    /** A copy as the type of the request shows it. */
    static ObjectNode shown(ResourceType type, ObjectNode object) {
        ObjectNode copy = object.deepCopy();
        if (type.is("events.k8s.io", "Event")) {
            TO_CORE.forEach((name, core) -> rename(copy, core, name));
        }
        return copy.put("apiVersion", type.apiVersion());
    }

    private static void rename(ObjectNode object, String from, String to) {
        if (object.has(from)) {
            object.set(to, object.remove(from));
        }
    }
}
