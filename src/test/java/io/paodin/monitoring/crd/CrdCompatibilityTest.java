package io.paodin.monitoring.crd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.paodin.monitoring.install.LastRelease;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CrdCompatibilityTest {

    private static final YAMLMapper YAML = new YAMLMapper();

    private static final String EARLIER = """
            spec:
              group: example.com
              scope: Namespaced
              names: {kind: Thing, plural: things}
              versions:
              - name: v1
                served: true
                subresources: {status: {}}
                schema:
                  openAPIV3Schema:
                    type: object
                    properties:
                      spec:
                        type: object
                        required: [size]
                        x-kubernetes-validations: [{rule: self.size > 0}]
                        properties:
                          size: {type: integer, minimum: 1, maximum: 9, default: 1}
                          mode: {type: string, enum: [a, b], pattern: '^.$'}
                          parts: {type: array, maxItems: 3, items: {type: object, properties: {name: {type: string}}}}
                          labels: {type: object, additionalProperties: {type: string}}
                          free: {type: object, x-kubernetes-preserve-unknown-fields: true}
            """;

    /** Empty until something is released. */
    @Test
    void resourcesOfTheLastReleaseAreAcceptedStill() throws IOException {
        var last = LastRelease.find();
        if (last.isPresent()) {
            assertThat(CrdCompatibility.breaks(
                            YAML.readTree(last.get().crd().toFile()), YAML.readTree(Files.readString(Crds.COMMITTED))))
                    .as("a resource of version %s breaks", last.get().version())
                    .isEmpty();
        }
    }

    @Test
    void theCurrentDefinitionIsCompatibleWithItself() throws IOException {
        var crd = YAML.readTree(Files.readString(Crds.COMMITTED));
        assertThat(CrdCompatibility.breaks(crd, crd)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            maximum: 9        | maximum: 10
            minimum: 1        | minimum: 0
            ', minimum: 1'    | ''
            [a, b]            | [a, b, c]
            [size]            | []
            maxItems: 3       | maxItems: 4
            name: {type: string} | name: {type: string}, more: {type: string}
            [{rule: self.size > 0}] | []
            """)
    void whatAcceptsMoreBreaksNothing(String earlier, String later) throws IOException {
        assertThat(CrdCompatibility.breaks(crd(), changed(earlier, later))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            maximum: 9           | maximum: 8               | v1.spec.size: a lower maximum
            minimum: 1           | minimum: 2               | v1.spec.size: a higher minimum
            default: 1           | default: 2               | v1.spec.size: another default
            size: {type: integer | size: {type: string      | v1.spec.size: another type
            [a, b]               | [a]                      | v1.spec.mode: fewer values
            '^.$'                | '^..$'                   | v1.spec.mode: another pattern
            'mode: {'            | 'type: {'                | v1.spec.mode is gone
            [size]               | [size, mode]             | v1.spec: more is required
            maxItems: 3          | maxItems: 2              | v1.spec.parts: a lower maxItems
            name: {type: string} | name: {type: integer}    | v1.spec.parts[].name: another type
            additionalProperties: {type: string} | additionalProperties: {type: integer} | v1.spec.labels{}: another type
            fields: true         | fields: false            | v1.spec.free: not open any more
            self.size > 0        | self.size > 1            | 'v1.spec: a new rule: self.size > 1'
            served: true         | served: false            | v1 is not served any more
            {status: {}}         | {}                       | v1 has other subresources
            group: example.com   | group: example.org       | /spec/group is another one
            """)
    void whatAcceptsLessOrElseIsFound(String earlier, String later, String found) throws IOException {
        assertThat(CrdCompatibility.breaks(crd(), changed(earlier, later))).contains(found);
    }

    private static JsonNode crd() throws IOException {
        return YAML.readTree(EARLIER);
    }

    private static JsonNode changed(String earlier, String later) throws IOException {
        var changed = EARLIER.replace(earlier, later);
        assertThat(changed).isNotEqualTo(EARLIER);
        return YAML.readTree(changed);
    }
}
