package io.paodin.monitoring.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The tables that {@code kubectl get} prints. */
final class Tables {
    private record Column(String name, String type, int priority, Function<ObjectNode, JsonNode> cell) {}

    /** {@code .field}, {@code .conditions[?(@.type=="X")]}, {@code [0]}. */
    private static final Pattern STEP =
            Pattern.compile("\\.([\\w-]+)|\\[\\?\\(@\\.(\\w+)\\s*==\\s*['\"]([^'\"]*)['\"]\\)]|\\[(\\d+)]");

    private Tables() {}

    static ObjectNode of(ResourceType type, List<ObjectNode> objects, String version) {
        List<Column> columns = columns(type);
        ObjectNode table = Json.object("meta.k8s.io/v1", "Table");
        table.putObject("metadata").put("resourceVersion", version);
        ArrayNode definitions = table.putArray("columnDefinitions");
        for (Column column : columns) {
            definitions
                    .addObject()
                    .put("name", column.name())
                    .put("type", column.type())
                    .put("format", column.name().equals("Name") ? "name" : "")
                    .put("description", "")
                    .put("priority", column.priority());
        }
        ArrayNode rows = table.putArray("rows");
        for (ObjectNode object : objects) {
            ObjectNode row = rows.addObject();
            ArrayNode cells = row.putArray("cells");
            columns.forEach(column -> cells.add(column.cell().apply(object)));
            ObjectNode partial = Json.object("meta.k8s.io/v1", "PartialObjectMetadata");
            partial.set("metadata", object.get("metadata"));
            row.set("object", partial);
        }
        return table;
    }

    private static List<Column> columns(ResourceType type) {
        List<Column> columns = new ArrayList<>();
        columns.add(text("Name", object -> Json.meta(object, "name")));
        Column age = text("Age", object -> age(Json.meta(object, "creationTimestamp")));
        if (type.isCustom()) {
            type.custom().columns().forEach(column -> columns.add(custom(column)));
            if (type.custom().columns().isEmpty()) {
                columns.add(age);
            }
            return columns;
        }
        columns.addAll(builtIn(type));
        columns.add(age);
        return columns;
    }

    private static List<Column> builtIn(ResourceType type) {
        return switch (type.kind()) {
            case "Deployment" ->
                List.of(
                        ready(),
                        path("Up-to-date", ".status.updatedReplicas"),
                        path("Available", ".status.availableReplicas"));
            case "StatefulSet" -> List.of(ready());
            case "Service" ->
                List.of(
                        path("Type", ".spec.type"),
                        path("Cluster-IP", ".spec.clusterIP"),
                        text("Port(s)", Tables::ports));
            case "ConfigMap" -> List.of(size("Data", "data"));
            case "Secret" -> List.of(path("Type", ".type"), size("Data", "data"));
            case "Namespace", "PersistentVolumeClaim", "Pod" -> List.of(path("Status", ".status.phase"));
            case "Lease" -> List.of(path("Holder", ".spec.holderIdentity"));
            case "PodDisruptionBudget" ->
                List.of(path("Min Available", ".spec.minAvailable"), path("Max Unavailable", ".spec.maxUnavailable"));
            case "Event" ->
                List.of(
                        path("Type", ".type"),
                        path("Reason", ".reason"),
                        text(
                                "Object",
                                event -> event.at("/involvedObject/kind").asText()
                                        + "/"
                                        + event.at("/involvedObject/name").asText()),
                        path("Message", ".message"));
            default -> List.of();
        };
    }

    private static Column ready() {
        return text(
                "Ready",
                object -> object.at("/status/readyReplicas").asInt() + "/"
                        + object.at("/spec/replicas").asInt());
    }

    private static Column size(String name, String field) {
        return new Column(
                name,
                "integer",
                0,
                object -> JsonNodeFactory.instance.numberNode(object.path(field).size()));
    }

    private static Column path(String name, String path) {
        return new Column(name, "string", 0, object -> evaluate(object, path));
    }

    private static Column text(String name, Function<ObjectNode, String> cell) {
        return new Column(name, "string", 0, object -> TextNode.valueOf(cell.apply(object)));
    }

    private static Column custom(JsonNode column) {
        String path = column.path("jsonPath").asText();
        String type = column.path("type").asText("string");
        return new Column(
                column.path("name").asText(),
                type,
                column.path("priority").asInt(0),
                object -> type.equals("date") ? date(evaluate(object, path)) : evaluate(object, path));
    }

    private static JsonNode date(JsonNode value) {
        return value.isTextual() ? TextNode.valueOf(age(value.asText())) : value;
    }

    private static String ports(ObjectNode service) {
        return service.at("/spec/ports")
                .valueStream()
                .map(port ->
                        port.path("port").asText() + "/" + port.path("protocol").asText())
                .collect(Collectors.joining(","));
    }

    private static String age(String timestamp) {
        if (timestamp.isEmpty()) {
            return "<unknown>";
        }
        Duration age = Duration.between(Instant.parse(timestamp), Instant.now());
        if (age.toMinutes() < 2) {
            return Math.max(0, age.toSeconds()) + "s";
        }
        if (age.toHours() < 2) {
            return age.toMinutes() + "m";
        }
        return age.toDays() < 2 ? age.toHours() + "h" : age.toDays() + "d";
    }

    private static JsonNode evaluate(JsonNode object, String path) {
        JsonNode node = object;
        Matcher step = STEP.matcher(path);
        while (step.find()) {
            if (step.group(1) != null) {
                node = node.path(step.group(1));
            } else if (step.group(4) != null) {
                node = node.path(Integer.parseInt(step.group(4)));
            } else {
                node = item(node, step.group(2), step.group(3));
            }
        }
        if (node.isMissingNode()) {
            return NullNode.instance;
        }
        return node.isContainerNode() ? TextNode.valueOf(node.toString()) : node;
    }

    private static JsonNode item(JsonNode list, String field, String value) {
        return list.valueStream()
                .filter(item -> item.path(field).asText().equals(value))
                .findFirst()
                .orElse(MissingNode.getInstance());
    }
}
