package io.paodin.monitoring.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.List;

/** What of a claim may change: only the storage that it asks for, once it has a volume, and to more if its class can. */
final class ClaimRules {
    private static final String STORAGE = "/resources/requests/storage";

    private final ObjectStore store;
    private final ResourceTypes types;

    ClaimRules(ObjectStore store, ResourceTypes types) {
        this.store = store;
        this.types = types;
    }

    void check(ResourceType type, ObjectNode before, ObjectNode after) {
        if (!type.qualifiedKind().equals("PersistentVolumeClaim")) {
            return;
        }
        JsonNode was = before.path("spec");
        JsonNode is = after.path("spec");
        boolean bound = before.at("/status/phase").asText().equals("Bound");
        if (!was.equals(is) && !(bound && withoutSize(was).equals(withoutSize(is)))) {
            throw forbidden(
                    type,
                    before,
                    "spec",
                    "spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims");
        }
        if (amount(is.at(STORAGE)).compareTo(amount(before.at("/status/capacity/storage"))) < 0) {
            throw forbidden(
                    type, before, "spec.resources.requests.storage", "field can not be less than status.capacity");
        }
        if (amount(is.at(STORAGE)).compareTo(amount(was.at(STORAGE))) > 0 && !canGrow(was)) {
            throw ApiError.of(
                    403,
                    "Forbidden",
                    "persistentvolumeclaims \"%s\" is forbidden: only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize"
                            .formatted(Json.meta(before, "name")));
        }
    }

    private boolean canGrow(JsonNode spec) {
        ResourceType classes =
                types.byPath("storage.k8s.io", "v1", "storageclasses").orElseThrow();
        ObjectNode found = store.get(
                ObjectKey.of(classes, "", spec.path("storageClassName").asText()));
        return found != null && found.path("allowVolumeExpansion").asBoolean();
    }

    private static ApiError forbidden(ResourceType type, ObjectNode claim, String field, String why) {
        return ApiError.invalid(
                type,
                Json.meta(claim, "name"),
                List.of(new ApiError.Cause("FieldValueForbidden", field, "Forbidden: " + why)));
    }

    private static JsonNode withoutSize(JsonNode spec) {
        ObjectNode rest = spec.deepCopy();
        if (rest.at("/resources/requests") instanceof ObjectNode requests) {
            requests.remove("storage");
        }
        return rest;
    }

    private static BigDecimal amount(JsonNode quantity) {
        return quantity.isValueNode() ? Quantity.parse(quantity.asText()).getNumericalAmount() : BigDecimal.ZERO;
    }
}
