package io.paodin.monitoring.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The objects of a namespace without what differs between two runs that end in the same state. */
final class Snapshot {
    private static final Set<String> VOLATILE = Set.of(
            "uid",
            "resourceVersion",
            "generation",
            "observedGeneration",
            "managedFields",
            "creationTimestamp",
            "deletionTimestamp",
            "lastTransitionTime",
            "lastUpdateTime",
            "lastProbeTime",
            "lastHeartbeatTime");

    /** Records of what went on, not state. */
    private static final Set<String> RECORDS = Set.of("events", "leases");

    private Snapshot() {}

    static String of(List<ObjectStore.Entry> entries, String namespace) {
        ObjectNode all = Json.object();
        for (ObjectStore.Entry entry : entries) {
            ObjectKey key = entry.key();
            if (key.namespace().equals(namespace) && !RECORDS.contains(key.plural())) {
                String id = key.plural() + (key.group().isEmpty() ? "" : "." + key.group()) + "/" + key.name();
                all.set(id, stable(entry.object()));
            }
        }
        return Json.pretty(sorted(all));
    }

    private static JsonNode stable(JsonNode node) {
        if (node instanceof ArrayNode array) {
            ArrayNode result = Json.array();
            array.forEach(item -> result.add(stable(item)));
            return result;
        }
        if (!(node instanceof ObjectNode)) {
            return node;
        }
        ObjectNode result = Json.object();
        node.properties().forEach(field -> {
            if (!VOLATILE.contains(field.getKey())) {
                result.set(field.getKey(), stable(field.getValue()));
            }
        });
        return sorted(result);
    }

    private static ObjectNode sorted(ObjectNode object) {
        ObjectNode result = Json.object();
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        names.forEach(name -> result.set(name, object.get(name)));
        return result;
    }
}
