package io.paodin.monitoring.olm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.paodin.monitoring.install.Bundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Makes {@code target/olm} after the operator has been packaged: the bundle, from what the operator SDK's extension has
 * generated into {@code target/bundle}, and the template of the catalog.
 */
public final class BundleAssembly {

    private static final Path WRITTEN = Path.of("src", "main", "olm");
    private static final Path GENERATED = Path.of("target", "bundle", Release.PACKAGE);
    private static final Path TARGET = Path.of("target", "olm");
    private static final String PREFIX = "operators.operatorframework.io.";
    private static final List<String> CHANNELS = List.of("candidate", "stable");

    private final Release release;
    private final Instant created;
    private final List<Release> earlier;
    private final PinnedImages images;
    private final Path target;

    private BundleAssembly(Release release, Instant created, List<Release> earlier, PinnedImages images, Path target) {
        this.release = release;
        this.created = created;
        this.earlier = earlier;
        this.images = images;
        this.target = target;
    }

    /** What to write in place of an image; by default the same. */
    private record PinnedImages(Map<String, String> pinned) {

        String of(String image) {
            return pinned.getOrDefault(image, image);
        }
    }

    /**
     * {@code --version=} that of the project; {@code --created=} its time, as Maven takes it: a date and time, or seconds since
     * 1970; {@code --images=} optionally a file with lines {@code IMAGE=IMAGE}: as it is in
     * the tree, with a tag, and as it is to be written, with a digest; {@code --releases=} and {@code --target=} where they are
     * not where they belong.
     */
    public static void main(String... arguments) {
        var options = new HashMap<String, String>();
        for (var argument : arguments) {
            var parts = argument.replaceFirst("^--", "").split("=", 2);
            options.put(parts[0], parts[1]);
        }
        // A snapshot is a preview of its release.
        var version = options.get("version").replaceFirst("-SNAPSHOT$", "");
        var images = new PinnedImages(Optional.ofNullable(options.get("images"))
                .filter(file -> !file.isBlank())
                .map(file -> pairs(Path.of(file)))
                .orElse(Map.of()));
        var release =
                new Release(version, CHANNELS, images.of("quay.io/paodin/" + Release.PACKAGE + "-bundle:v" + version));
        var earlier = Release.of(Yaml.read(
                Optional.ofNullable(options.get("releases")).map(Path::of).orElse(Release.RELEASED)));
        var target = Optional.ofNullable(options.get("target")).map(Path::of).orElse(TARGET);
        new BundleAssembly(release, time(options.get("created")), earlier, images, target).run();
    }

    private static Instant time(String text) {
        return text.matches("\\d+") ? Instant.ofEpochSecond(Long.parseLong(text)) : Instant.parse(text);
    }

    private void run() {
        var bundle = new OlmBundle(target.resolve("bundle"));
        var crd = Yaml.read(crdFile());
        var csv = ServiceVersion.complete(
                Yaml.read(GENERATED.resolve(OlmBundle.CSV)),
                Yaml.read(WRITTEN.resolve("csv.yaml")),
                read(WRITTEN.resolve("description.md")),
                icon(),
                packaged("Deployment"),
                crd,
                resources(),
                release,
                created,
                earlier);
        pin(csv);
        Yaml.write(bundle.root().resolve(OlmBundle.CSV), csv);
        copy(crdFile(), bundle.root().resolve(OlmBundle.CRD));
        copy(WRITTEN.resolve("scorecard.yaml"), bundle.root().resolve(OlmBundle.SCORECARD));
        Yaml.write(bundle.root().resolve(OlmBundle.SERVICE), service());
        metadata(bundle);
        var all = new ArrayList<>(earlier);
        all.add(release);
        Yaml.write(
                target.resolve("catalog-template.yaml"),
                Catalog.template(
                        all, csv.at("/metadata/annotations/description").asText(), icon()));
    }

    /** The bundle has the definition that kubectl installs, too. */
    private static Path crdFile() {
        return Path.of("deploy", "crd", "thanos.monitoring.paodin.io-v1.yml");
    }

    /** OLM chooses the namespace. */
    private static JsonNode service() {
        var service = packaged("Service");
        ((ObjectNode) service.get("metadata")).remove("namespace");
        return service;
    }

    /** An object of the install manifest. */
    private static JsonNode packaged(String kind) {
        return Bundle.packaged().stream()
                .filter(object -> object.getKind().equals(kind))
                .map(object -> Yaml.JSON.<JsonNode>valueToTree(object))
                .findFirst()
                .orElseThrow();
    }

    private static List<JsonNode> resources() {
        return RecordedKind.all().stream()
                .<JsonNode>map(kind -> Yaml.JSON
                        .createObjectNode()
                        .put("kind", kind.kind())
                        .put("name", "")
                        .put("version", kind.version()))
                .toList();
    }

    /** The labels of the image are the annotations of the metadata. */
    private static void metadata(OlmBundle bundle) {
        var annotations = (ObjectNode) Yaml.read(GENERATED.resolve(OlmBundle.ANNOTATIONS));
        var all = (ObjectNode) annotations.get("annotations");
        all.put(PREFIX + "test.config.v1", "tests/scorecard/");
        all.put(PREFIX + "test.mediatype.v1", "scorecard+v1");
        Yaml.write(bundle.root().resolve(OlmBundle.ANNOTATIONS), annotations);
        var labels = new ArrayList<String>();
        all.fields()
                .forEachRemaining(entry -> labels.add(
                        "LABEL " + entry.getKey() + "=" + entry.getValue().asText()));
        write(
                bundle.root().resolve(OlmBundle.DOCKERFILE),
                "FROM scratch\n\n" + String.join("\n", labels) + "\n\nCOPY manifests /manifests/\n"
                        + "COPY metadata /metadata/\nCOPY tests/scorecard /tests/scorecard/\n");
    }

    private void pin(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.fields().forEachRemaining(field -> {
                if (field.getValue().isTextual()) {
                    field.setValue(TextNode.valueOf(images.of(field.getValue().asText())));
                }
            });
        }
        node.forEach(this::pin);
    }

    private static String icon() {
        return Base64.getEncoder()
                .encodeToString(read(WRITTEN.resolve("icon.svg")).getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, String> pairs(Path file) {
        return read(file)
                .lines()
                .filter(line -> line.contains("="))
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0].strip(), pair -> pair[1].strip()));
    }

    private static void copy(Path from, Path to) {
        write(to, read(from));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
