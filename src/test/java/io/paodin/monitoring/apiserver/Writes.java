package io.paodin.monitoring.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.paodin.monitoring.apiserver.Ownership.Owner;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** Create, replace, patch and apply. Every method is called with the store locked. */
final class Writes {
    /** The metadata that a client cannot change. */
    private static final List<String> FIXED_METADATA = List.of(
            "name",
            "namespace",
            "uid",
            "resourceVersion",
            "generation",
            "creationTimestamp",
            "deletionTimestamp",
            "deletionGracePeriodSeconds");

    private final ObjectStore store;
    private final ResourceTypes types;
    private final ClaimRules claims;

    Writes(ObjectStore store, ResourceTypes types) {
        this.store = store;
        this.types = types;
        this.claims = new ClaimRules(store, types);
    }

    ObjectNode create(Call call, ObjectNode body) {
        if (!Json.meta(body, "resourceVersion").isEmpty()) {
            throw ApiError.badRequest("resourceVersion should not be set on objects to be created");
        }
        ObjectNode object = body.deepCopy();
        ObjectNode metadata = Json.metadata(object);
        if (!metadata.has("name") && metadata.has("generateName")) {
            String suffix = UUID.randomUUID().toString().substring(0, 5);
            metadata.put("name", metadata.get("generateName").asText() + suffix);
        }
        if (!metadata.has("name")) {
            throw ApiError.invalid(call.type(), "", List.of(ApiError.Cause.required("metadata.name")));
        }
        metadata.remove("managedFields");
        Owner owner = new Owner(call.manager(), Ownership.UPDATE, "");
        return insert(call, object, created -> {
            Ownership ownership = Ownership.of(created);
            ownership.update(owner, Map.of(), Ownership.ownable(created, call.type(), ""));
            ownership.writeTo(created);
        });
    }

    ObjectNode replace(Call call, ObjectNode body) {
        ObjectNode before = need(call);
        checkName(call, body);
        if (call.type().isCustom() && Json.meta(body, "resourceVersion").isEmpty()) {
            throw ApiError.invalid(
                    call.type(),
                    call.name(),
                    List.of(new ApiError.Cause(
                            "FieldValueInvalid",
                            "metadata.resourceVersion",
                            "Invalid value: 0: must be specified for an update")));
        }
        return update(call, before, body.deepCopy());
    }

    ObjectNode patch(Call call, byte[] body) {
        if (call.request().isApply()) {
            return apply(call, EventVersions.stored(call.type(), Json.parseObject(body)));
        }
        ObjectNode before = need(call);
        JsonNode patch = Json.parse(body);
        if (patch instanceof ObjectNode object) {
            EventVersions.stored(call.type(), object);
        }
        return update(call, before, patched(call, before, patch));
    }

    private ObjectNode patched(Call call, ObjectNode before, JsonNode patch) {
        ResourceType type = call.type();
        String contentType = call.request().contentType();
        if (contentType.equals("application/json-patch+json") && patch.isArray()) {
            return JsonPatch.apply(type, before, patch);
        }
        if (!(patch instanceof ObjectNode object)) {
            throw ApiError.badRequest("the patch is not an object");
        }
        boolean strategic = contentType.equals("application/strategic-merge-patch+json");
        if (strategic && type.isCustom()) {
            throw ApiError.of(
                    415,
                    "UnsupportedMediaType",
                    "the body of the request was in an unknown format - accepted media types include:"
                            + " application/json-patch+json, application/merge-patch+json,"
                            + " application/apply-patch+yaml");
        }
        MergePatch merge = strategic ? MergePatch.strategic(type) : MergePatch.merge(type);
        return merge.apply(before, object);
    }

    private ObjectNode apply(Call call, ObjectNode intent) {
        checkName(call, intent);
        if (intent.path("metadata").has("managedFields")) {
            throw ApiError.badRequest("metadata.managedFields must be nil");
        }
        Owner owner = new Owner(call.manager(), Ownership.APPLY, call.subresource());
        ApplyPatch apply = new ApplyPatch(call.type(), owner);
        ObjectNode before = store.get(call.key());
        if (before == null) {
            if (!call.subresource().isEmpty()) {
                throw ApiError.notFound(call.type(), call.name());
            }
            return applyNew(call, intent, apply);
        }
        checkIdentity(call, before, intent);
        ObjectNode next = apply.apply(before, intent, call.isForced());
        Defaults.fill(call.type(), next);
        return commit(call, before, next);
    }

    private ObjectNode applyNew(Call call, ObjectNode intent, ApplyPatch apply) {
        if (!Json.uid(intent).isEmpty()) {
            throw ApiError.conflict(
                    call.type(),
                    call.name(),
                    "uid mismatch: the provided object specified uid %s, and no existing object was found"
                            .formatted(Json.uid(intent)));
        }
        ObjectNode empty = Json.object(call.type().apiVersion(), call.type().kind());
        Json.metadata(empty).put("name", call.name());
        return insert(call, apply.apply(empty, intent, true), created -> {});
    }

    private ObjectNode insert(Call call, ObjectNode object, Consumer<ObjectNode> own) {
        ResourceType type = call.type();
        ObjectNode metadata = Json.metadata(object);
        String name = metadata.path("name").asText();
        checkNamespace(call, metadata);
        if (store.get(call.key(name)) != null) {
            throw ApiError.alreadyExists(type, name);
        }
        metadata.remove(List.of("resourceVersion", "deletionTimestamp", "deletionGracePeriodSeconds", "generation"));
        metadata.put("uid", UUID.randomUUID().toString()).put("creationTimestamp", Json.now());
        if (type.hasGeneration()) {
            metadata.put("generation", 1);
        }
        if (type.hasStatus()) {
            object.remove("status");
        }
        object.put("apiVersion", type.apiVersion()).put("kind", type.kind());
        Defaults.fill(type, object);
        checkAdmission(type, name, object);
        own.accept(object);
        return put(call, call.key(name), object);
    }

