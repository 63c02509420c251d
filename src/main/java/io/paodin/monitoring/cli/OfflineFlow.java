package io.paodin.monitoring.cli;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.paodin.monitoring.config.OperatorConfig;
import io.paodin.monitoring.config.SettingsCheck;
import io.paodin.monitoring.model.Cluster;
import io.paodin.monitoring.model.Holdup;
import io.paodin.monitoring.model.Inputs;
import io.paodin.monitoring.render.ManifestRenderer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.stream.Collectors;

/** The part of the operator's flow that needs no cluster, from files to manifests. */
@ApplicationScoped
class OfflineFlow {

    private final ResourceReader reader;
    private final OperatorConfig config;
    private final ManifestRenderer renderer;
    private final KubernetesSerialization serialization;

    @Inject
    OfflineFlow(
            ResourceReader reader,
            OperatorConfig config,
            ManifestRenderer renderer,
            KubernetesSerialization serialization) {
        this.reader = reader;
        this.config = config;
        this.renderer = renderer;
        this.serialization = serialization;
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
                cluster.heldUp().values().stream()
                        .map(Holdup::message)
                        .distinct()
                        .toList());
    }

    private Cluster cluster(Examined resource, GivenSecrets secrets) {
        return Cluster.of(resource.thanos(), Inputs.of(secrets.values(resource.thanos())), config);
    }

    /** One YAML document for each object, in the order in which they are applied. */
    String render(Examined resource, GivenSecrets secrets) {
        return renderer.render(cluster(resource, secrets)).stream()
                .map(manifest -> "---\n" + serialization.asYaml(manifest).replaceFirst("^---\n", ""))
                .collect(Collectors.joining());
    }
}
