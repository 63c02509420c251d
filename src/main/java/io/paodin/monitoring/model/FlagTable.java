package io.paodin.monitoring.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * The flags of one Thanos version by command, read from {@code thanos/flags-v<version>.json}. The table of a further
 * version is made by {@code FlagTableGenerator} (test scope), and becomes one more entry of {@link #TABLES}.
 */
public final class FlagTable {

    /** Oldest first. */
    private static final List<FlagTable> TABLES = List.of(read(new ThanosVersion(0, 42, 4)));

    private final ThanosVersion version;
    private final Map<String, Map<String, Flag>> commands;

    private FlagTable(ThanosVersion version, Map<String, Map<String, Flag>> commands) {
        this.version = version;
        this.commands = commands;
    }

    /** The newest table that is not newer than the version, else the oldest one. */
    public static FlagTable of(ThanosVersion version) {
        return TABLES.stream()
                .filter(table -> table.version.compareTo(version) <= 0)
                .reduce((older, newer) -> newer)
                .orElse(TABLES.get(0));
    }

    public static FlagTable newest() {
        return TABLES.get(TABLES.size() - 1);
    }

    public ThanosVersion version() {
        return version;
    }

    public Optional<Flag> flag(String command, String name) {
        return Optional.ofNullable(flags(command).get(name));
    }

    /** All flags of a command by name. */
    public Map<String, Flag> flags(String command) {
        var flags = commands.get(command);
        if (flags == null) {
            throw new IllegalArgumentException("no flags are known of the command " + command);
        }
        return flags;
    }

    private static FlagTable read(ThanosVersion version) {
        var resource = "/thanos/flags-v" + version + ".json";
        try (var stream = FlagTable.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException("missing resource " + resource);
            }
            var commands = new LinkedHashMap<String, Map<String, Flag>>();
            new ObjectMapper()
                    .readTree(stream)
                    .path("commands")
                    .fields()
                    .forEachRemaining(command -> commands.put(command.getKey(), flagsOf(command.getValue())));
            return new FlagTable(version, Collections.unmodifiableMap(commands));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource, e);
        }
    }

    private static Map<String, Flag> flagsOf(JsonNode command) {
        var flags = new LinkedHashMap<String, Flag>();
        command.fields().forEachRemaining(flag -> flags.put(flag.getKey(), flagOf(flag.getKey(), flag.getValue())));
        return Collections.unmodifiableMap(flags);
    }

    private static Flag flagOf(String name, JsonNode node) {
        var type = node.path("type").asText().replace('-', '_').toUpperCase(Locale.ROOT);
        return new Flag(
                name,
                FlagType.valueOf(type),
                StreamSupport.stream(node.path("values").spliterator(), false)
                        .map(JsonNode::asText)
                        .toList(),
                node.path("repeatable").asBoolean(),
                Optional.ofNullable(node.path("exclusiveWith").asText(null)),
                Optional.ofNullable(node.path("short").asText(null)));
    }
}
