package io.paodin.monitoring.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A pod template of the user that is to be merged onto the operator's. It has only fields that exist, and changes nothing
 * of the operator's {@link Essentials}.
 *
 * @param template as written, but without nulls: they say nothing, since some clients drop them on the way
 */
public record PodTemplateOverlay(ObjectNode template) {

    static final PodTemplateOverlay NONE = new PodTemplateOverlay(JsonNodeFactory.instance.objectNode());

    private static final String PORTS = "ports";

    /** The lists whose items are merged, with the field that tells them apart. Any other list replaces. */
    private static final Map<String, String> KEYS = Map.of(
            "containers",
            "name",
            "initContainers",
            "name",
            "volumes",
            "name",
            "env",
            "name",
            "volumeMounts",
            "mountPath",
            "volumeDevices",
            "devicePath",
            PORTS,
            "containerPort");

    /**
     * Judges what a resource gives.
     *
     * @param component the path of the component that it is for
     * @param given may be null
     * @return the template; an empty one if anything about it is wrong
     */
    static PodTemplateOverlay of(String component, JsonNode given, Essentials own, Findings findings) {
        if (given == null || given.isNull()) {
            return NONE;
        }
        var template = normalised(given);
        var problems = new Findings();
        PodTemplateShape.check(component + ".podTemplate", template, problems);
        PodTemplateRules.check(component, template, own, problems);
        findings.add(problems);
        return problems.violations().isEmpty() ? new PodTemplateOverlay((ObjectNode) template) : NONE;
    }

    public boolean isEmpty() {
        return template.isEmpty();
    }

    /** The field by which items of the list are told apart; empty for a list that is not merged item by item. */
    public static Optional<String> keyOf(String list) {
        return Optional.ofNullable(KEYS.get(list));
    }

    /** What tells an item of a list that is merged from the others; a port of one number may occur once per protocol. */
    public static String identity(String list, JsonNode item) {
        var key = item.path(KEYS.get(list)).asText();
        return list.equals(PORTS) ? key + "/" + item.path("protocol").asText("TCP") : key;
    }

    /** Without nulls, and with the fields of objects sorted, so that their order is nobody's. */
    private static JsonNode normalised(JsonNode node) {
        if (node.isArray()) {
            var items = JsonNodeFactory.instance.arrayNode(node.size());
            node.forEach(item -> items.add(normalised(item)));
            return items;
        }
        if (!node.isObject()) {
            return node;
        }
        var fields = new TreeMap<String, JsonNode>();
        node.properties().stream()
                .filter(field -> !field.getValue().isNull())
                .forEach(field -> fields.put(field.getKey(), normalised(field.getValue())));
        return new ObjectNode(JsonNodeFactory.instance, fields);
    }
}
