package io.paodin.monitoring.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.paodin.monitoring.apiserver.Ownership.Owner;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Server-side apply: merges what a manager wants into the live object and drops what it no longer wants. */
final class ApplyPatch {
    private final ResourceType type;
    private final Owner owner;
    private final ListKeys keys;

    ApplyPatch(ResourceType type, Owner owner) {
        this.type = type;
        this.owner = owner;
        this.keys = ListKeys.of(type);
    }

    /** @param live the object as it is, or an empty one to create it */
    ObjectNode apply(ObjectNode live, ObjectNode intent, boolean force) {
        ObjectNode wanted = intent.deepCopy();
        if (owner.subresource().equals("status")) {
            wanted.retain("status");
        } else if (type.hasStatus()) {
            wanted.remove("status");
        }
        Map<List<String>, JsonNode> wantedLeaves = Ownership.ownable(wanted, type, owner.subresource());
        FieldSet wantedFields = FieldSet.of(wantedLeaves.keySet());
        Ownership ownership = Ownership.of(live);
        resolveConflicts(live, wantedLeaves, ownership, force);

        ObjectNode next = live.deepCopy();
        mergeObject(next, wanted);
        for (List<String> path : ownership.fieldsOf(owner).paths()) {
            if (!wantedFields.reaches(path) && !ownership.ownedByOthers(owner, path)) {
                remove(next, path, wantedFields);
            }
        }
        if (type.isCustom()) {
            refuseEmptied(live, wanted, next, "");
        }
        ownership.set(owner, wantedFields);
        ownership.writeTo(next);
        return next;
    }

    /** An object that is applied empty and loses its last field thereby is made null, which no schema allows. */
    private void refuseEmptied(JsonNode live, ObjectNode wanted, JsonNode next, String path) {
        for (Map.Entry<String, JsonNode> field : wanted.properties()) {
            JsonNode before = live.path(field.getKey());
            JsonNode after = next.path(field.getKey());
            String name = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
            if (field.getValue() instanceof ObjectNode child) {
                if (child.isEmpty() && before.isObject() && !before.isEmpty() && after.isEmpty()) {
                    String message = "Invalid value: \"null\": %s in body must be of type object: \"null\""
                            .formatted(field.getKey());
                    throw ApiError.invalid(
                            type,
                            Json.meta(live, "name"),
                            List.of(new ApiError.Cause("FieldValueTypeInvalid", name, message)));
                }
                refuseEmptied(before, child, after, name);
            }
        }
    }

    private void resolveConflicts(
            ObjectNode live, Map<List<String>, JsonNode> wanted, Ownership ownership, boolean force) {
        Map<List<String>, JsonNode> current = Ownership.ownable(live, type, owner.subresource());
        List<ApiError.Cause> causes = new ArrayList<>();
        for (Owner other : ownership.othersThan(owner)) {
            List<List<String>> disputed = ownership.fieldsOf(other).paths().stream()
                    .filter(path ->
                            wanted.containsKey(path) && !wanted.get(path).equals(current.get(path)))
                    .toList();
            for (List<String> path : disputed) {
                String who = "conflict with \"%s\"".formatted(other.manager());
                causes.add(new ApiError.Cause("FieldManagerConflict", FieldSet.display(path), who));
            }
            ownership.take(other, disputed);
        }
        if (!force && !causes.isEmpty()) {
            throw ApiError.applyConflict(causes);
        }
    }

    private void mergeObject(ObjectNode to, ObjectNode from) {
        from.properties().forEach(field -> {
            String name = field.getKey();
            JsonNode value = field.getValue();
            if (to.get(name) instanceof ObjectNode child
                    && value instanceof ObjectNode wanted
                    && !keys.isAtomic(name)) {
                mergeObject(child, wanted);
            } else if (to.get(name) instanceof ArrayNode items && value instanceof ArrayNode wanted) {
                to.set(name, mergeList(name, items, wanted));
            } else {
                to.set(name, value.deepCopy());
            }
        });
    }

