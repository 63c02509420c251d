package io.paodin.monitoring.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TenantPatternTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "*", "?", "team-*", "[a-c]x", "[^a]", "a.b_c-d", "[ab0-9_.]?", "**", "*-"})
    void isAPattern(String text) {
        assertThat(TenantPattern.of(text)).isPresent();
    }

    /** What Go refuses, and what no tenant's id can match. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "[", "[]", "[^]", "[a-]", "[-a]", "[a", "a]", "a\\*", "a/b", "[b-a]", "^a", "a b", "-a", ".*",
                "[.]*", "é", "[[]"
            })
    void isNoPattern(String text) {
        assertThat(TenantPattern.of(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "a, a, a",
                "a, b, -",
                "a*, *b, ab",
                "team-*, team-a, team-a",
                "team-*, team-?-*, team-a-",
                "team-[a-c], team-[c-e], team-c",
                "team-[a-c], team-[^a-c], -",
                "[0-9]*, [^0-9]*, -",
                "*, ?, a",
                "*-prod, *-dev, -",
                "*-prod, eu-*, eu-prod",
                "a?, a, -",
                "a**, a*?, aa",
                "[0-9]x, ?x, 0x",
                "?a, [_]a, -"
            })
    void aCommonIdIsFound(String one, String other, String common) {
        if (TenantPattern.of(other).isEmpty()) {
            assertThat(common).isNull();
            return;
        }
        assertThat(TenantPattern.of(one).orElseThrow().common(pattern(other))).isEqualTo(Optional.ofNullable(common));
        assertThat(pattern(other).common(pattern(one))).isEqualTo(Optional.ofNullable(common));
    }

    /** Against all short ids, matched by the globs of Java, which mean the same with these characters. */
    @Test
    void agreesWithMatchingIdById() {
        var random = new Random(1);
        var ids = ids();
        for (int i = 0; i < 400; i++) {
            var one = pattern(random(random));
            var other = pattern(random(random));
            var common = ids.stream()
                    .filter(id -> matches(one, id) && matches(other, id))
                    .toList();
            var found = one.common(other);
            assertThat(found.isPresent())
                    .as("%s and %s", one.text(), other.text())
                    .isEqualTo(!common.isEmpty());
            found.ifPresent(id ->
                    assertThat(matches(one, id) && matches(other, id)).as(id).isTrue());
        }
    }

    @Test
    void onlyStarsMatchEverything() {
        assertThat(pattern("*").matchesEverything()).isTrue();
        assertThat(pattern("**").matchesEverything()).isTrue();
        assertThat(pattern("?*").matchesEverything()).isFalse();
        assertThat(pattern("a*").matchesEverything()).isFalse();
    }

    @Test
    void theLongestPatternsAreComparedToo() {
        var one = pattern("*a".repeat(64));
        assertThat(one.common(pattern("*b".repeat(63) + "*b"))).isEmpty();
        assertThat(one.common(pattern("*?".repeat(64)))).isPresent();
    }

    private static TenantPattern pattern(String text) {
        return TenantPattern.of(text).orElseThrow(() -> new AssertionError(text));
    }

    private static String random(Random random) {
        var parts = List.of("a", "b", "*", "?", "[ab]", "[^a]");
        return IntStream.range(0, 1 + random.nextInt(4))
                .mapToObj(i -> parts.get(random.nextInt(parts.size())))
                .collect(Collectors.joining());
    }

    /** All of up to four of three letters: enough for what {@link #random} makes. */
    private static List<String> ids() {
        return IntStream.range(1, 256 * 4)
                .mapToObj(i -> Integer.toString(i, 4))
                .filter(text -> !text.contains("0"))
                .map(text -> text.replace('1', 'a').replace('2', 'b').replace('3', 'c'))
                .toList();
    }

    private static boolean matches(TenantPattern pattern, String id) {
        return FileSystems.getDefault()
                .getPathMatcher("glob:" + pattern.text().replace("[^", "[!"))
                .matches(Path.of(id));
    }
}
