package io.paodin.monitoring.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Refuses changes of fields that cannot be changed. */
final class Immutability {
    private Immutability() {}

    static void check(ResourceType type, ObjectNode before, ObjectNode after) {
        List<ApiError.Cause> causes = immutable(type).stream()
                .filter(field -> !before.at(field).equals(after.at(field)))
                .map(field -> ApiError.Cause.immutable(field.substring(1).replace('/', '.'), after.at(field)))
                .toList();
        if (!causes.isEmpty()) {
            throw ApiError.invalid(type, Json.meta(before, "name"), causes);
        }
    }

    private static List<String> immutable(ResourceType type) {
        return switch (type.qualifiedKind()) {
            case "StatefulSet.apps" ->
                List.of(
                        "/spec/volumeClaimTemplates",
                        "/spec/serviceName",
                        "/spec/selector",
                        "/spec/podManagementPolicy");
            case "Deployment.apps" -> List.of("/spec/selector");
            case "Service" -> List.of("/spec/clusterIP");
            default -> List.of();
        };
    }
}
