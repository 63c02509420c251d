package io.paodin.monitoring.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThanosVersionTest {

    @ParameterizedTest
    @CsvSource({
        "quay.io/thanos/thanos:v0.42.4, 0.42.4",
        "quay.io/thanos/thanos:0.42.4, 0.42.4",
        "registry.example.com:5000/mirror/thanos:v0.43.0, 0.43.0",
        "thanos:v0.42.4-rc.1, 0.42.4",
        "thanos:v0.42.4-20260101-debug, 0.42.4",
        "thanos:v0.42, 0.42.0",
        "thanos:v1.0.0@sha256:0123456789abcdef, 1.0.0",
    })
    void readsTheVersionFromTheTag(String image, String version) {
        assertThat(ThanosVersion.parse(image)).map(ThanosVersion::toString).contains(version);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "quay.io/thanos/thanos",
                "quay.io/thanos/thanos:latest",
                "quay.io/thanos/thanos:main-2026-01-01-abcdef",
                "registry.example.com:5000/thanos",
                "localhost:5000/0.42.4/thanos",
                "quay.io/thanos/thanos@sha256:0123456789abcdef",
                "thanos:v99999999999.0.0",
                "",
            })
    void takesAnImageWithoutAReadableTagForTheDefaultVersion(String image) {
        assertThat(ThanosVersion.parse(image)).isEmpty();
        assertThat(ThanosVersion.of(image)).isEqualTo(ThanosVersion.DEFAULT);
    }

    @ParameterizedTest
    @CsvSource({
        "quay.io/thanos/thanos:v0.42.4, v0.42.4",
        "registry.example.com:5000/thanos:v0.42.4-debug@sha256:0123, v0.42.4-debug",
        "registry.example.com:5000/thanos@sha256:0123, sha256:0123",
        "registry.example.com:5000/thanos, latest",
    })
    void showsTheTag(String image, String tag) {
        assertThat(ThanosVersion.tag(image)).isEqualTo(tag);
    }

    @ParameterizedTest
    @CsvSource({
        "0.41.9, false, false",
        "0.42.0, true, false",
        "0.42.4, true, false",
        "0.42.5, true, true",
        "1.0.0, true, true"
    })
    void isSupportedFromTheOldestVersionOnAndKnownUpToTheNewestTable(String tag, boolean supported, boolean newer) {
        var version = ThanosVersion.of("thanos:v" + tag);

        assertThat(version.isSupported()).isEqualTo(supported);
        assertThat(version.isNewerThanTable()).isEqualTo(newer);
    }

    @Test
    void ordersByNumberNotByText() {
        assertThat(new ThanosVersion(0, 9, 0)).isLessThan(new ThanosVersion(0, 42, 0));
        assertThat(new ThanosVersion(0, 42, 10)).isGreaterThan(new ThanosVersion(0, 42, 9));
    }
}
