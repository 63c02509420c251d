package io.paodin.monitoring.cli;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.paodin.monitoring.config.OperatorConfig;
import io.paodin.monitoring.config.SettingsCheck;
import io.paodin.monitoring.model.Cluster;
import io.paodin.monitoring.model.Holdup;
import io.paodin.monitoring.model.Inputs;
import io.paodin.monitoring.model.PublishedStores;
import io.paodin.monitoring.model.StoreInputs;
import io.paodin.monitoring.render.ManifestRenderer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The part of the operator's flow that needs no cluster, from files to manifests. */
@ApplicationScoped
class OfflineFlow {

    private final ResourceReader reader;
    private final OperatorConfig config;
    private final ManifestRenderer renderer;
    private final KubernetesSerialization serialization;
    private final Clock clock;

    @Inject
    OfflineFlow(
            ResourceReader reader,
            OperatorConfig config,
            ManifestRenderer renderer,
            KubernetesSerialization serialization,
            Clock clock) {
        this.reader = reader;
        this.config = config;
        this.renderer = renderer;
        this.serialization = serialization;
        this.clock = clock;
    }

    /**
     * What is wrong with each resource: what the API server would refuse first, then what the operator would, and then
     * what keeps it from applying all of it.
     */
    Documents examine(InputOptions input) {
        SettingsCheck.check(config);
        var documents = reader.read(input.files, input.namespace, System.in);
        return new Documents(
                documents.resources().stream()
                        .map(resource -> examine(resource, documents.secrets()))
                        .toList(),
                documents.secrets());
    }

    private Examined examine(Examined resource, GivenSecrets secrets) {
        if (resource.thanos() == null) {
            return resource;
        }
        var cluster = cluster(resource, secrets);
        return resource.withMore(
                cluster.violations(),
                Stream.concat(cluster.heldUp().values().stream(), cluster.troubles())
                        .map(Holdup::message)
                        .distinct()
                        .toList());
    }

    private Cluster cluster(Examined resource, GivenSecrets secrets) {
        var thanos = resource.thanos();
        var stores = new StoreInputs(secrets.storeValues(thanos), PublishedStores.NONE, Optional.of(clock.instant()));
        return Cluster.of(thanos, Inputs.of(secrets.values(thanos)).with(stores), config);
    }

    /**
     * One YAML document for each object, in the order in which they are applied.
     *
     * @param isOpen whether keys and credentials are to be seen
     */
    String render(Examined resource, GivenSecrets secrets, boolean isOpen) {
        var cluster = cluster(resource, secrets);
        return renderer.render(isOpen ? cluster : cluster.redacted()).stream()
                .map(OfflineFlow::readable)
                .map(manifest -> "---\n" + serialization.asYaml(manifest).replaceFirst("^---\n", ""))
                .collect(Collectors.joining());
    }

    /** A Secret with its content as text, which means the same. */
    private static HasMetadata readable(HasMetadata manifest) {
        if (!(manifest instanceof Secret secret) || secret.getData() == null) {
            return manifest;
        }
        var texts = new TreeMap<String, String>();
        secret.getData()
                .forEach((key, data) ->
                        texts.put(key, new String(Base64.getDecoder().decode(data), StandardCharsets.UTF_8)));
        return new SecretBuilder(secret).withData(null).withStringData(texts).build();
    }
}
