package io.paodin.monitoring.model;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** How the keys of a configuration of object storage depend on each other. */
interface StorageRule {

    /** What is wrong with a configuration: keys and remedies. */
    List<String> problemsOf(ConfigMapping config);

    /** All of the keys or none. */
    static StorageRule together(String remedy, String... keys) {
        return config -> {
            var first = Arrays.stream(keys).filter(config::has).findFirst();
            return first.stream()
                    .flatMap(given -> missing(config, keys)
                            .map(key ->
                                    "config.%s is missing, since config.%s is given: %s".formatted(key, given, remedy)))
                    .toList();
        };
    }

    /** One of two keys at most. */
    static StorageRule exclusive(String one, String other) {
        return config -> config.has(one) && config.has(other) ? List.of(excluded(one, other)) : List.of();
    }

    /** A switch that is on leaves no place for a key. */
    static StorageRule excludes(String on, String key) {
        return config -> config.given(on).filter(ConfigYaml::isTrue).isPresent() && config.has(key)
                ? List.of(excluded(on, key))
                : List.of();
    }

    /** Keys that one value of another key needs. */
    static StorageRule needs(String key, String value, String... needed) {
        return config -> config.text(key).equalsIgnoreCase(value)
                ? missing(config, needed)
                        .map(missing ->
                                "config.%s is missing, since config.%s is %s: add it".formatted(missing, key, value))
                        .toList()
                : List.of();
    }

    /** Keys that are needed as long as another key does not say the same. */
    static StorageRule unless(String key, String... needed) {
        return config -> config.has(key)
                ? List.of()
                : missing(config, needed)
                        .map(missing -> "config.%s is missing: add it, or config.%s instead".formatted(missing, key))
                        .toList();
    }

    /** One of the keys at least. */
    static StorageRule anyOf(String... keys) {
        return config -> Arrays.stream(keys).anyMatch(config::has)
                ? List.of()
                : List.of("config.%s is missing: add it, or one of config.%s"
                        .formatted(
                                keys[0],
                                String.join(", config.", Arrays.asList(keys).subList(1, keys.length))));
    }

    private static Stream<String> missing(ConfigMapping config, String... keys) {
        return Arrays.stream(keys).filter(Predicate.not(config::has));
    }

    private static String excluded(String one, String other) {
        return "config.%s and config.%s exclude each other: remove one".formatted(one, other);
    }
}
