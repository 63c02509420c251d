package io.paodin.monitoring.olm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The files of a bundle, in the layout {@code registry+v1}. */
record OlmBundle(Path root) {

    static final Path CSV = Path.of("manifests", "paodin-monitoring.clusterserviceversion.yaml");
    static final Path CRD = Path.of("manifests", "thanos.monitoring.paodin.io-v1.crd.yml");
    static final Path SERVICE = Path.of("manifests", "paodin-monitoring.service.yaml");
    static final Path ANNOTATIONS = Path.of("metadata", "annotations.yaml");
    static final Path SCORECARD = Path.of("tests", "scorecard", "config.yaml");
    static final Path DOCKERFILE = Path.of("bundle.Dockerfile");

    private static final Pattern LABEL = Pattern.compile("(?m)^LABEL ([^=\\s]+)=(.*)$");

    /** What packaging the operator has left. */
    static OlmBundle packaged() {
        return new OlmBundle(Path.of("target", "olm", "bundle"));
    }

    ObjectNode csv() {
        return (ObjectNode) Yaml.read(root.resolve(CSV));
    }

    JsonNode crd() {
        return Yaml.read(root.resolve(CRD));
    }

    /** All objects of {@code manifests}. */
    List<JsonNode> manifests() {
        try (var files = Files.list(root.resolve("manifests"))) {
            return files.sorted().map(Yaml::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of the metadata. */
    Map<String, String> annotations() {
        var annotations = new TreeMap<String, String>();
        Yaml.read(root.resolve(ANNOTATIONS))
                .path("annotations")
                .fields()
                .forEachRemaining(entry ->
                        annotations.put(entry.getKey(), entry.getValue().asText()));
        return annotations;
    }

    /** Of the image. */
    Map<String, String> labels() {
        var labels = new TreeMap<String, String>();
        LABEL.matcher(read(DOCKERFILE)).results().forEach(label -> labels.put(label.group(1), label.group(2)));
        return labels;
    }

    String read(Path file) {
        try {
            return Files.readString(root.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
