package io.paodin.monitoring.cli;

import com.fasterxml.jackson.databind.JsonMappingException;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.paodin.monitoring.api.v1alpha1.Thanos;
import io.paodin.monitoring.model.Violation;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads the {@code Thanos} resources of files, strictly, and the Secrets; documents of other kinds are passed over. */
@ApplicationScoped
class ResourceReader {

    private static final String STDIN = "-";
    private static final String API_VERSION = HasMetadata.getApiVersion(Thanos.class);
    private static final String KIND = HasMetadata.getKind(Thanos.class);

    private final KubernetesSerialization serialization;

    @Inject
    ResourceReader(KubernetesSerialization serialization) {
        this.serialization = serialization;
    }

    /**
     * @param namespace the namespace of resources and Secrets that name none
     * @throws UnreadableInputException if a file cannot be read or parsed, or there is no resource in all of them
     */
    Documents read(List<String> files, String namespace, InputStream stdin) {
        var definition = ResourceDefinition.of(API_VERSION);
        var resources = new ArrayList<Examined>();
        var secrets = new GivenSecrets();
        for (var file : files) {
            var origin = STDIN.equals(file) ? "stdin" : file;
            for (var document : YamlDocuments.of(origin, text(file, stdin))) {
                if (KIND.equals(document.get("kind")) && isOurs(origin, document)) {
                    resources.add(load(origin, document, namespace, definition));
                } else if (GivenSecrets.isOne(document)) {
                    secrets.add(document, namespace);
                }
            }
        }
        if (resources.isEmpty()) {
            throw new UnreadableInputException("No resource of kind " + KIND + " (" + API_VERSION + ") in "
                    + files.stream().map(f -> STDIN.equals(f) ? "stdin" : f).collect(Collectors.joining(", ")));
        }
        return new Documents(resources, secrets);
    }

    private static boolean isOurs(String origin, Map<?, ?> document) {
        var apiVersion = String.valueOf(document.get("apiVersion"));
        if (apiVersion.startsWith("monitoring.paodin.io/") && !apiVersion.equals(API_VERSION)) {
            throw new UnreadableInputException(
                    origin + ": this version knows " + KIND + " as " + API_VERSION + ", not " + apiVersion);
        }
        return apiVersion.equals(API_VERSION);
    }

    private Examined load(String origin, Map<?, ?> document, String namespace, ResourceDefinition definition) {
        var violations = new ArrayList<>(definition.check(document));
        var name = document.get("metadata") instanceof Map<?, ?> metadata ? metadata.get("name") : null;
        if (name == null) {
            violations.add(Violation.of("metadata.name", "must be set"));
            return new Examined(origin, "(no name)", null, violations);
        }
        var thanos = decode(document, violations);
        if (thanos != null && thanos.getMetadata().getNamespace() == null) {
            thanos.getMetadata().setNamespace(namespace);
        }
        return new Examined(origin, String.valueOf(name), thanos, violations);
    }

    private Thanos decode(Map<?, ?> document, List<Violation> violations) {
        try {
            return serialization.convertValue(document, Thanos.class);
        } catch (IllegalArgumentException e) {
            // What the schema has found already is not said twice, and in its words.
            if (violations.isEmpty()) {
                violations.add(Violation.of(
                        path(e),
                        String.valueOf(e.getMessage()).lines().findFirst().orElse("")));
            }
            return null;
        }
    }

    private static String path(IllegalArgumentException error) {
        if (!(error.getCause() instanceof JsonMappingException mapping)) {
            return "spec";
        }
        return mapping.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName())
                .collect(Collectors.joining())
                .replaceFirst("^\\.", "");
    }

    private static String text(String file, InputStream stdin) {
        try {
            return STDIN.equals(file)
                    ? new String(stdin.readAllBytes(), StandardCharsets.UTF_8)
                    : Files.readString(Path.of(file));
        } catch (NoSuchFileException e) {
            throw new UnreadableInputException(file + " does not exist");
        } catch (IOException e) {
            throw new UnreadableInputException(file + " cannot be read: " + e.getMessage());
        }
    }
}
