package io.paodin.monitoring.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HaltedMetricTest {

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
        assertThat(read(PAGE, size).isHalted()).contains(true);
        assertThat(read(PAGE.replace("halted 1", "halted 0"), size).isHalted()).contains(false);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "thanos_compact_halted 0               | false",
                "thanos_compact_halted 1e+00           | true",
                "thanos_compact_halted 1 1700000000000 | true",
                "thanos_compact_halted{a=\"b\"} 1      | true",
            })
    void readsEveryFormOfTheLine(String line, boolean halted) {
        assertThat(read(line, 64).isHalted()).contains(halted);
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
        assertThat(read(page, 64).isHalted()).isEmpty();
    }

    @Test
    void skipsALineWithoutEnd() {
        var metric = new HaltedMetric();
        var piece = new byte[1024 * 1024];
        Arrays.fill(piece, (byte) 'x');
        metric.accept(piece);
        metric.accept("\nthanos_compact_halted 1\n".getBytes(StandardCharsets.UTF_8));
        assertThat(metric.isHalted()).contains(true);
    }

    private static HaltedMetric read(String page, int size) {
        var metric = new HaltedMetric();
        var bytes = page.getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < bytes.length; at += size) {
            metric.accept(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + size)));
        }
        metric.end();
        return metric;
    }
}
