package io.paodin.monitoring.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Carries out a request for a resource and gives the body of the answer. Called with the store locked. */
final class Resources {
    record Answer(int code, JsonNode body) {}

    private final ObjectStore store;
    private final Writes writes;
    private final Deletes deletes;

    Resources(ObjectStore store, ResourceTypes types) {
        this.store = store;
        this.writes = new Writes(store, types);
        this.deletes = new Deletes(store, types);
    }

    Answer answer(Call call, byte[] body) {
        boolean known =
                call.subresource().isEmpty() || call.type().subresources().contains(call.subresource());
        if (!known) {
            throw ApiError.unknownPath();
        }
        return switch (call.request().verb()) {
            case "list" -> new Answer(200, list(call));
            case "get" -> new Answer(200, shown(call, writes.need(call)));
            case "create" -> new Answer(201, shown(call, writes.create(call, stored(call, Json.parseObject(body)))));
            case "update" -> new Answer(200, shown(call, update(call, body)));
            case "patch" -> patch(call, body);
            case "delete" -> new Answer(200, deleted(call, deletes.delete(call, body)));
            case "deletecollection" -> new Answer(200, deletes.deleteCollection(call, body, Selection.of(call)));
            default ->
                throw ApiError.of(
                        405, "MethodNotAllowed", "the server does not allow this method on the requested resource");
        };
    }

    private Answer patch(Call call, byte[] body) {
        boolean creates = call.request().isApply() && store.get(call.key()) == null;
        ObjectNode object;
        if (isScale(call)) {
            ObjectNode before = writes.need(call);
            ObjectNode scale = Scale.of(call.type(), before);
            JsonNode patch = Json.parse(body);
            ObjectNode next = patch.isArray()
                    ? JsonPatch.apply(call.type(), scale, patch)
                    : MergePatch.merge(call.type()).apply(scale, (ObjectNode) patch);
            object = writes.replace(call, Scale.scaled(call.type(), before, next));
        } else {
            object = writes.patch(call, body);
        }
        return new Answer(creates ? 201 : 200, shown(call, object));
    }

    private ObjectNode update(Call call, byte[] body) {
        ObjectNode object = Json.parseObject(body);
        return isScale(call)
                ? writes.replace(call, Scale.scaled(call.type(), writes.need(call), object))
                : writes.replace(call, stored(call, object));
    }

    private JsonNode list(Call call) {
        Selection selection = Selection.of(call);
        List<ObjectNode> objects = store.list(call.type(), call.namespace()).stream()
                .filter(selection::matches)
                .toList();
        String version = Long.toString(store.version());
        if (call.table()) {
            return Tables.of(call.type(), objects, version);
        }
        ObjectNode list = Json.object(call.type().apiVersion(), call.type().kind() + "List");
        list.putObject("metadata").put("resourceVersion", version);
        ArrayNode items = list.putArray("items");
        objects.forEach(object -> items.add(EventVersions.shown(call.type(), object)));
        return list;
    }

    private static ObjectNode shown(Call call, ObjectNode object) {
        if (isScale(call)) {
            return Scale.of(call.type(), object);
        }
        return call.table()
                ? Tables.of(call.type(), List.of(object), Json.meta(object, "resourceVersion"))
                : EventVersions.shown(call.type(), object);
    }

    private static ObjectNode deleted(Call call, ObjectNode result) {
        return result.path("kind").asText().equals("Status") ? result : EventVersions.shown(call.type(), result);
    }

    private static boolean isScale(Call call) {
        return call.subresource().equals("scale");
    }

    private static ObjectNode stored(Call call, ObjectNode body) {
        return EventVersions.stored(call.type(), body);
    }
}
