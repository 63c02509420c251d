package io.paodin.monitoring.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Takes objects out of the store, or marks them as being deleted where a finalizer holds them. */
final class Removal {
    static final String FOREGROUND = "foregroundDeletion";
    static final String ORPHAN = "orphan";

    private final ObjectStore store;
    private final ResourceTypes types;

    Removal(ObjectStore store, ResourceTypes types) {
        this.store = store;
        this.types = types;
    }

    /** @return the object as it stays for now, or null where it is gone */
    ObjectNode delete(ObjectKey key, ObjectNode object, String policy) {
        ObjectNode next = object.deepCopy();
        ObjectNode metadata = Json.metadata(next);
        if (policy.equals("Foreground")) {
            addFinalizer(next, FOREGROUND);
        } else if (policy.equals("Orphan")) {
            addFinalizer(next, ORPHAN);
        }
        boolean namespace = key.group().isEmpty() && key.plural().equals("namespaces");
        if (metadata.path("finalizers").isEmpty() && !namespace) {
            remove(key, object);
            return null;
        }
        if (Json.isDeleting(object)) {
            return object;
        }
        metadata.put("deletionTimestamp", Json.now()).put("deletionGracePeriodSeconds", 0);
        if (metadata.has("generation")) {
            metadata.put("generation", metadata.get("generation").asInt() + 1);
        }
        if (namespace) {
            Json.child(next, "status").put("phase", "Terminating");
        }
        return store.put(key, next);
    }

    void remove(ObjectKey key, ObjectNode object) {
        store.remove(key);
        if (key.plural().equals("customresourcedefinitions")) {
            for (ObjectStore.Entry entry : store.entries()) {
                boolean instance =
                        entry.key().group().equals(object.at("/spec/group").asText())
                                && entry.key()
                                        .plural()
                                        .equals(object.at("/spec/names/plural").asText());
                if (instance) {
                    store.remove(entry.key());
                }
            }
            types.unregister(object);
        }
    }

    void dropFinalizer(ObjectKey key, ObjectNode object, String finalizer) {
        ObjectNode next = object.deepCopy();
        ArrayNode rest = Json.array();
        for (JsonNode item : object.path("metadata").path("finalizers")) {
            if (!item.asText().equals(finalizer)) {
                rest.add(item);
            }
        }
        if (rest.isEmpty()) {
            remove(key, object);
        } else {
            Json.metadata(next).set("finalizers", rest);
            store.put(key, next);
        }
    }

    private static void addFinalizer(ObjectNode object, String finalizer) {
        ObjectNode metadata = Json.metadata(object);
        if (!Json.hasFinalizer(object, finalizer)) {
            ArrayNode all =
                    metadata.get("finalizers") instanceof ArrayNode list ? list : metadata.putArray("finalizers");
            all.add(finalizer);
        }
        // A later policy replaces an earlier one.
        List.of(FOREGROUND, ORPHAN).stream()
                .filter(other -> !other.equals(finalizer))
                .forEach(other -> removeItem(metadata, other));
    }

    private static void removeItem(ObjectNode metadata, String finalizer) {
        if (metadata.get("finalizers") instanceof ArrayNode list) {
            for (int i = list.size() - 1; i >= 0; i--) {
                if (list.get(i).asText().equals(finalizer)) {
                    list.remove(i);
                }
            }
        }
    }
}
