package io.paodin.monitoring.cli;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.paodin.monitoring.config.OperatorConfig;
import io.paodin.monitoring.config.SettingsCheck;
import io.paodin.monitoring.model.Cluster;
import io.paodin.monitoring.model.Inputs;
import io.paodin.monitoring.render.ManifestRenderer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
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

    /** What is wrong with each resource: what the API server would refuse first, then what the operator would. */
    List<Examined> examine(InputOptions input) {
        SettingsCheck.check(config);
        return reader.read(input.files, input.namespace, System.in).stream()
                .map(resource -> resource.thanos() == null
                        ? resource
                        : resource.withMore(Cluster.of(resource.thanos(), Inputs.NONE, config)
                                .violations()))
                .toList();
    }

    /** One YAML document for each object, in the order in which they are applied. */
    String render(Examined resource) {
        return renderer.render(Cluster.of(resource.thanos(), Inputs.NONE, config)).stream()
                .map(manifest -> "---\n" + serialization.asYaml(manifest).replaceFirst("^---\n", ""))
                .collect(Collectors.joining());
    }
}
