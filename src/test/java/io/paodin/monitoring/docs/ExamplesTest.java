package io.paodin.monitoring.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.paodin.monitoring.api.v1alpha1.Thanos;
import io.paodin.monitoring.apply.Containment;
import io.paodin.monitoring.config.OperatorConfig;
import io.paodin.monitoring.model.Cluster;
import io.paodin.monitoring.model.Inputs;
import io.paodin.monitoring.model.ObjectStorage;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The YAML in the pages is YAML, and where it is a resource, or the spec of one, it is valid. */
class ExamplesTest {

    private static final ObjectMapper YAML = new YAMLMapper();

    private static final OperatorConfig CONFIG = new SmallRyeConfigBuilder()
            .withConverter(Duration.class, 200, new DurationConverter())
            .withMapping(OperatorConfig.class)
            .build()
            .getConfigMapping(OperatorConfig.class);

    static Stream<Example> examples() {
        return Example.all();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void isValid(Example example) throws JsonProcessingException {
        if (example.object().isEmpty()) {
            return;
        }
        var text = example.object().get();
        var written = YAML.readTree(text);
        if (written.get("kind").textValue().equals("Thanos")) {
            var thanos = Serialization.unmarshal(text, Thanos.class);
            assertThat(Cluster.of(thanos, Inputs.NONE, CONFIG).violations()).isEmpty();
            hasNoUnknownField(written, Serialization.jsonMapper().valueToTree(thanos));
        } else {
            var object = Serialization.<Object>unmarshal(text);
            assertThat(object).isInstanceOf(HasMetadata.class);
            if (object instanceof Secret secret) {
                assertThat(secret.getStringData().entrySet())
                        .filteredOn(entry -> entry.getKey().endsWith(".yaml"))
                        .allSatisfy(entry -> assertThat(
                                        ObjectStorage.parse(entry.getValue()).problems())
                                .isEmpty());
            }
        }
    }

    /** What is unknown is lost when it is read. */
    private static void hasNoUnknownField(JsonNode written, JsonNode read) {
        assertThat(Containment.firstDifference(read, written)).isEmpty();
    }
}
