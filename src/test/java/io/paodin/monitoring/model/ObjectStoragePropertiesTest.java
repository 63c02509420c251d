package io.paodin.monitoring.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever stands in a Secret, it is judged, and what is said about it tells none of it. */
class ObjectStoragePropertiesTest {

    private static final String SECRET = "Hunter2Xyz";
    private static final int LARGE = 30_000;

    @Property
    void anyTextIsJudged(@ForAll String text) {
        assertThat(ObjectStorage.parse(text).isUsable()).isFalse();
    }

    @Property
    void anyMixtureOfWhatYamlKnowsIsJudged(@ForAll("mixtures") String text) {
        var storage = ObjectStorage.parse(text);

        assertThat(storage.isUsable()).isEqualTo(storage.problems().isEmpty());
        assertThat(storage.problems()).noneMatch(problem -> problem.contains(SECRET));
    }

    @Provide
    Arbitrary<String> mixtures() {
        var words = Arbitraries.of(
                SECRET,
                "type",
                "S3",
                "config",
                "bucket",
                "endpoint",
                "access_key",
                "secret_key",
                "insecure",
                "prefix",
                "http_config",
                "tls_config",
                "sse_config",
                "<<",
                "a",
                "1",
                "true",
                "~",
                "$(A)",
                "!!str",
                "!a",
                "&a",
                "*a",
                "%YAML",
                "---",
                "...",
                ":",
                ": ",
                "-",
                "- ",
                "?",
                ",",
                "{",
                "}",
                "[",
                "]",
                "'",
                "\"",
                "|",
                ">",
                "#",
                "@",
                "`",
                "\t",
                " ",
                "  ",
                "\n",
                "\n  ",
                "\r\n",
                "\\",
                "\u0000",
                "\u2028",
                "\ud800",
                "é");
        return words.list().ofMaxSize(40).map(list -> String.join("", list));
    }

    @Property
    void aValueIsNeverRepeated(@ForAll("configurations") String text) {
        assertThat(ObjectStorage.parse(text).problems()).noneMatch(problem -> problem.contains(SECRET));
    }

    /** Real keys of real providers, with a secret as value, where they are right and where they are wrong. */
    @Provide
    Arbitrary<String> configurations() {
        var key = Arbitraries.of(Stream.of(StorageProvider.values())
                .flatMap(provider -> provider.keys().stream().map(StorageKey::name))
                .distinct()
                .sorted()
                .toList());
        var value = Arbitraries.of(
                SECRET,
                "'" + SECRET + "'",
                "[" + SECRET + "]",
                "{" + SECRET + "}",
                "{a: " + SECRET + "}",
                "{" + SECRET + ": a}",
                "{type: " + SECRET + "}",
                "{tls_config: " + SECRET + "}",
                "\"" + SECRET,
                "*" + SECRET,
                "!" + SECRET + " a",
                "!!int " + SECRET,
                "|\n    " + SECRET,
                "\n\t" + SECRET,
                "<<: " + SECRET);
        var line = Combinators.combine(key, value).as((k, v) -> "  " + k + ": " + v + "\n");
        var type = Arbitraries.of(Stream.concat(StorageProvider.names().stream(), Stream.of(SECRET, ""))
                .toList());
        var head = Arbitraries.of(
                "", SECRET + ": a\n", "- " + SECRET + "\n", "prefix: [" + SECRET + "]\n", "%" + SECRET + "\n");
        return Combinators.combine(head, type, line.list().ofMaxSize(6))
                .as((h, t, lines) -> h + "type: " + t + "\nconfig:\n" + String.join("", lines));
    }

    @ParameterizedTest
    @MethodSource
    void hugeOrHostileTextIsJudged(String text) {
        assertThat(ObjectStorage.parse(text).problems())
                .isNotEmpty()
                .hasSizeLessThanOrEqualTo(21)
                .allSatisfy(problem -> assertThat(problem).hasSizeLessThan(300));
    }

    static Stream<String> hugeOrHostileTextIsJudged() {
        return Stream.of(
                "[".repeat(LARGE),
                "{a: ".repeat(LARGE),
                "- ".repeat(LARGE),
                "? ".repeat(LARGE),
                "!".repeat(LARGE),
                "type: S3\nconfig: " + "[".repeat(LARGE),
                "type: " + "S3".repeat(LARGE) + "\nconfig: {}",
                "type: S3\nconfig: {" + "a".repeat(LARGE) + ": b}",
                "type: S3\nconfig: {max_retries: " + "1".repeat(LARGE) + ", bucket: 1e999999999}",
                "type: S3\nconfig: {http_config: {idle_conn_timeout: " + "1".repeat(LARGE) + "s}}",
                "type: S3\nconfig: {bucket: a, endpoint: b}\nprefix: [" + "/".repeat(LARGE) + "]",
                "type: AZURE\nconfig: {storage_connection_string: " + ";=".repeat(LARGE) + "}",
                "type: S3\nconfig:\n" + lines("  key%d: a\n"),
                "type: S3\nconfig:\n" + lines("  bucket: a%d\n"),
                "type: S3\nconfig:\n  endpoint:\n" + lines("  - a%d\n"),
                "a: &a0 [x]\n" + lines("a%1$d: &a%2$d [*a%1$d, *a%1$d]\n"),
                "type: S3\nx: &a0 {k: v}\n" + lines("x%2$d: &a%2$d {<<: [*a%1$d, *a%1$d]}\n") + "config: {<<: *a2999}",
                "type: S3\nconfig: &a {<<: *a, http_config: *a}",
                "a".repeat(3 * LARGE));
    }

    private static String lines(String line) {
        return IntStream.range(0, LARGE / 10)
                .mapToObj(i -> line.formatted(i, i + 1))
                .collect(Collectors.joining());
    }
}
