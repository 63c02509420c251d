package io.paodin.monitoring.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which lists are merged item by item, and what identifies an item. All other lists, the lists of custom resources, and
 * selectors are replaced as a whole.
 */
final class ListKeys {
    private static final Map<String, List<String>> METADATA = Map.of("ownerReferences", List.of("uid"));

    private static final Map<String, List<String>> BUILT_IN = Map.ofEntries(
            Map.entry("ownerReferences", List.of("uid")),
            Map.entry("containers", List.of("name")),
            Map.entry("initContainers", List.of("name")),
            Map.entry("volumes", List.of("name")),
            Map.entry("env", List.of("name")),
            Map.entry("imagePullSecrets", List.of("name")),
            Map.entry("secrets", List.of("name")),
            Map.entry("volumeMounts", List.of("mountPath")),
            Map.entry("volumeDevices", List.of("devicePath")),
            Map.entry("hostAliases", List.of("ip")),
            Map.entry("topologySpreadConstraints", List.of("topologyKey", "whenUnsatisfiable")),
            Map.entry("conditions", List.of("type")));

    private static final Set<String> ATOMIC = Set.of("labelSelector", "nodeSelector", "selector");

    private static final List<String> CONTAINER_PORT = List.of("containerPort", "protocol");
    private static final List<String> SERVICE_PORT = List.of("port", "protocol");

    private final Map<String, List<String>> keys;

    private ListKeys(Map<String, List<String>> keys) {
        this.keys = keys;
    }

    static ListKeys of(ResourceType type) {
        return new ListKeys(type.isCustom() ? METADATA : BUILT_IN);
    }

    /** The fields that identify an item of the list, or none where the list is atomic. */
    List<String> of(String field, JsonNode list) {
        List<String> candidates = field.equals("ports") ? portKeys(list) : keys.getOrDefault(field, List.of());
        if (candidates.isEmpty() || list.isEmpty()) {
            return List.of();
        }
        for (JsonNode item : list) {
            if (!item.has(candidates.get(0))) {
                return List.of();
            }
        }
        return candidates;
    }

    /** Whether the object is owned as one value. */
    boolean isAtomic(String field) {
        return keys != METADATA && ATOMIC.contains(field);
    }

    /** Finalizers are a set: each manager owns its own. */
    boolean isSet(String field, JsonNode list) {
        return field.equals("finalizers") && list instanceof ArrayNode;
    }

    /** The identity of an item as managedFields writes it. */
    static String keyOf(List<String> keyFields, JsonNode item) {
        ObjectNode key = Json.object();
        for (String field : keyFields) {
            if (item.has(field)) {
                key.set(field, item.get(field));
            } else if (field.equals("protocol")) {
                key.put(field, "TCP");
            }
        }
        return "k:" + key;
    }

    private List<String> portKeys(JsonNode list) {
        if (keys == METADATA) {
            return List.of();
        }
        return list.path(0).has("containerPort") ? CONTAINER_PORT : SERVICE_PORT;
    }
}
