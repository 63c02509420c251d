package io.paodin.monitoring.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who owns which field of an object: {@code metadata.managedFields}. */
final class Ownership {
    static final String APPLY = "Apply";
    static final String UPDATE = "Update";

    private static final Set<String> SERVER_METADATA = Set.of(
            "name",
            "generateName",
            "namespace",
            "uid",
            "resourceVersion",
            "generation",
            "creationTimestamp",
            "deletionTimestamp",
            "deletionGracePeriodSeconds",
            "managedFields");

    record Owner(String manager, String operation, String subresource) {}

    private record Entry(FieldSet fields, JsonNode written) {}

    private final Map<Owner, Entry> entries = new LinkedHashMap<>();

    private Ownership() {}

    static Ownership of(JsonNode object) {
        Ownership ownership = new Ownership();
        for (JsonNode entry : object.path("metadata").path("managedFields")) {
            Owner owner = new Owner(
                    entry.path("manager").asText(),
                    entry.path("operation").asText(),
                    entry.path("subresource").asText(""));
            ownership.entries.put(owner, new Entry(FieldSet.parse(entry.path("fieldsV1")), entry));
        }
        return ownership;
    }

    /** The leaves of an object that a manager can own through the main resource or a subresource. */
    static Map<List<String>, JsonNode> ownable(ObjectNode object, ResourceType type, String subresource) {
        ObjectNode copy = object.deepCopy();
        copy.remove(List.of("apiVersion", "kind"));
        if (copy.get("metadata") instanceof ObjectNode metadata) {
            metadata.remove(SERVER_METADATA);
        }
        if (subresource.equals("status")) {
            copy.retain("status");
        } else if (type.hasStatus()) {
            copy.remove("status");
        }
        if (copy.path("metadata").isEmpty()) {
            copy.remove("metadata");
        }
        return FieldSet.leaves(copy, ListKeys.of(type));
    }

    FieldSet fieldsOf(Owner owner) {
        Entry entry = entries.get(owner);
        return entry == null ? FieldSet.of(List.of()) : entry.fields();
    }

    List<Owner> othersThan(Owner owner) {
        return entries.keySet().stream().filter(o -> !o.equals(owner)).toList();
    }

    boolean ownedByOthers(Owner owner, List<String> path) {
        return othersThan(owner).stream().anyMatch(o -> fieldsOf(o).reaches(path));
    }

    void set(Owner owner, FieldSet fields) {
        if (fields.paths().isEmpty()) {
            entries.remove(owner);
        } else if (!fields.paths().equals(fieldsOf(owner).paths())) {
            entries.put(owner, new Entry(fields, null));
        }
    }

    void take(Owner owner, Collection<List<String>> paths) {
        set(owner, fieldsOf(owner).minus(paths));
    }

    /** An ordinary write: its manager owns what it changed, nobody owns what it removed. */
    void update(Owner owner, Map<List<String>, JsonNode> before, Map<List<String>, JsonNode> after) {
        List<List<String>> changed = new ArrayList<>();
        after.forEach((path, value) -> {
            if (!value.equals(before.get(path))) {
                changed.add(path);
            }
        });
        List<List<String>> removed = before.keySet().stream()
                .filter(path -> !after.containsKey(path))
                .toList();
        for (Owner each : List.copyOf(entries.keySet())) {
            take(each, removed);
            if (!each.equals(owner)) {
                take(each, changed);
            }
        }
        set(owner, fieldsOf(owner).plus(changed));
    }

    void writeTo(ObjectNode object) {
        ArrayNode list = Json.array();
        entries.forEach((owner, entry) -> list.add(
                entry.written() != null ? entry.written() : entry(owner, entry.fields(), object.path("apiVersion"))));
        ObjectNode metadata = Json.metadata(object);
        metadata.remove("managedFields");
        if (!list.isEmpty()) {
            metadata.set("managedFields", list);
        }
    }

    private static ObjectNode entry(Owner owner, FieldSet fields, JsonNode apiVersion) {
        ObjectNode entry = Json.object()
                .put("manager", owner.manager())
                .put("operation", owner.operation())
                .put("apiVersion", apiVersion.asText())
                .put("time", Json.now())
                .put("fieldsType", "FieldsV1");
        entry.set("fieldsV1", fields.toFieldsV1());
        if (!owner.subresource().isEmpty()) {
            entry.put("subresource", owner.subresource());
        }
        return entry;
    }
}
