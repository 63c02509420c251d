package io.paodin.monitoring.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

    @ParameterizedTest
    @CsvSource({
        "0, PT0S",
        "0s, PT0S",
        "1d, P1D",
        "2w, P14D",
        "1y, P365D",
        "1h30m, PT1H30M",
        "90s, PT1M30S",
        "1d12h, PT36H",
        "1500ms, PT1.5S",
        "1y2w3d4h5m6s7ms, P382DT4H5M6.007S",
    })
    void readsPrometheusDurations(String text, Duration duration) {
        assertThat(Durations.prometheus(text)).contains(duration);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "1.5h", "90", "-1h", "1h 30m", "30m1h", "1us", "h", "1D", "300y", "99999999999999999999s"})
    void refusesWhatPrometheusDoes(String text) {
        assertThat(Durations.prometheus(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0, PT0S",
        "1.5h, PT1H30M",
        "90s, PT1M30S",
        "1h30m, PT1H30M",
        "30m1h, PT1H30M",
        ".5s, PT0.5S",
        "1.s, PT1S",
        "-1m, PT-1M",
        "+1m, PT1M",
        "100us, PT0.0001S",
        "100µs, PT0.0001S",
        "1.5d, PT36H",
        "1w1d, P8D",
        "7ns, PT0.000000007S",
    })
    void readsGoDurations(String text, Duration duration) {
        assertThat(Durations.go(text)).contains(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1y", "1M", "90", "1h 30m", "h", ".s", "1H", "-", "9999999999h"})
    void refusesWhatGoDoes(String text) {
        assertThat(Durations.go(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"PT0S, 0s", "PT15S, 15s", "PT1H30M, 1h30m", "P14D, 336h", "PT1.5S, 1s500ms", "PT15M, 15m"})
    void writesWhatBothDialectsReadAlike(Duration duration, String text) {
        assertThat(Durations.format(duration)).isEqualTo(text);
        assertThat(Durations.prometheus(text)).contains(duration);
        assertThat(Durations.go(text)).contains(duration);
    }

    @Test
    void writesNoNegativeDuration() {
        assertThatIllegalArgumentException().isThrownBy(() -> Durations.format(Duration.ofSeconds(-1)));
    }
}
