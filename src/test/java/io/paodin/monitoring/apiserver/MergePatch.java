package io.paodin.monitoring.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** JSON merge patch, and the strategic one that merges keyed lists and knows {@code $patch} directives. */
final class MergePatch {
    private static final String DIRECTIVE = "$patch";
    private static final String DELETE_ITEMS = "$deleteFromPrimitiveList/";

    private final boolean strategic;
    private final ListKeys keys;

    private MergePatch(boolean strategic, ListKeys keys) {
        this.strategic = strategic;
        this.keys = keys;
    }

    static MergePatch merge(ResourceType type) {
        return new MergePatch(false, ListKeys.of(type));
    }

    static MergePatch strategic(ResourceType type) {
        return new MergePatch(true, ListKeys.of(type));
    }

    ObjectNode apply(ObjectNode object, ObjectNode patch) {
        ObjectNode next = object.deepCopy();
        patchObject(next, patch);
        return next;
    }

    private void patchObject(ObjectNode to, ObjectNode patch) {
        if (strategic && patch.path(DIRECTIVE).asText().equals("replace")) {
            to.removeAll();
        }
        patch.properties().forEach(field -> {
            String name = field.getKey();
            JsonNode value = field.getValue();
            if (strategic && name.startsWith("$")) {
                directive(to, name, value);
            } else if (value.isNull()) {
                to.remove(name);
            } else if (value instanceof ObjectNode child) {
                patchChild(to, name, child);
            } else if (strategic && to.get(name) instanceof ArrayNode list && value instanceof ArrayNode items) {
                to.set(name, patchList(name, list, items));
            } else {
                to.set(name, value.deepCopy());
            }
        });
    }

    private void patchChild(ObjectNode to, String name, ObjectNode patch) {
        if (strategic && patch.path(DIRECTIVE).asText().equals("delete")) {
            to.remove(name);
        } else {
            patchObject(Json.child(to, name), patch);
        }
    }

    private ArrayNode patchList(String field, ArrayNode list, ArrayNode patch) {
        if (keys.isSet(field, list)) {
            patch.forEach(item -> {
                if (list.valueStream().noneMatch(item::equals)) {
                    list.add(item);
                }
            });
            return list;
        }
        boolean replaced =
                patch.valueStream().anyMatch(i -> i.path(DIRECTIVE).asText().equals("replace"));
        // Strategic merge knows an item by the first key alone (a port by its number).
        List<String> keyFields = keys.of(field, patch).stream().limit(1).toList();
        ArrayNode next = replaced || keyFields.isEmpty() ? Json.array() : list;
        for (JsonNode item : patch) {
            if (keyFields.isEmpty() || !(item instanceof ObjectNode object)) {
                next.add(item.deepCopy());
            } else if (!item.path(DIRECTIVE).asText().equals("replace")) {
                patchItem(keyFields.get(0), next, object);
            }
        }
        return next;
    }

    private void patchItem(String key, ArrayNode list, ObjectNode patch) {
        int at = -1;
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i).path(key).equals(patch.path(key))) {
                at = i;
            }
        }
        if (patch.path(DIRECTIVE).asText().equals("delete")) {
            if (at >= 0) {
                list.remove(at);
            }
        } else if (at >= 0) {
            patchObject((ObjectNode) list.get(at), patch);
        } else {
            list.add(patch.deepCopy());
        }
    }

    /** The orders of lists ({@code $setElementOrder}) and {@code $retainKeys} are not followed. */
    private static void directive(ObjectNode to, String name, JsonNode value) {
        if (name.startsWith(DELETE_ITEMS) && to.get(name.substring(DELETE_ITEMS.length())) instanceof ArrayNode list) {
            value.forEach(gone -> {
                for (int i = list.size() - 1; i >= 0; i--) {
                    if (list.get(i).equals(gone)) {
                        list.remove(i);
                    }
                }
            });
        }
    }
}
