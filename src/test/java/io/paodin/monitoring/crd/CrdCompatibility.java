package io.paodin.monitoring.crd;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * Whether each resource that one definition accepts is accepted by a later one, with the same meaning: what a release needs, so
 * that an upgrade makes no stored resource invalid and loses no field. Rules in CEL are not understood, only compared: a new or
 * changed one has to be looked at.
 */
final class CrdCompatibility {

    /** By which a value can only be refused: a bound that is new, or a lower one. */
    private static final List<String> UPPER = List.of("maximum", "maxLength", "maxItems", "maxProperties");

    private static final List<String> LOWER = List.of("minimum", "minLength", "minItems", "minProperties");

    /** What a change of means other values, or other keys of lists. */
    private static final List<String> SAME = List.of(
            "type",
            "format",
            "pattern",
            "default",
            "nullable",
            "x-kubernetes-list-type",
            "x-kubernetes-list-map-keys",
            "x-kubernetes-map-type",
            "x-kubernetes-int-or-string");

    private static final String OPEN = "x-kubernetes-preserve-unknown-fields";
    private static final String RULES = "x-kubernetes-validations";

    private final List<String> breaks = new ArrayList<>();

    private CrdCompatibility() {}

    /** What a resource of the earlier definition would break on, by path. */
    static List<String> breaks(JsonNode earlier, JsonNode later) {
        var check = new CrdCompatibility();
        for (var path : List.of("/spec/group", "/spec/scope", "/spec/names/kind", "/spec/names/plural")) {
            check.require(earlier.at(path).equals(later.at(path)), path + " is another one");
        }
        for (var version : earlier.at("/spec/versions")) {
            var name = version.path("name").asText();
            var same = StreamSupport.stream(later.at("/spec/versions").spliterator(), false)
                    .filter(one -> one.path("name").equals(version.path("name")))
                    .filter(one -> one.path("served").asBoolean())
                    .findFirst();
            check.require(same.isPresent(), name + " is not served any more");
            same.ifPresent(one -> {
                check.require(
                        names(version.path("subresources")).equals(names(one.path("subresources"))),
                        name + " has other subresources");
                check.schema(name, version.at("/schema/openAPIV3Schema"), one.at("/schema/openAPIV3Schema"));
            });
        }
        return check.breaks;
    }

    private void schema(String path, JsonNode earlier, JsonNode later) {
        SAME.forEach(key -> require(earlier.path(key).equals(later.path(key)), path + ": another " + key));
        UPPER.forEach(key -> require(
                !later.has(key)
                        || earlier.has(key)
                                && earlier.path(key).asDouble()
                                        <= later.path(key).asDouble(),
                path + ": a lower " + key));
        LOWER.forEach(key -> require(
                !later.has(key)
                        || earlier.has(key)
                                && earlier.path(key).asDouble()
                                        >= later.path(key).asDouble(),
                path + ": a higher " + key));
        require(
                !later.has("enum")
                        || earlier.has("enum") && texts(later.path("enum")).containsAll(texts(earlier.path("enum"))),
                path + ": fewer values");
        require(
                texts(earlier.path("required")).containsAll(texts(later.path("required"))),
                path + ": more is required");
        require(!earlier.path(OPEN).asBoolean() || later.path(OPEN).asBoolean(), path + ": not open any more");
        rules(path, earlier, later);
        earlier.path("properties").fields().forEachRemaining(field -> {
            var same = later.path("properties").path(field.getKey());
            if (same.isMissingNode()) {
                require(later.path(OPEN).asBoolean(), path + "." + field.getKey() + " is gone");
            } else {
                schema(path + "." + field.getKey(), field.getValue(), same);
            }
        });
        below(path + "[]", "items", earlier, later);
        below(path + "{}", "additionalProperties", earlier, later);
    }

    private void below(String path, String key, JsonNode earlier, JsonNode later) {
        require(!earlier.has(key) || later.has(key) || later.path(OPEN).asBoolean(), path + " is gone");
        if (earlier.has(key) && later.has(key)) {
            schema(path, earlier.path(key), later.path(key));
        }
    }

    private void rules(String path, JsonNode earlier, JsonNode later) {
        var known = new HashSet<String>();
        earlier.path(RULES).forEach(rule -> known.add(rule.path("rule").asText()));
        later.path(RULES)
                .forEach(rule -> require(
                        known.contains(rule.path("rule").asText()),
                        path + ": a new rule: " + rule.path("rule").asText()));
    }

    private static Set<String> texts(JsonNode list) {
        var texts = new HashSet<String>();
        list.forEach(one -> texts.add(one.asText()));
        return texts;
    }

    private static Set<String> names(JsonNode object) {
        var names = new HashSet<String>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            breaks.add(otherwise);
        }
    }
}
