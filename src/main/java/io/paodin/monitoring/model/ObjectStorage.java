package io.paodin.monitoring.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * The configuration of an object storage, as Thanos reads it at the start.
 *
 * @param bucket where it points to, empty if that cannot be told; also known for some that have problems
 * @param problems why Thanos would refuse it: each names the key and the remedy, and never a value, since values are secrets
 */
public record ObjectStorage(Optional<Bucket> bucket, List<String> problems) {

    public ObjectStorage {
        problems = List.copyOf(problems);
    }

    /** Reads any text: whatever is wrong with it is among the problems. */
    public static ObjectStorage parse(String content) {
        try {
            return ConfigYaml.read(content)
                    .filter(root -> !ConfigYaml.isNull(root))
                    .map(ObjectStorage::judge)
                    .orElseGet(() -> refused("the content is empty: write the keys type and config"));
        } catch (ConfigYaml.UnreadableException e) {
            return refused(e.getMessage());
        }
    }

    private static ObjectStorage judge(Node root) {
        return ConfigMapping.of(root)
                .map(top -> new Judge(top).judge())
                .orElseGet(() -> refused("the content is not a mapping: write the keys type and config"));
    }

    private static ObjectStorage refused(String problem) {
        return new ObjectStorage(Optional.empty(), List.of(problem));
    }

    /** Whether Thanos would start with it, and where its bucket is. */
    public boolean isUsable() {
        return problems.isEmpty() && bucket.isPresent();
    }

    /** Collects the problems of one configuration. */
    private static final class Judge {

        /** More would say no more to a person, and problems end up in conditions. */
        private static final int MOST = 20;

        /** What looks like a key. Other text may be a value that slipped into the place of one. */
        private static final Pattern KEY = Pattern.compile("[a-z][a-z0-9_]{0,39}");

        private static final Pattern TYPE = Pattern.compile("[A-Za-z0-9]{1,20}");

        private final List<String> problems = new ArrayList<>();
        private final ConfigMapping top;
        private int more;

        Judge(ConfigMapping top) {
            this.top = top;
        }

        ObjectStorage judge() {
            var type = top.text("type");
            var provider = StorageProvider.of(type);
            if (provider.isEmpty()) {
                return refused(problemWithType(type));
            }
            var bucket = judge(provider.get());
            if (more > 0) {
                problems.add("and " + more + " more problems");
            }
            return new ObjectStorage(bucket, problems);
        }

        private static String problemWithType(String type) {
            var providers = "one of " + String.join(", ", StorageProvider.names());
            if (type.isEmpty()) {
                return "type is missing: add it, with " + providers;
            }
            var nearest = TYPE.matcher(type).matches()
                    ? NearestNames.of(type.toUpperCase(Locale.ROOT), StorageProvider.names())
                    : List.<String>of();
            return "type is not the name of a provider: write " + providers
                    + (nearest.isEmpty() ? "" : "; did you mean " + String.join(" or ", nearest) + "?");
        }

        private Optional<Bucket> judge(StorageProvider provider) {
            checkKeys(
                    "",
                    top,
                    List.of(
                            StorageKey.text("type"),
                            StorageKey.block("config", provider.keys()).needed(),
                            StorageKey.text("prefix")),
                    provider,
                    true);
            var config = top.given("config").flatMap(ConfigMapping::of);
            if (config.isEmpty()) {
                if (problems.isEmpty()) {
                    add("config must be a mapping of keys: write it out, a variable cannot stand for it");
                }
                return Optional.empty();
            }
            provider.rules().forEach(rule -> rule.problemsOf(config.get()).forEach(this::add));
            return Bucket.of(provider, config.get(), top.text("prefix"));
        }

        /** Compares a mapping with the keys that it may have. */
        private void checkKeys(
                String path, ConfigMapping given, List<StorageKey> keys, StorageProvider provider, boolean strict) {
            given.repeated().stream()
                    .distinct()
                    .forEach(key ->
                            add(shown(path, key, given.values().get(key)) + " is given twice: keep one of them"));
            var known = keys.stream().collect(Collectors.toMap(StorageKey::name, Function.identity()));
            given.values().forEach((name, value) -> {
                if (known.containsKey(name)) {
                    check(path + name, value, known.get(name), provider);
                } else if (strict) {
                    add(unknown(path, name, value, known.keySet(), provider));
                }
            });
            keys.stream()
                    .filter(key -> key.isNeeded() && !given.has(key.name()))
                    .forEach(key ->
                            add("%s is missing: add it, since %s needs it".formatted(path + key.name(), provider)));
        }

        private void check(String path, Node value, StorageKey key, StorageProvider provider) {
            var problem = key.problemWith(value);
            if (problem.isPresent()) {
                add(path + " must be " + problem.get());
            } else if (!key.block().isEmpty()) {
                ConfigMapping.of(value)
                        .ifPresent(block -> checkKeys(path + ".", block, key.block(), provider, provider.isStrict()));
            }
        }

        private static String unknown(
                String path, String name, Node value, Set<String> known, StorageProvider provider) {
            var key =
                    shown(path, name, value) + " is not a key of " + (path.isEmpty() ? "the configuration" : provider);
            if (path.isEmpty()
                    && provider.keys().stream().anyMatch(below -> below.name().equals(name))) {
                return key + ": move it below config";
            }
            var nearest = KEY.matcher(name).matches() ? NearestNames.of(name, known) : List.<String>of();
            return key + (nearest.isEmpty() ? ": remove it" : ": did you mean " + String.join(" or ", nearest) + "?");
        }

        private static String shown(String path, String key, Node value) {
            return KEY.matcher(key).matches() && !ConfigYaml.isNull(value)
                    ? path + key
                    : path.replaceFirst("\\.$", ": ") + "what stands before the value in line "
                            + ConfigYaml.line(value);
        }

        private void add(String problem) {
            if (problems.size() < MOST) {
                problems.add(problem);
            } else {
                more++;
            }
        }
    }
}
