package io.paodin.monitoring.olm;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A kind of objects that come of a resource, by the manifests that are recorded for the golden cases. */
record RecordedKind(String kind, String version) {

    private static final Path GOLDEN = Path.of("src", "test", "resources", "golden");

    /** What StatefulSets make, and what one looks at. */
    private static Stream<RecordedKind> indirect() {
        return Stream.of(new RecordedKind("Pod", "v1"), new RecordedKind("PersistentVolumeClaim", "v1"));
    }

    static List<RecordedKind> all() {
        try (var files = Files.walk(GOLDEN)) {
            var recorded = files.filter(file -> file.getParent().endsWith("manifests"))
                    .map(Yaml::read)
                    .map(RecordedKind::of);
            return Stream.concat(recorded, indirect())
                    .distinct()
                    .sorted((one, other) -> one.kind().compareTo(other.kind()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RecordedKind of(JsonNode object) {
        return new RecordedKind(
                object.path("kind").asText(), object.path("apiVersion").asText().replaceFirst("^.*/", ""));
    }
}
