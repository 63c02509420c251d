package io.paodin.monitoring.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A set of field paths in the notation of managedFields: {@code f:name}, {@code k:{"name":"x"}}, {@code v:"x"}. */
record FieldSet(Set<List<String>> paths) {
    private static final JsonNode PRESENT = BooleanNode.TRUE;

    static FieldSet of(Collection<List<String>> paths) {
        return new FieldSet(new LinkedHashSet<>(paths));
    }

    /** Every leaf of an object with its value; an item of a keyed list is a leaf too, of no value. */
    static Map<List<String>, JsonNode> leaves(ObjectNode object, ListKeys keys) {
        Map<List<String>, JsonNode> leaves = new LinkedHashMap<>();
        collect(object, List.of(), keys, leaves);
        return leaves;
    }

    static FieldSet parse(JsonNode fieldsV1) {
        Set<List<String>> paths = new LinkedHashSet<>();
        parse(fieldsV1, List.of(), paths);
        return new FieldSet(paths);
    }

    FieldSet plus(Collection<List<String>> added) {
        Set<List<String>> all = new LinkedHashSet<>(paths);
        all.addAll(added);
        return new FieldSet(all);
    }

    FieldSet minus(Collection<List<String>> removed) {
        Set<List<String>> rest = new LinkedHashSet<>(paths);
        rest.removeAll(removed);
        return new FieldSet(rest);
    }

    /** Whether the set has the path or something below it. */
    boolean reaches(List<String> path) {
        return paths.stream()
                .anyMatch(p ->
                        p.size() >= path.size() && p.subList(0, path.size()).equals(path));
    }

    ObjectNode toFieldsV1() {
        ObjectNode root = Json.object();
        for (List<String> path : paths) {
            ObjectNode node = root;
            for (String element : path) {
                node = Json.child(node, element);
            }
            if (path.get(path.size() - 1).startsWith("k:")) {
                node.putObject(".");
            }
        }
        return root;
    }

    /** A path as people read it: {@code .spec.template.spec.containers[name="x"].image}. */
    static String display(List<String> path) {
        StringBuilder text = new StringBuilder();
        for (String element : path) {
            String value = element.substring(2);
            if (element.startsWith("f:")) {
                text.append('.').append(value);
            } else if (element.startsWith("k:")) {
                text.append('[')
                        .append(value.replaceAll("[{}]", "").replaceAll("\"(\\w+)\":", "$1="))
                        .append(']');
            } else {
                text.append('[').append(value).append(']');
            }
        }
        return text.toString();
    }

    private static void collect(
            ObjectNode object, List<String> path, ListKeys keys, Map<List<String>, JsonNode> leaves) {
        object.properties().forEach(field -> {
            List<String> here = append(path, "f:" + field.getKey());
            JsonNode value = field.getValue();
            List<String> keyFields = value.isArray() ? keys.of(field.getKey(), value) : List.of();
            if (value instanceof ObjectNode child && !child.isEmpty() && !keys.isAtomic(field.getKey())) {
                collect(child, here, keys, leaves);
            } else if (!keyFields.isEmpty()) {
                for (JsonNode item : value) {
                    List<String> itemPath = append(here, ListKeys.keyOf(keyFields, item));
                    leaves.put(itemPath, PRESENT);
                    collect((ObjectNode) item, itemPath, keys, leaves);
                }
            } else if (keys.isSet(field.getKey(), value)) {
                value.forEach(item -> leaves.put(append(here, "v:" + item), PRESENT));
            } else {
                leaves.put(here, value);
            }
        });
    }

    private static void parse(JsonNode node, List<String> path, Set<List<String>> paths) {
        if (node.isEmpty() && !path.isEmpty()) {
            paths.add(path);
        }
        node.properties().forEach(field -> {
            if (field.getKey().equals(".")) {
                paths.add(path);
            } else {
                parse(field.getValue(), append(path, field.getKey()), paths);
            }
        });
    }

    private static List<String> append(List<String> path, String element) {
        List<String> longer = new ArrayList<>(path);
        longer.add(element);
        return List.copyOf(longer);
    }
}
