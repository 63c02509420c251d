package io.paodin.monitoring.model;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * A key of the configuration of an object storage.
 *
 * @param isNeeded whether there is no storage without it
 * @param block the keys within it, if it holds a mapping of keys
 */
record StorageKey(String name, Value value, boolean isNeeded, List<StorageKey> block) {

    private static final BigInteger INT64 = BigInteger.valueOf(Long.MAX_VALUE);
    private static final BigInteger UINT64 = INT64.shiftLeft(1).add(BigInteger.ONE);

    private static final Pattern URL = Pattern.compile("(?i:https?)://[^\\s/]\\S*");
    private static final Pattern ADDRESS = Pattern.compile("(?:(?i:https?)://)?[^\\s/]\\S*");
    private static final int LONGEST_DURATION = 256;
    private static final Pattern GO_DURATION = Pattern.compile("[^dw]*");

    /**
     * What Thanos' decoder and the client of the storage accept as the value of a key.
     *
     * @param expected in words that follow "must be"
     */
    record Value(String expected, Predicate<Node> accepts) {}

    /** What a value must be instead, if Thanos would refuse it. A value that is left to a variable is taken as right. */
    Optional<String> problemWith(Node value) {
        return ConfigYaml.isNull(value)
                        || ConfigYaml.holdsVariable(value)
                        || this.value.accepts().test(value)
                ? Optional.empty()
                : Optional.of(this.value.expected());
    }

    StorageKey needed() {
        return new StorageKey(name, value, true, block);
    }

    static StorageKey text(String name) {
        return text(name, "text", value -> true);
    }

    static StorageKey text(String name, String expected, Predicate<String> accepts) {
        return key(
                name,
                expected,
                node -> node instanceof ScalarNode scalar
                        && (scalar.getValue().isEmpty() || accepts.test(scalar.getValue())));
    }

    static StorageKey url(String name) {
        return text(name, "a URL that begins with https:// or http://", URL.asMatchPredicate());
    }

    /** Where the client adds the scheme if there is none. */
    static StorageKey address(String name) {
        return text(name, "a host or a URL", ADDRESS.asMatchPredicate());
    }

    static StorageKey base64(String name) {
        return text(name, "Base64, as the provider shows it", StorageKey::isBase64);
    }

    static boolean isBase64(String text) {
        var lines = text.replace("\r", "").replace("\n", "");
        try {
            // Java does without the padding, Go does not.
            return Base64.getDecoder().decode(lines) != null && lines.length() % 4 == 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Empty text is not one of the values, unless it is listed. */
    static StorageKey oneOf(String name, String... values) {
        var shown = Arrays.stream(values).filter(value -> !value.isEmpty()).collect(Collectors.joining(", "));
        return key(
                name,
                "one of " + shown,
                node -> node instanceof ScalarNode scalar && List.of(values).contains(scalar.getValue()));
    }

    static StorageKey bool(String name) {
        return key(name, "true or false, without quotes", ConfigYaml::isBoolean);
    }

    static StorageKey integer(String name) {
        return integer(name, "a whole number without quotes or unit", INT64.negate(), INT64);
    }

    static StorageKey integer(String name, long least, long most) {
        return integer(
                name,
                "a whole number from %d to %d, without quotes or unit".formatted(least, most),
                BigInteger.valueOf(least),
                BigInteger.valueOf(most));
    }

    /** The one size that Go keeps without a sign. */
    static StorageKey unsigned(String name) {
        return integer(name, "a whole number of 0 or more, without quotes or unit", BigInteger.ZERO, UINT64);
    }

    private static StorageKey integer(String name, String expected, BigInteger least, BigInteger most) {
        return key(name, expected, node -> ConfigYaml.integer(node)
                .filter(number -> number.compareTo(least) >= 0 && number.compareTo(most) <= 0)
                .isPresent());
    }

    static StorageKey duration(String name) {
        return key(
                name,
                "a Prometheus duration such as 90s or 2m (units y w d h m s ms, whole numbers)",
                node -> node instanceof ScalarNode scalar
                        && scalar.getValue().length() <= LONGEST_DURATION
                        && Durations.prometheus(scalar.getValue()).isPresent());
    }

    static StorageKey goDuration(String name) {
        return key(
                name,
                "a Go duration such as 90s or 1.5h (units h m s ms us ns)",
                node -> ConfigYaml.integer(node).isPresent()
                        || node instanceof ScalarNode scalar
                                && GO_DURATION.matcher(scalar.getValue()).matches()
                                && Durations.go(scalar.getValue()).isPresent());
    }

    static StorageKey texts(String name) {
        return key(name, "a mapping of names to texts", node -> ConfigMapping.of(node)
                .filter(mapping -> mapping.values().values().stream().allMatch(ScalarNode.class::isInstance))
                .isPresent());
    }

    static StorageKey block(String name, StorageKey... keys) {
        return block(name, List.of(keys));
    }

    static StorageKey block(String name, List<StorageKey> keys) {
        return new StorageKey(
                name,
                new Value("a mapping of keys", node -> ConfigMapping.of(node).isPresent()),
                false,
                keys);
    }

    /** The client of most providers. */
    static StorageKey httpConfig(StorageKey... more) {
        return block(
                "http_config",
                Stream.concat(
                                Stream.of(
                                        duration("idle_conn_timeout"),
                                        duration("response_header_timeout"),
                                        bool("insecure_skip_verify"),
                                        duration("tls_handshake_timeout"),
                                        duration("expect_continue_timeout"),
                                        integer("max_idle_conns"),
                                        integer("max_idle_conns_per_host"),
                                        integer("max_conns_per_host"),
                                        bool("disable_compression")),
                                Stream.of(more))
                        .toArray(StorageKey[]::new));
    }

    static StorageKey tlsConfig() {
        return block(
                "tls_config",
                text("ca_file"),
                text("cert_file"),
                text("key_file"),
                text("server_name"),
                bool("insecure_skip_verify"));
    }

    private static StorageKey key(String name, String expected, Predicate<Node> accepts) {
        return new StorageKey(name, new Value(expected, accepts), false, List.of());
    }
}