    private ArrayNode mergeList(String field, ArrayNode live, ArrayNode wanted) {
        if (keys.isSet(field, live)) {
            return union(live, wanted);
        }
        List<String> keyFields = keys.of(field, live);
        if (keyFields.isEmpty() || keys.of(field, wanted).isEmpty()) {
            return wanted.deepCopy();
        }
        return mergeItems(keyFields, live, wanted);
    }

    /** The wanted order; items of others stay in front of what they were in front of, as far as that is possible. */
    private ArrayNode mergeItems(List<String> keyFields, ArrayNode live, ArrayNode wanted) {
        List<String> liveKeys = keysOf(keyFields, live);
        Set<String> wantedKeys = new HashSet<>(keysOf(keyFields, wanted));
        Set<Integer> done = new HashSet<>();
        ArrayNode merged = Json.array();
        for (JsonNode item : wanted) {
            int at = liveKeys.indexOf(ListKeys.keyOf(keyFields, item));
            for (int i = 0; i < at; i++) {
                if (!wantedKeys.contains(liveKeys.get(i)) && done.add(i)) {
                    merged.add(live.get(i).deepCopy());
                }
            }
            ObjectNode next = at < 0 ? Json.object() : live.get(at).deepCopy();
            mergeObject(next, (ObjectNode) item);
            merged.add(next);
        }
        for (int i = 0; i < live.size(); i++) {
            if (!wantedKeys.contains(liveKeys.get(i)) && done.add(i)) {
                merged.add(live.get(i).deepCopy());
            }
        }
        return merged;
    }

    private static List<String> keysOf(List<String> keyFields, ArrayNode list) {
        List<String> result = new ArrayList<>();
        list.forEach(item -> result.add(ListKeys.keyOf(keyFields, item)));
        return result;
    }

    private static ArrayNode union(ArrayNode live, ArrayNode wanted) {
        ArrayNode all = live.deepCopy();
        Set<JsonNode> known = new HashSet<>();
        live.forEach(known::add);
        wanted.forEach(item -> {
            if (known.add(item)) {
                all.add(item);
            }
        });
        return all;
    }

    /** Removes the field, and its parents where they are empty now and nobody asked for them. */
    private void remove(ObjectNode root, List<String> path, FieldSet keep) {
        List<JsonNode> parents = new ArrayList<>();
        JsonNode node = root;
        for (String element : path) {
            parents.add(node);
            node = step(node, element, parents.size() > 1 ? path.get(parents.size() - 2) : "");
            if (node == null) {
                return;
            }
        }
        for (int depth = path.size() - 1; depth >= 0; depth--) {
            boolean target = depth == path.size() - 1;
            JsonNode child = step(parents.get(depth), path.get(depth), depth > 0 ? path.get(depth - 1) : "");
            if (!target && (child == null || !child.isEmpty() || keep.reaches(path.subList(0, depth + 1)))) {
                return;
            }
            drop(parents.get(depth), path.get(depth), child);
        }
    }

    private JsonNode step(JsonNode node, String element, String parentElement) {
        String name = element.substring(2);
        if (element.startsWith("f:")) {
            return node.get(name);
        }
        String field = parentElement.startsWith("f:") ? parentElement.substring(2) : "";
        for (JsonNode item : node) {
            boolean match = element.startsWith("v:")
                    ? item.toString().equals(name)
                    : ListKeys.keyOf(keys.of(field, node), item).equals(element);
            if (match) {
                return item;
            }
        }
        return null;
    }

    private static void drop(JsonNode parent, String element, JsonNode child) {
        if (parent instanceof ObjectNode object) {
            object.remove(element.substring(2));
        } else if (parent instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                if (array.get(i) == child) {
                    array.remove(i);
                    return;
                }
            }
        }
    }
}
