package io.paodin.monitoring.olm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogTest {

    private static final List<String> ALL = List.of("candidate", "stable");

    private static final String VALID = Yaml.text(Catalog.template(
            List.of(
                    new Release("0.1.0", ALL, "a"),
                    new Release("0.2.0", List.of("candidate"), "b"),
                    new Release("0.3.0", ALL, "c")),
            "text",
            "icon"));

    @Test
    void leadsFromEachVersionOfAChannelToTheNext() {
        assertThat(CatalogRules.findings(Yaml.parse(VALID))).isEmpty();
        assertThat(VALID)
                .contains("name: stable\n  entries:\n  - name: paodin-monitoring.v0.1.0\n"
                        + "  - name: paodin-monitoring.v0.3.0\n    replaces: paodin-monitoring.v0.1.0\n"
                        + "    skipRange: '>=0.1.0 <0.3.0'");
    }

    @Test
    void hasNoChannelWithoutAVersion() {
        var candidate = Catalog.template(List.of(new Release("0.1.0", List.of("stable"), "a")), "text", "icon");
        assertThat(candidate.toString()).doesNotContain("\"candidate\"");
        assertThat(CatalogRules.findings(candidate)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "defaultChannel: stable, defaultChannel: fast, the default channel fast",
        "name: candidate, name: stable, channel stable is there twice",
        "replaces: paodin-monitoring.v0.2.0, replaces: paodin-monitoring.v0.1.0, candidate has the heads",
        "replaces: paodin-monitoring.v0.2.0, replaces: paodin-monitoring.v0.9.0, candidate has the heads",
        "image: c, image: a, versions and the bundles"
    })
    void aMistakeIsFound(String right, String wrong, String finding) {
        assertThat(CatalogRules.findings(Yaml.parse(VALID.replace(right, wrong))))
                .anySatisfy(text -> assertThat(text).contains(finding));
    }
}
