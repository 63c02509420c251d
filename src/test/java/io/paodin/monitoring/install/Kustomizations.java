package io.paodin.monitoring.install;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The folders of {@code deploy} that kustomize builds. */
final class Kustomizations {

    static final Path FOLDER = Path.of("deploy");

    private static final String FILE = "kustomization.yaml";
    private static final YAMLMapper YAML = new YAMLMapper();

    private Kustomizations() {}

    /** All of them, but for components, which can be built only as a part of others. */
    static Stream<Path> all() {
        return folders().filter(folder -> read(folder).path("kind").asText().equals("Kustomization"));
    }

    static Stream<Path> folders() {
        return files().filter(file -> file.endsWith(FILE)).map(Path::getParent);
    }

    /** What a folder is built from: files and other folders. */
    static Stream<Path> parts(Path folder) {
        var kustomization = read(folder);
        return Stream.of("resources", "components")
                .flatMap(list -> StreamSupport.stream(kustomization.path(list).spliterator(), false))
                .map(part -> folder.resolve(part.asText()).normalize());
    }

    /** All YAML below {@code deploy}. */
    static Stream<Path> files() {
        try (var files = Files.walk(FOLDER)) {
            return files
                    .filter(file ->
                            file.toString().endsWith(".yaml") || file.toString().endsWith(".yml"))
                    .sorted()
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode read(Path folder) {
        try {
            return YAML.readTree(folder.resolve(FILE).toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
