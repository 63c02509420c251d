package io.paodin.monitoring.docs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.stream.Stream;

/** A YAML document in a page. */
record Example(Document page, String text) {

    private static final YAMLMapper YAML = new YAMLMapper();

    /** What stands before a spec that is shown alone. */
    private static final String RESOURCE = """
            apiVersion: monitoring.paodin.io/v1alpha1
            kind: Thanos
            metadata: {name: example}
            """;

    /** Every document of every block. */
    static Stream<Example> all() {
        return Document.all().stream().flatMap(page -> page.blocks("yaml").stream()
                .flatMap(block -> Stream.of(block.split("(?m)^---$")))
                .map(text -> new Example(page, text)));
    }

    /** The object that it is, or that it is the spec of; none if it is something else, such as rules of Prometheus. */
    Optional<String> object() {
        try {
            var read = YAML.readTree(text);
            return read.has("kind")
                    ? Optional.of(text)
                    : Optional.of(RESOURCE + text).filter(resource -> read.has("spec"));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return page + ": " + text.strip().lines().findFirst().orElse("");
    }
}
