package io.paodin.monitoring.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Refuses changes of fields that cannot be changed, with the API server's own words. */
final class Immutability {
    private static final List<String> STATEFUL_SET_MUTABLE = List.of(
            "replicas",
            "ordinals",
            "template",
            "updateStrategy",
            "revisionHistoryLimit",
            "persistentVolumeClaimRetentionPolicy",
            "minReadySeconds");

    private Immutability() {}

    static void check(ResourceType type, ObjectNode before, ObjectNode after) {
        if (type.is("apps", "StatefulSet")) {
            statefulSet(type, before, after);
        } else if (type.is("apps", "Deployment")) {
            unchanged(type, before, after, "spec/selector", "field is immutable");
        } else if (type.is("", "Service")) {
            unchanged(type, before, after, "spec/clusterIP", "field is immutable");
        }
    }

    private static void statefulSet(ResourceType type, ObjectNode before, ObjectNode after) {
        if (!fixed(before).equals(fixed(after))) {
            String message = "updates to statefulset spec for fields other than %s and '%s' are forbidden"
                    .formatted(
                            String.join(
                                    ", ",
                                    STATEFUL_SET_MUTABLE.stream()
                                            .limit(STATEFUL_SET_MUTABLE.size() - 1L)
                                            .map("'%s'"::formatted)
                                            .toList()),
                            "minReadySeconds");
            throw ApiError.invalid(
                    type,
                    Json.meta(before, "name"),
                    new ApiError.Cause("FieldValueForbidden", "spec", "Forbidden: " + message));
        }
    }

    private static ObjectNode fixed(ObjectNode object) {
        ObjectNode spec = Json.child(object.deepCopy(), "spec");
        spec.remove(STATEFUL_SET_MUTABLE);
        return spec;
    }

    private static void unchanged(ResourceType type, ObjectNode before, ObjectNode after, String path, String why) {
        if (!before.at("/" + path).equals(after.at("/" + path))) {
            String message = "Invalid value: %s: %s".formatted(after.at("/" + path), why);
            throw ApiError.invalid(
                    type,
                    Json.meta(before, "name"),
                    new ApiError.Cause("FieldValueInvalid", path.replace('/', '.'), message));
        }
    }
}
