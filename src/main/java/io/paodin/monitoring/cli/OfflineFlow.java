package io.paodin.monitoring.cli;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.paodin.monitoring.config.OperatorConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.stream.Collectors;

/** The part of the operator's flow that needs no cluster, from files to manifests. */
@ApplicationScoped
class OfflineFlow {

    private final ResourceReader reader;
    private final OperatorConfig config;
    private final KubernetesSerialization serialization;

    @Inject
    OfflineFlow(ResourceReader reader, OperatorConfig config, KubernetesSerialization serialization) {
        this.reader = reader;
        this.config = config;
        this.serialization = serialization;
    }

    List<Examined> examine(InputOptions input) {
        return reader.read(input.files, input.namespace, System.in);
    }

    String render(Examined resource) {
        return List.of(resource.thanos()).stream()
                .map(manifest -> "---\n" + serialization.asYaml(manifest).replaceFirst("^---\n", ""))
                .collect(Collectors.joining());
    }
}
