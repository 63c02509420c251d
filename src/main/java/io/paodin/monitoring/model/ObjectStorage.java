package io.paodin.monitoring.model;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * The configuration of an object storage, as Thanos would read it.
 *
 * @param bucket where it points to, empty if that cannot be told
 * @param problems why Thanos would refuse it: each names the key and the remedy, and never a value, since values are secrets
 */
public record ObjectStorage(Optional<Bucket> bucket, List<String> problems) {

    /** Reads any text: whatever is wrong with it is among the problems. */
    public static ObjectStorage parse(String content) {
        Object document;
        try {
            var documents = new Load(LoadSettings.builder().build())
                    .loadAllFromString(content)
                    .iterator();
            document = documents.hasNext() ? documents.next() : null;
        } catch (YamlEngineException e) {
            return refused("the content is not YAML: write the keys type and config");
        }
        if (!(document instanceof Map<?, ?> root)
                || !(root.get("type") instanceof String type)
                || !(root.get("config") instanceof Map<?, ?> config)) {
            return refused("the content is not a mapping with the keys type and config: write both");
        }
        var name = Stream.of("bucket", "container", "container_name", "directory")
                .map(config::get)
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .findFirst();
        var endpoint = config.get("endpoint") instanceof String text ? text : "";
        var prefix = root.get("prefix") instanceof String text ? text : "";
        return name.map(n -> new ObjectStorage(
                        Optional.of(new Bucket(type.toUpperCase(Locale.ROOT), endpoint, n, prefix)), List.of()))
                .orElseGet(() -> refused("config.bucket is missing: add it"));
    }

    private static ObjectStorage refused(String problem) {
        return new ObjectStorage(Optional.empty(), List.of(problem));
    }

    /** Whether Thanos would start with it. */
    public boolean isUsable() {
        return problems.isEmpty() && bucket.isPresent();
    }
}
