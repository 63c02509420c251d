package io.paodin.monitoring.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.paodin.monitoring.model.RandomSpecs;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class YamlScalarTest {

    private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

    static List<String> nasty() {
        return RandomSpecs.NASTY;
    }

    @ParameterizedTest
    @MethodSource("nasty")
    void noTextBreaksOutOfItsPlace(String text) {
        checkText(text);
        checkMap(Map.of(text, text, "other", text));
    }

    @Property(tries = 300)
    void anyTextSurvives(@ForAll("texts") String text) {
        checkText(text);
    }

    @Property(tries = 200)
    void anyMapSurvives(@ForAll("texts") String key, @ForAll("texts") String value) {
        checkMap(Map.of("a" + key, value, "b" + key, ""));
    }

    /** Every character that JSON can carry: lone halves of pairs never arrive from an API server. */
    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.integers()
                .between(0, Character.MAX_CODE_POINT)
                .filter(point -> point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE)
                .list()
                .ofMaxSize(40)
                .map(points -> points.stream()
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString());
    }

    @Test
    void everyCharacterOfTheFirstPlanesSurvives() {
        for (int from = 0; from < 0x20000; from += 0x400) {
            var text = new StringBuilder();
            for (int point = from; point < from + 0x400; point++) {
                if (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE) {
                    text.appendCodePoint(point);
                }
            }
            checkText(text.toString());
        }
    }

    @Test
    void equalMapsPrintEqually() {
        var one = new LinkedHashMap<String, String>();
        var other = new LinkedHashMap<String, String>();
        for (var key : List.of("b", "a", "c")) {
            one.put(key, "1");
        }
        for (var key : List.of("c", "b", "a")) {
            other.put(key, "1");
        }
        assertThat(YamlScalar.yaml(one))
                .isEqualTo(YamlScalar.yaml(other))
                .isEqualTo(YamlScalar.yaml(new TreeMap<>(one)));
    }

    @Test
    void objectsOfKubernetesPrintAsTheyAre() {
        var resources = new ResourceRequirementsBuilder()
                .addToRequests("memory", new Quantity("1Gi"))
                .build();
        assertThat(SERIALIZATION
                        .unmarshal("all: " + YamlScalar.yaml(resources), Map.class)
                        .get("all"))
                .isEqualTo(Map.of("requests", Map.of("memory", "1Gi")));
        var selector = new LabelSelectorBuilder().build();
        assertThat(YamlScalar.yaml(selector)).isEqualTo("{}");
    }

    private static void checkText(String text) {
        var object = parse("name: %s\n  labels: {}\ndata: {}\n".formatted(YamlScalar.yaml(text)));
        assertThat(object.getMetadata().getName()).isEqualTo(text);
        assertThat(object.getData()).isEmpty();
        assertThat(UnknownFields.of(object)).isEmpty();
    }

    private static void checkMap(Map<String, String> map) {
        var object = parse("name: n\ndata: %s\n".formatted(YamlScalar.yaml(map)));
        assertThat(object.getData()).isEqualTo(map);
        assertThat(UnknownFields.of(object)).isEmpty();
    }

    private static ConfigMap parse(String end) {
        var yaml = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  " + end;
        assertThat(yaml.lines().count()).as("a value is one line").isLessThanOrEqualTo(6);
        return SERIALIZATION.unmarshal(yaml, ConfigMap.class);
    }
}
