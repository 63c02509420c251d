package io.paodin.monitoring.render;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.paodin.monitoring.model.PodTemplateOverlay;

/**
 * Merges a user's pod template onto a rendered one: objects field by field, the lists that {@link PodTemplateOverlay#keyOf}
 * knows item by item, with new items at the end; anything else replaces what was there.
 */
final class PodTemplateMerge {

    private final KubernetesSerialization serialization;

    PodTemplateMerge(KubernetesSerialization serialization) {
        this.serialization = serialization;
    }

    /** Changes the object, if it has a pod template and there is something to merge. */
    void merge(PodTemplateOverlay overlay, HasMetadata object) {
        if (overlay.isEmpty()) {
            return;
        }
        if (object instanceof Deployment deployment) {
            var spec = deployment.getSpec();
            spec.setTemplate(merged(spec.getTemplate(), overlay));
        } else if (object instanceof StatefulSet set) {
            var spec = set.getSpec();
            spec.setTemplate(merged(spec.getTemplate(), overlay));
        }
    }

    PodTemplateSpec merged(PodTemplateSpec template, PodTemplateOverlay overlay) {
        var merged = serialization.convertValue(template, ObjectNode.class);
        merge(merged, overlay.template());
        return serialization.convertValue(merged, PodTemplateSpec.class);
    }

    private static void merge(ObjectNode target, JsonNode overlay) {
        overlay.properties().forEach(field -> {
            var name = field.getKey();
            var value = field.getValue();
            if (target.get(name) instanceof ObjectNode object && value.isObject()) {
                merge(object, value);
            } else if (target.get(name) instanceof ArrayNode list
                    && PodTemplateOverlay.keyOf(name).isPresent()) {
                mergeItems(name, list, value);
            } else {
                target.set(name, value.deepCopy());
            }
        });
    }

    private static void mergeItems(String list, ArrayNode target, JsonNode overlay) {
        for (var item : overlay) {
            var present = find(list, target, PodTemplateOverlay.identity(list, item));
            if (present == null) {
                target.add(item.deepCopy());
            } else {
                merge(present, item);
            }
        }
    }

    private static ObjectNode find(String list, ArrayNode items, String identity) {
        for (var item : items) {
            if (PodTemplateOverlay.identity(list, item).equals(identity)) {
                return (ObjectNode) item;
            }
        }
        return null;
    }
}
