package io.paodin.monitoring.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class ConfigTextTest {

    @Test
    void isReadable() {
        var step = new LinkedHashMap<String, Object>();
        step.put("regex", "(.+)$");
        step.put("source_labels", List.of("a", "ü"));
        var value = new LinkedHashMap<String, Object>();
        value.put("empty", Map.of());
        value.put("nested", Map.of("n", 1));
        value.put("steps", List.of(step, Map.of("on", true)));
        value.put("none", List.of());
        assertThat(ConfigText.of(value)).isEqualTo("""
                "empty": {}
                "nested":
                  "n": 1
                "steps":
                  - "regex": "(.+)\\u0024"
                    "source_labels": ["a", "\\u00fc"]
                  - "on": true
                "none": []
                """);
    }

    @Test
    void noVariableOfTheEnvironmentIsPutIn() {
        assertThat(ConfigText.of(Map.of("a$(HOME)", "$(HOME)"))).doesNotContain("$");
    }

    @Property
    void isReadAsItWasMeant(@ForAll("values") Object value) {
        var text = ConfigText.of(value);
        assertThat(new Load(LoadSettings.builder().build()).loadFromString(text))
                .isEqualTo(value);
        assertThat(text).matches("[ -~\\n]*");
    }

    @Provide
    Arbitrary<Object> values() {
        return Arbitraries.lazyOf(
                () -> Arbitraries.strings().ofMaxLength(20).map(ConfigTextTest::wellFormed),
                () -> Arbitraries.integers(),
                () -> Arbitraries.of(true, false),
                () -> values().list().ofMaxSize(3),
                () -> Arbitraries.maps(Arbitraries.strings().ofMaxLength(5).map(ConfigTextTest::wellFormed), values())
                        .ofMaxSize(3));
    }

    /** Without halves of characters, which no text in a resource has. */
    private static String wellFormed(String text) {
        return text.replaceAll("[\\ud800-\\udfff]", "x");
    }
}
