package io.paodin.monitoring.model;

import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.paodin.monitoring.api.v1alpha1.Patterns;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Whether a pod template has only fields that Kubernetes knows, each of its type. The typed objects of the client cannot
 * tell: they keep unknown fields, and take a 5 for a text. Values are not repeated in messages, since those of variables
 * may be secret.
 */
final class PodTemplateShape {

    private static final DeserializationConfig JSON =
            JsonMapper.builder().build().getDeserializationConfig();

    private static final JavaType ROOT = JSON.constructType(PodTemplateSpec.class);

    private static final Pattern QUANTITY = Pattern.compile(Patterns.QUANTITY);

    /** What a value without parts of its own must be. */
    private record Leaf(Predicate<JsonNode> form, String expected) {}

    private static final Map<Class<?>, Leaf> LEAVES = Map.of(
            String.class,
            new Leaf(JsonNode::isTextual, "a string: put a number or a boolean in quotes"),
            Boolean.class,
            new Leaf(JsonNode::isBoolean, "true or false, without quotes"),
            Integer.class,
            new Leaf(PodTemplateShape::isInt, "a whole number of 32 bits, without quotes"),
            Long.class,
            new Leaf(PodTemplateShape::isLong, "a whole number, without quotes"),
            IntOrString.class,
            new Leaf(node -> node.isTextual() || isInt(node), "a whole number or a string"),
            Quantity.class,
            new Leaf(
                    node -> (node.isNumber() || node.isTextual())
                            && QUANTITY.matcher(node.asText()).matches(),
                    "a quantity of Kubernetes, such as 500m, 2 or 1Gi"));

    /** The fields of every type that a pod template consists of. */
    private static final Map<Class<?>, Map<String, JavaType>> FIELDS = fields();

    private final Findings findings;

    private PodTemplateShape(Findings findings) {
        this.findings = findings;
    }

    static void check(String path, JsonNode template, Findings findings) {
        new PodTemplateShape(findings).check(ROOT, template, path);
    }

    private void check(JavaType type, JsonNode node, String at) {
        var leaf = LEAVES.get(type.getRawClass());
        if (leaf != null) {
            if (!leaf.form().test(node)) {
                findings.add(at, "must be " + leaf.expected());
            }
        } else if (type.isCollectionLikeType()) {
            list(type.getContentType(), node, at);
        } else if (!node.isObject()) {
            findings.add(at, "must be an object");
        } else if (type.isMapLikeType()) {
            node.properties()
                    .forEach(entry -> check(type.getContentType(), entry.getValue(), Findings.at(at, entry.getKey())));
        } else {
            var fields = FIELDS.get(type.getRawClass());
            node.properties().forEach(field -> field(fields, field.getKey(), field.getValue(), at));
        }
    }

    private void list(JavaType type, JsonNode node, String at) {
        if (!node.isArray()) {
            findings.add(at, "must be a list");
            return;
        }
        for (int i = 0; i < node.size(); i++) {
            if (node.get(i).isNull()) {
                findings.add(at + "[" + i + "]", "is empty: give a value or remove it");
            } else {
                check(type, node.get(i), at + "[" + i + "]");
            }
        }
    }

    private void field(Map<String, JavaType> fields, String name, JsonNode value, String at) {
        var path = at + "." + Findings.shortened(name);
        if (fields.containsKey(name)) {
            check(fields.get(name), value, path);
        } else {
            findings.add(path, "is not a field" + suggestion(name, fields.keySet()));
        }
    }

    private static String suggestion(String name, Set<String> fields) {
        var nearest = NearestNames.of(Findings.shortened(name), fields);
        return nearest.isEmpty() ? ": remove it" : "; did you mean " + String.join(" or ", nearest) + "?";
    }

    private static boolean isInt(JsonNode node) {
        return node.isIntegralNumber() && node.canConvertToInt();
    }

    private static boolean isLong(JsonNode node) {
        return node.isIntegralNumber() && node.canConvertToLong();
    }

    private static Map<Class<?>, Map<String, JavaType>> fields() {
        var fields = new HashMap<Class<?>, Map<String, JavaType>>();
        collect(ROOT, fields);
        return Collections.unmodifiableMap(fields);
    }

    private static void collect(JavaType type, Map<Class<?>, Map<String, JavaType>> found) {
        if (type.isContainerType()) {
            collect(type.getContentType(), found);
        } else if (!LEAVES.containsKey(type.getRawClass()) && !found.containsKey(type.getRawClass())) {
            var fields = new TreeMap<String, JavaType>();
            found.put(type.getRawClass(), fields);
            JSON.introspect(type)
                    .findProperties()
                    .forEach(property -> fields.put(property.getName(), property.getPrimaryType()));
            fields.values().forEach(field -> collect(field, found));
        }
    }
}