    private ObjectNode update(Call call, ObjectNode before, ObjectNode next) {
        checkIdentity(call, before, next);
        Json.copyField(Json.metadata(before), Json.metadata(next), "managedFields");
        splitStatus(call, before, next);
        Defaults.fill(call.type(), next);
        Ownership ownership = Ownership.of(before);
        ownership.update(
                new Owner(call.manager(), Ownership.UPDATE, call.subresource()),
                Ownership.ownable(before, call.type(), call.subresource()),
                Ownership.ownable(next, call.type(), call.subresource()));
        ownership.writeTo(next);
        return commit(call, before, next);
    }

    private void checkAdmission(ResourceType type, String name, ObjectNode object) {
        types.refusal(type, object).ifPresent(reason -> {
            throw ApiError.invalid(type, name, List.of(new ApiError.Cause("FieldValueInvalid", "spec", reason)));
        });
    }

    private ObjectNode commit(Call call, ObjectNode before, ObjectNode next) {
        ResourceType type = call.type();
        ObjectNode was = Json.metadata(before);
        ObjectNode metadata = Json.metadata(next);
        FIXED_METADATA.forEach(field -> Json.copyField(was, metadata, field));
        next.put("apiVersion", type.apiVersion()).put("kind", type.kind());
        Immutability.check(type, before, next);
        claims.check(type, before, next);
        checkAdmission(type, call.name(), next);
        if (next.equals(before)) {
            return before;
        }
        if (type.hasGeneration() && !content(type, before).equals(content(type, next))) {
            metadata.put("generation", was.path("generation").asInt() + 1);
        }
        if (metadata.has("deletionTimestamp") && metadata.path("finalizers").isEmpty()) {
            remove(call, next);
            return next;
        }
        return put(call, call.key(), next);
    }

    ObjectNode need(Call call) {
        return Optional.ofNullable(store.get(call.key()))
                .orElseThrow(() -> ApiError.notFound(call.type(), call.name()));
    }

    private ObjectNode put(Call call, ObjectKey key, ObjectNode object) {
        if (call.isDryRun()) {
            return object;
        }
        if (call.type().kind().equals("CustomResourceDefinition")) {
            types.register(object);
            CustomDefinitions.establish(object);
        }
        return store.put(key, object);
    }

    private void remove(Call call, ObjectNode object) {
        if (!call.isDryRun()) {
            new Removal(store, types).remove(call.key(), object);
        }
    }

    private static ObjectNode content(ResourceType type, ObjectNode object) {
        ObjectNode content = object.deepCopy();
        content.remove("metadata");
        if (type.hasStatus()) {
            content.remove("status");
        }
        return content;
    }

    /** The status is written through its subresource only, and nothing else through it. */
    private static void splitStatus(Call call, ObjectNode before, ObjectNode next) {
        if (call.subresource().equals("status")) {
            JsonNode status = next.get("status");
            next.removeAll();
            next.setAll(before.deepCopy());
            next.remove("status");
            if (status != null) {
                next.set("status", status);
            }
        } else if (call.type().hasStatus()) {
            Json.copyField(before, next, "status");
        }
    }

    private static void checkName(Call call, ObjectNode body) {
        String name = Json.meta(body, "name");
        if (!name.isEmpty() && !name.equals(call.name())) {
            throw ApiError.badRequest(
                    "the name of the object (%s) does not match the name on the URL (%s)".formatted(name, call.name()));
        }
    }

    private static void checkIdentity(Call call, ObjectNode before, ObjectNode body) {
        String version = Json.meta(body, "resourceVersion");
        if (!version.isEmpty() && !version.equals(Json.meta(before, "resourceVersion"))) {
            throw ApiError.modified(call.type(), call.name());
        }
        String uid = Json.uid(body);
        if (!uid.isEmpty() && !uid.equals(Json.uid(before))) {
            if (call.request().verb().equals("patch")) {
                throw ApiError.invalid(
                        call.type(),
                        call.name(),
                        List.of(ApiError.Cause.immutable("metadata.uid", body.at("/metadata/uid"))));
            }
            throw ApiError.conflict(
                    call.type(),
                    call.name(),
                    "Precondition failed: UID in precondition: %s, UID in object meta: %s"
                            .formatted(uid, Json.uid(before)));
        }
    }

    private void checkNamespace(Call call, ObjectNode metadata) {
        if (!call.type().namespaced()) {
            metadata.remove("namespace");
            return;
        }
        String stated = metadata.path("namespace").asText(call.namespace());
        if (!stated.equals(call.namespace())) {
            throw ApiError.badRequest(
                    "the namespace of the provided object does not match the namespace sent on" + " the request");
        }
        metadata.put("namespace", call.namespace());
        ResourceType namespaces = types.byPath("", "v1", "namespaces").orElseThrow();
        ObjectNode namespace = store.get(ObjectKey.of(namespaces, "", call.namespace()));
        if (namespace == null) {
            throw ApiError.notFound(namespaces, call.namespace());
        }
        if (Json.isDeleting(namespace)) {
            throw ApiError.of(
                    403,
                    "Forbidden",
                    "%s \"%s\" is forbidden: unable to create new content in namespace %s because it is being terminated"
                            .formatted(
                                    call.type().qualifiedPlural(),
                                    metadata.path("name").asText(),
                                    call.namespace()));
        }
    }
}
