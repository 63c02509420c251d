package io.paodin.monitoring.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Deletes what nobody owns any more, waits for dependents in a foreground deletion, lets go of orphans and empties
 * namespaces. An owner is known by its UID: one with the same name and another UID is none.
 */
final class GarbageCollector {
    private final ObjectStore store;
    private final Removal removal;

    GarbageCollector(ObjectStore store, ResourceTypes types) {
        this.store = store;
        this.removal = new Removal(store, types);
    }

    /** One look at every object; what it changes is looked at again. */
    void collect() {
        store.locked(() -> {
            for (ObjectStore.Entry entry : store.entries()) {
                // An earlier step of this round may have changed it.
                Optional.ofNullable(store.get(entry.key())).ifPresent(object -> collect(entry.key(), object));
            }
            return null;
        });
    }

    private void collect(ObjectKey key, ObjectNode object) {
        if (key.group().isEmpty() && key.plural().equals("namespaces") && Json.isDeleting(object)) {
            emptyNamespace(key, object);
        } else if (Json.isDeleting(object) && Json.hasFinalizer(object, Removal.ORPHAN)) {
            orphanDependents(object);
            removal.dropFinalizer(key, object, Removal.ORPHAN);
        } else if (Json.isDeleting(object) && Json.hasFinalizer(object, Removal.FOREGROUND)) {
            if (blockingDependents(object).isEmpty()) {
                removal.dropFinalizer(key, object, Removal.FOREGROUND);
            }
        } else if (!Json.isDeleting(object)
                && !object.path("metadata").path("ownerReferences").isEmpty()) {
            collectDependent(key, object);
        }
    }

    private void collectDependent(ObjectKey key, ObjectNode object) {
        List<JsonNode> solid = new ArrayList<>();
        boolean waiting = false;
        JsonNode references = object.path("metadata").path("ownerReferences");
        for (JsonNode reference : references) {
            Optional<ObjectNode> owner = owner(key, reference);
            if (owner.isPresent() && isWaiting(owner.get())) {
                waiting = true;
            } else if (owner.isPresent()) {
                solid.add(reference);
            }
        }
        if (solid.size() == references.size()) {
            return;
        }
        if (!solid.isEmpty()) {
            ObjectNode next = object.deepCopy();
            Json.metadata(next).putArray("ownerReferences").addAll(solid);
            store.put(key, next);
        } else {
            boolean foreground = waiting && !blockingDependents(object).isEmpty();
            removal.delete(key, object, foreground ? "Foreground" : "Background");
        }
    }

    private void orphanDependents(ObjectNode owner) {
        for (ObjectStore.Entry entry : store.entries()) {
            JsonNode references = entry.object().path("metadata").path("ownerReferences");
            ArrayNode rest = Json.array();
            references
                    .valueStream()
                    .filter(reference -> !refersTo(reference, owner))
                    .forEach(rest::add);
            if (rest.size() < references.size()) {
                ObjectNode next = entry.object().deepCopy();
                Json.metadata(next).set("ownerReferences", rest);
                if (rest.isEmpty()) {
                    Json.metadata(next).remove("ownerReferences");
                }
                store.put(entry.key(), next);
            }
        }
    }

    private void emptyNamespace(ObjectKey key, ObjectNode namespace) {
        boolean empty = true;
        for (ObjectStore.Entry entry : store.entries()) {
            if (entry.key().namespace().equals(key.name())) {
                empty = false;
                removal.delete(entry.key(), entry.object(), "Background");
            }
        }
        if (empty && namespace.path("metadata").path("finalizers").isEmpty()) {
            removal.remove(key, namespace);
        }
    }

    private List<ObjectNode> blockingDependents(ObjectNode owner) {
        return store.entries().stream()
                .map(ObjectStore.Entry::object)
                .filter(object -> object.path("metadata")
                        .path("ownerReferences")
                        .valueStream()
                        .anyMatch(reference -> refersTo(reference, owner)
                                && reference.path("blockOwnerDeletion").asBoolean()))
                .toList();
    }

    private Optional<ObjectNode> owner(ObjectKey dependent, JsonNode reference) {
        return store.entries().stream()
                .filter(entry -> entry.key().namespace().isEmpty()
                        || entry.key().namespace().equals(dependent.namespace()))
                .map(ObjectStore.Entry::object)
                .filter(object -> refersTo(reference, object))
                .findFirst();
    }

    private static boolean isWaiting(ObjectNode owner) {
        return Json.isDeleting(owner) && Json.hasFinalizer(owner, Removal.FOREGROUND);
    }

    private static boolean refersTo(JsonNode reference, ObjectNode owner) {
        return reference.path("uid").asText().equals(Json.uid(owner));
    }
}
