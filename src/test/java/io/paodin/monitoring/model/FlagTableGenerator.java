package io.paodin.monitoring.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Writes the flag table of one Thanos version from recorded facts of {@code thanos <command> --help} and the flag
 * definitions: {@code {"thanosVersion": "v1.2.3", "components": {"query": {"log.level": {"type": "enum", "enum":
 * ["error", …], "repeatable": …, "exclusiveWith": …, "short": …}}}}}.
 *
 * <pre>
 * ./mvnw test-compile org.codehaus.mojo:exec-maven-plugin:3.5.1:java -Dexec.classpathScope=test \
 *     -Dexec.mainClass=io.paodin.monitoring.model.FlagTableGenerator -Dexec.args=facts.json
 * </pre>
 */
public final class FlagTableGenerator {

    private static final List<String> COMMANDS =
            List.of("query", "query-frontend", "receive", "store", "compact", "rule");

    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("bool", "bool"),
            Map.entry("int", "int"),
            Map.entry("int64", "int"),
            Map.entry("uint", "uint"),
            Map.entry("uint64", "uint"),
            Map.entry("float", "float"),
            Map.entry("float64", "float"),
            Map.entry("float64list", "float"),
            Map.entry("duration(go)", "go-duration"),
            Map.entry("duration(prom)", "prometheus-duration"),
            Map.entry("time|duration", "time-or-duration"),
            Map.entry("bytes", "bytes"),
            Map.entry("enum", "enum"),
            Map.entry("enums", "enum"),
            Map.entry("string", "string"),
            Map.entry("strings", "string"),
            Map.entry("url", "string"),
            Map.entry("address", "address"),
            Map.entry("path", "path"),
            Map.entry("yaml-content", "yaml"));

    private static final ObjectMapper JSON = new ObjectMapper();

    private FlagTableGenerator() {}

    public static void main(String[] args) throws IOException {
        var facts = JSON.readTree(Path.of(args[0]).toFile());
        var version = facts.path("thanosVersion").asText();
        Files.writeString(Path.of("src/main/resources/thanos/flags-" + version + ".json"), table(facts));
    }

    /** One flag a line, so that a diff of two versions can be read. */
    static String table(JsonNode facts) {
        var commands = COMMANDS.stream()
                .map(command -> "\"%s\": {\n%s\n}"
                        .formatted(command, flags(facts.path("components").path(command))))
                .collect(Collectors.joining(",\n"));
        return "{\"thanosVersion\": %s, \"commands\": {\n%s\n}}\n".formatted(facts.path("thanosVersion"), commands);
    }

    private static String flags(JsonNode command) {
        var lines = new TreeMap<String, String>();
        command.fields()
                .forEachRemaining(flag -> lines.put(
                        flag.getKey(), "  \"%s\": %s".formatted(flag.getKey(), flag(flag.getKey(), flag.getValue()))));
        return String.join(",\n", lines.values());
    }

    private static String flag(String name, JsonNode facts) {
        var isLabel = name.equals("label") || name.equals("selector-label");
        var type = isLabel ? "label" : TYPES.get(facts.path("type").asText());
        if (type == null) {
            throw new IllegalArgumentException("--" + name + " has the unknown type " + facts.path("type"));
        }
        var flag = JSON.createObjectNode().put("type", type);
        if (facts.has("enum")) {
            flag.set("values", facts.path("enum"));
        }
        for (var key : List.of("repeatable", "exclusiveWith", "short")) {
            if (facts.has(key)) {
                flag.set(key, facts.path(key));
            }
        }
        try {
            return JSON.writeValueAsString(flag);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
