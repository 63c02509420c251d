package io.paodin.monitoring.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Whether an object already has all that a manifest asks for, whatever else the server or somebody else has added.
 *
 * <p>Objects are compared by the manifest's keys. Lists of items with a distinguishing field (mostly {@code name}) are
 * compared item by item and may hold further items; other lists must have equal length and are compared by position.
 * A selector must have no further keys. Empty objects and lists in a manifest ask for nothing. Quantities are compared by amount.
 */
public final class Containment {

    private static final Map<String, String> ITEM_KEYS =
            Map.of("volumeMounts", "mountPath", "volumeDevices", "devicePath", "ownerReferences", "uid");

    /** Maps whose values are the user's text: an empty text in them is kept by the server and means something. */
    private static final Set<String> TEXT_MAPS = Set.of(
            "annotations", "binaryData", "data", "labels", "matchLabels", "nodeSelector", "selector", "stringData");

    /** Selectors, which the server has as one value: with one more key they select something else, mostly nothing. */
    private static final Set<String> WHOLE = Set.of("labelSelector", "matchLabels", "nodeSelector", "selector");

    /** Fields that the server leaves out when they are false or zero. All others keep that value. */
    private static final Set<String> OMITTED_AT_ZERO = Set.of(
            "hostIPC",
            "hostNetwork",
            "hostPID",
            "initialDelaySeconds",
            "minReadySeconds",
            "paused",
            "publishNotReadyAddresses",
            "readOnly",
            "stdin",
            "stdinOnce",
            "tty");

    private Containment() {}

    public static boolean contains(JsonNode actual, JsonNode desired) {
        return firstDifference(actual, desired).isEmpty();
    }

    /** The path of the first field in which {@code actual} lacks what is desired; never a value, which may be secret. */
    public static Optional<String> firstDifference(JsonNode actual, JsonNode desired) {
        return difference(Place.ROOT, actual, desired);
    }

    private static Optional<String> difference(Place at, JsonNode actual, JsonNode desired) {
        if (isVoid(desired)) {
            return Optional.empty();
        }
        if (desired.isObject() && (isVoid(actual) || actual.isObject())) {
            var fields = isVoid(actual) ? MissingNode.getInstance() : actual;
            var lacking = desired.properties().stream()
                    .map(field -> difference(at.field(field.getKey()), fields.get(field.getKey()), field.getValue()));
            return first(Stream.concat(lacking, WHOLE.contains(at.key()) ? surplus(at, fields, desired) : Stream.of()));
        }
        if (isVoid(actual)) {
            return at.isOmitted(desired) ? Optional.empty() : Optional.of(at.path());
        }
        if (desired.isArray() && actual.isArray()) {
            return listDifference(at, actual, desired);
        }
        return isSameScalar(at, actual, desired) ? Optional.empty() : Optional.of(at.path());
    }

    private static Stream<Optional<String>> surplus(Place at, JsonNode actual, JsonNode desired) {
        return actual.properties().stream()
                .filter(field -> !isVoid(field.getValue()) && isVoid(desired.get(field.getKey())))
                .map(field -> Optional.of(at.field(field.getKey()).path()));
    }

    private static Optional<String> listDifference(Place at, JsonNode actual, JsonNode desired) {
        var key = ITEM_KEYS.getOrDefault(at.key(), "name");
        var wanted = new HashMap<String, JsonNode>();
        if (items(desired)
                .allMatch(item ->
                        item.path(key).isTextual() && wanted.put(item.get(key).textValue(), item) == null)) {
            return first(items(desired).map(item -> itemDifference(at, key, actual, item)));
        }
        if (actual.size() != desired.size()) {
            return Optional.of(at.path());
        }
        return first(Stream.iterate(0, i -> i < desired.size(), i -> i + 1)
                .map(i -> difference(at.item(String.valueOf(i)), actual.get(i), desired.get(i))));
    }

    private static Optional<String> itemDifference(Place at, String key, JsonNode actual, JsonNode desired) {
        var place = at.item(desired.get(key).textValue());
        var found = items(actual)
                .filter(item -> desired.get(key).equals(item.get(key)))
                .toList();
        return found.size() == 1 ? difference(place, found.get(0), desired) : Optional.of(place.path());
    }

    private static boolean isSameScalar(Place at, JsonNode actual, JsonNode desired) {
        if (actual.isContainerNode() || desired.isContainerNode()) {
            return false;
        }
        if (at.isQuantity()) {
            return isSameQuantity(actual.asText(), desired.asText());
        }
        if (actual.isNumber() && desired.isNumber()) {
            return actual.decimalValue().compareTo(desired.decimalValue()) == 0;
        }
        return actual.equals(desired);
    }

    private static boolean isSameQuantity(String actual, String desired) {
        try {
            return Quantity.parse(actual).equals(Quantity.parse(desired));
        } catch (IllegalArgumentException e) {
            return actual.equals(desired);
        }
    }

    private static boolean isVoid(JsonNode node) {
        if (node == null || node.isNull() || node.isMissingNode()) {
            return true;
        }
        return node.isObject()
                ? node.properties().stream().allMatch(field -> isVoid(field.getValue()))
                : node.isArray() && node.isEmpty();
    }

    private static Stream<JsonNode> items(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    private static Optional<String> first(Stream<Optional<String>> differences) {
        return differences.flatMap(Optional::stream).findFirst();
    }

    /** Where in an object a value stands. */
    private record Place(Place parent, String key, String path) {

        static final Place ROOT = new Place(null, "", "");

        Place field(String name) {
            return new Place(this, name, path.isEmpty() ? name : path + "." + name);
        }

        Place item(String label) {
            return new Place(this, key, path + "[" + label + "]");
        }

        boolean isQuantity() {
            return switch (key) {
                case "sizeLimit" -> parent.key.equals("emptyDir");
                case "divisor" -> parent.key.equals("resourceFieldRef");
                default ->
                    parent != null
                            && (parent.key.equals("limits") || parent.key.equals("requests"))
                            && parent.parent.key.equals("resources");
            };
        }

        /** Whether the server stores this value by leaving the field out. */
        boolean isOmitted(JsonNode value) {
            if (value.isTextual()) {
                return value.textValue().isEmpty() && !TEXT_MAPS.contains(parent.key);
            }
            var isZero = value.isBoolean() ? !value.booleanValue() : value.isNumber() && value.asDouble() == 0;
            return isZero && OMITTED_AT_ZERO.contains(key);
        }
    }
}
