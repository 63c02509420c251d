package io.paodin.monitoring.olm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.paodin.monitoring.install.Samples;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** The resources of {@code deploy/samples}, as a console offers them: the smallest one first. */
final class AlmExamples {

    private AlmExamples() {}

    /** Those for several clusters need what they do not hold, and are left out. */
    static ArrayNode ofSamples() {
        var examples = Yaml.JSON.createArrayNode();
        Samples.withResources()
                .filter(sample -> sample.getParent().equals(Samples.FOLDER))
                .sorted(Comparator.comparing(AlmExamples::size).thenComparing(Path::toString))
                .flatMap(AlmExamples::resources)
                .forEach(examples::add);
        return examples;
    }

    private static Stream<JsonNode> resources(Path sample) {
        return Stream.of(text(sample).split("(?m)^---$"))
                .map(Yaml::parse)
                .filter(object -> object.path("kind").asText().equals("Thanos"));
    }

    private static long size(Path sample) {
        return resources(sample).mapToLong(object -> object.toString().length()).sum();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
