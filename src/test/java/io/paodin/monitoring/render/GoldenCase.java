package io.paodin.monitoring.render;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.paodin.monitoring.api.v1alpha1.Thanos;
import io.paodin.monitoring.config.OperatorConfig;
import io.paodin.monitoring.install.Samples;
import io.paodin.monitoring.model.Cluster;
import io.paodin.monitoring.model.Examples;
import io.paodin.monitoring.model.Inputs;
import io.paodin.monitoring.model.MaterialRef;
import io.paodin.monitoring.model.PublishedStores;
import io.paodin.monitoring.model.SecretRef;
import io.paodin.monitoring.model.SecretValue;
import io.paodin.monitoring.model.StoreInputs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A resource whose manifests are recorded: one of {@code golden/<case>}, or a sample that is shipped. */
record GoldenCase(String name, Path resource) {

    static final Path FOLDER = Path.of("src/test/resources/golden");

    static Stream<GoldenCase> all() throws IOException {
        try (var cases = Files.list(FOLDER)) {
            return Stream.concat(
                    cases.map(folder -> folder.resolve("thanos.yaml"))
                            .filter(Files::exists)
                            .map(file -> new GoldenCase(
                                    file.getParent().getFileName().toString(), file)),
                    Samples.withResources().map(GoldenCase::ofSample))
                    .sorted((one, other) -> one.name().compareTo(other.name()))
                    .toList()
                    .stream();
        }
    }

    private static GoldenCase ofSample(Path file) {
        var path = Samples.FOLDER.relativize(file).toString();
        return new GoldenCase("sample-" + path.replace('/', '-').replace(".yaml", ""), file);
    }

    Path manifests() {
        return FOLDER.resolve(name).resolve("manifests");
    }

    Thanos thanos(KubernetesSerialization serialization) throws IOException {
        return documents("Thanos", Thanos.class, serialization).findFirst().orElseThrow();
    }

    /** What an operator finds of the Secrets beside the resource, before anything of it runs. */
    Inputs inputs(KubernetesSerialization serialization) throws IOException {
        var secrets = new HashMap<SecretRef, SecretValue>();
        documents("Secret", Secret.class, serialization).forEach(secret -> secret.getStringData()
                .forEach((key, content) -> secrets.put(
                        new SecretRef(secret.getMetadata().getName(), key), new SecretValue.Found(content))));
        return Inputs.of(secrets).with(stores(serialization));
    }

    /** The same for what secured stores refer to. */
    private StoreInputs stores(KubernetesSerialization serialization) throws IOException {
        var material = new HashMap<MaterialRef, SecretValue>();
        documents("Secret", Secret.class, serialization).forEach(secret -> secret.getStringData()
                .forEach((key, content) -> material.put(
                        new MaterialRef(
                                MaterialRef.Kind.Secret, secret.getMetadata().getName(), key),
                        new SecretValue.Found(content))));
        documents("ConfigMap", ConfigMap.class, serialization).forEach(map -> map.getData()
                .forEach((key, content) -> material.put(
                        new MaterialRef(
                                MaterialRef.Kind.ConfigMap, map.getMetadata().getName(), key),
                        new SecretValue.Found(content))));
        return new StoreInputs(material, PublishedStores.NONE, Optional.empty());
    }

    private <T> Stream<T> documents(String kind, Class<T> type, KubernetesSerialization serialization)
            throws IOException {
        return Arrays.stream(Files.readString(resource).split("(?m)^---$"))
                .filter(document -> document.lines().anyMatch(line -> line.equals("kind: " + kind)))
                .map(document -> serialization.unmarshal(document, type));
    }

    Cluster cluster(KubernetesSerialization serialization) throws IOException {
        var cluster = Cluster.of(thanos(serialization), inputs(serialization), settings());
        if (!cluster.isValid()) {
            throw new AssertionError(name + ": " + cluster.violations());
        }
        return cluster;
    }

    /** The operator's settings, in which {@code settings.properties} beside the resource may differ. */
    OperatorConfig settings() throws IOException {
        var file = resource.resolveSibling("settings.properties");
        var settings = new Properties();
        if (Files.exists(file)) {
            try (var reader = Files.newBufferedReader(file)) {
                settings.load(reader);
            }
        }
        Map<String, String> values =
                settings.stringPropertyNames().stream().collect(Collectors.toMap(name -> name, settings::getProperty));
        return Examples.settings(values);
    }
}
