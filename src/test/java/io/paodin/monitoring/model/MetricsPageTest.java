package io.paodin.monitoring.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsPageTest {

    private static final String HALTED = "thanos_compact_halted";

    private static final String PAGE = """
            # HELP thanos_compact_halted Set to 1 if the compactor halted due to an unexpected error.
            # TYPE thanos_compact_halted gauge
            thanos_compact_halted_total 0
            thanos_compact_halted 1
            thanos_compact_iterations_total 0
            """;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 64, 4096})
    void findsTheLineInPiecesOfAnySize(int size) {
        assertThat(read(PAGE, size).values()).contains(Map.of(HALTED, 1.0));
        assertThat(read(PAGE.replace("halted 1", "halted 0"), size).values()).contains(Map.of(HALTED, 0.0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "thanos_compact_halted 0               | 0",
                "thanos_compact_halted 1e+00           | 1",
                "thanos_compact_halted 1 1700000000000 | 1",
                "thanos_compact_halted{a=\"b\"} 1      | 1",
            })
    void readsEveryFormOfTheLine(String line, double halted) {
        assertThat(read(line, 64).values()).contains(Map.of(HALTED, halted));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "thanos_compact_halted",
                "thanos_compact_halted ",
                "thanos_compact_halted yes",
                "thanos_compact_halted{",
                "# thanos_compact_halted 1",
                "xthanos_compact_halted 1",
                "<html>",
            })
    void saysNothingWithoutTheLine(String page) {
        assertThat(read(page, 64).values()).isEmpty();
    }

    @Test
    void hasValuesOnceAllAreThere() {
        var page = new MetricsPage(Set.of("a", "b"));
        page.accept("a 7.1255946554399e+13\na 2\nab 3\n".getBytes(StandardCharsets.UTF_8));
        assertThat(page.values()).isEmpty();
        page.accept("b -1\n".getBytes(StandardCharsets.UTF_8));
        assertThat(page.values()).contains(Map.of("a", 71255946554399.0, "b", -1.0));
    }

    @Test
    void skipsALineWithoutEnd() {
        var metric = new MetricsPage(Set.of(HALTED));
        var piece = new byte[1024 * 1024];
        Arrays.fill(piece, (byte) 'x');
        metric.accept(piece);
        metric.accept("\nthanos_compact_halted 1\n".getBytes(StandardCharsets.UTF_8));
        assertThat(metric.values()).contains(Map.of(HALTED, 1.0));
    }

    private static MetricsPage read(String page, int size) {
        var metric = new MetricsPage(Set.of(HALTED));
        var bytes = page.getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < bytes.length; at += size) {
            metric.accept(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + size)));
        }
        metric.end();
        return metric;
    }
}
