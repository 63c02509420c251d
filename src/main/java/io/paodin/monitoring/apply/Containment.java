package io.paodin.monitoring.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Whether an object already has all that a manifest asks for, whatever else the server or somebody else has added.
 *
 * <p>Objects are compared by the manifest's keys. Lists of items with distinguishing fields (mostly {@code name}) are
 * compared item by item and may hold further items; other lists must have equal length and are compared by position.
 * A selector must have no further keys. Empty objects and lists in a manifest ask for nothing. Quantities are compared by amount.
 */
public final class Containment {

    private static final List<String> NAME = List.of("name");

    /** The fields that distinguish the items of a list, where that is not the name. */
    private static final Map<String, List<String>> ITEM_KEYS = Map.of(
            "hostAliases", List.of("ip"),
            "ownerReferences", List.of("uid"),
            "topologySpreadConstraints", List.of("topologyKey", "whenUnsatisfiable"),
            "volumeDevices", List.of("devicePath"),
            "volumeMounts", List.of("mountPath"));

    /** Maps whose values are the user's text: an empty text in them is kept by the server and means something. */
    private static final Set<String> TEXT_MAPS = Set.of(
            "annotations", "binaryData", "data", "labels", "matchLabels", "nodeSelector", "selector", "stringData");

    /** Selectors, which the server has as one value: with one more key they select something else, mostly nothing. */
    private static final Set<String> WHOLE = Set.of("labelSelector", "matchLabels", "nodeSelector", "selector");

    /** Fields that the server leaves out when they are false or zero. All others keep that value. */
    private static final Set<String> OMITTED_AT_ZERO = Set.of(
            "hostIPC",
            "hostPort",
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

    /** Fields in whose place the server puts a default when they are empty. */
    private static final Set<String> DEFAULTED_IF_EMPTY = Set.of(
            "dnsPolicy",
            "imagePullPolicy",
            "protocol",
            "schedulerName",
            "scheme",
            "terminationMessagePath",
            "terminationMessagePolicy");

    private Containment() {}

    public static boolean contains(JsonNode actual, JsonNode desired) {
        return firstDifference(actual, desired).isEmpty();
    }

    /** The path of the first field in which {@code actual} lacks what is desired; never a value, which may be secret. */
    public static Optional<String> firstDifference(JsonNode actual, JsonNode desired) {
        return difference(Place.ROOT, actual, desired);
    }

    private static Optional<String> difference(Place at, JsonNode actual, JsonNode desired) {
        if (isVoid(desired) || at.isDefaulted(desired)) {
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
        var keys = ITEM_KEYS.getOrDefault(at.key(), NAME);
        var wanted = new HashSet<String>();
        if (items(desired).map(item -> identity(keys, item)).allMatch(id -> id.isPresent() && wanted.add(id.get()))) {
            return first(items(desired).map(item -> itemDifference(at, keys, actual, item)));
        }
        if (actual.size() != desired.size()) {
            return Optional.of(at.path());
        }
        return first(Stream.iterate(0, i -> i < desired.size(), i -> i + 1)
                .map(i -> difference(at.item(String.valueOf(i)), actual.get(i), desired.get(i))));
    }

    private static Optional<String> itemDifference(Place at, List<String> keys, JsonNode actual, JsonNode desired) {
        var identity = identity(keys, desired);
        var place = at.item(identity.orElseThrow());
        var found = items(actual)
                .filter(item -> identity(keys, item).equals(identity))
                .toList();
        return found.size() == 1 ? difference(place, found.get(0), desired) : Optional.of(place.path());
    }

    /** The values of the keys; empty if one of them is no text. */
    private static Optional<String> identity(List<String> keys, JsonNode item) {
        return keys.stream().allMatch(key -> item.path(key).isTextual())
                ? Optional.of(
                        keys.stream().map(key -> item.get(key).textValue()).collect(Collectors.joining(", ")))
                : Optional.empty();
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

        boolean isDefaulted(JsonNode value) {
            return value.isTextual() && value.textValue().isEmpty() && DEFAULTED_IF_EMPTY.contains(key);
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
