package io.paodin.monitoring.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The DELETE requests with their options. Called with the store locked. */
final class Deletes {
    private final ObjectStore store;
    private final Removal removal;

    Deletes(ObjectStore store, ResourceTypes types) {
        this.store = store;
        this.removal = new Removal(store, types);
    }

    ObjectNode delete(Call call, byte[] body) {
        ObjectNode object = store.get(call.key());
        if (object == null) {
            throw ApiError.notFound(call.type(), call.name());
        }
        ObjectNode options = body.length == 0 ? Json.object() : Json.parseObject(body);
        checkPrecondition(call, "UID", options.at("/preconditions/uid"), Json.uid(object));
        checkPrecondition(
                call,
                "ResourceVersion",
                options.at("/preconditions/resourceVersion"),
                Json.meta(object, "resourceVersion"));
        if (isDryRun(call, options)) {
            return success(call, object);
        }
        ObjectNode remaining = removal.delete(call.key(), object, policy(call, options));
        return remaining == null ? success(call, object) : remaining;
    }

    ObjectNode deleteCollection(Call call, byte[] body, Selection selection) {
        ObjectNode options = body.length == 0 ? Json.object() : Json.parseObject(body);
        if (!isDryRun(call, options)) {
            for (ObjectNode object : store.list(call.type(), call.namespace())) {
                if (selection.matches(object)) {
                    ObjectKey key =
                            ObjectKey.of(call.type(), Json.meta(object, "namespace"), Json.meta(object, "name"));
                    removal.delete(key, object, policy(call, options));
                }
            }
        }
        ObjectNode status = Json.object("v1", "Status");
        status.putObject("metadata");
        return status.put("status", "Success");
    }

    private static boolean isDryRun(Call call, ObjectNode options) {
        return call.isDryRun() || !options.path("dryRun").isEmpty();
    }

    private static String policy(Call call, ObjectNode options) {
        return call.parameter("propagationPolicy")
                .orElse(options.path("propagationPolicy")
                        .asText(options.path("orphanDependents").asBoolean() ? "Orphan" : "Background"));
    }

    private static void checkPrecondition(Call call, String what, JsonNode wanted, String actual) {
        if (wanted.isTextual() && !wanted.asText().equals(actual)) {
            throw ApiError.conflict(
                    call.type(),
                    call.name(),
                    "the %s in the precondition (%s) does not match the %s in record (%s)"
                            .formatted(what, wanted.asText(), what, actual));
        }
    }

    private static ObjectNode success(Call call, ObjectNode object) {
        ObjectNode status = Json.object("v1", "Status");
        status.putObject("metadata");
        status.put("status", "Success")
                .putObject("details")
                .put("name", call.name())
                .put("group", call.type().group())
                .put("kind", call.type().plural())
                .put("uid", Json.uid(object));
        return status;
    }
}
