package io.paodin.monitoring.status;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Arrays;
import java.util.List;

/** Workloads as an API server shows them. */
final class Workloads {

    private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

    private Workloads() {}

    /** A Deployment of generation 2 that wants two pods. */
    static Deployment deployment(String component, String status) {
        return SERIALIZATION.unmarshal(
                manifest("Deployment", "central-" + component, component, "", status), Deployment.class);
    }

    /** A StatefulSet of generation 2 that wants two pods. */
    static StatefulSet ingestor(String name, String status) {
        return SERIALIZATION.unmarshal(
                manifest(
                        "StatefulSet",
                        "central-receive-ingestor-" + name,
                        "receive-ingestor",
                        ", monitoring.paodin.io/ingestor: " + name,
                        status),
                StatefulSet.class);
    }

    static Deployment ready(String component) {
        return deployment(
                component,
                "{observedGeneration: 2, replicas: 2, updatedReplicas: 2, readyReplicas: 2, availableReplicas: 2}");
    }

    static Deployment rolling(String component) {
        return deployment(
                component,
                "{observedGeneration: 2, replicas: 3, updatedReplicas: 1, readyReplicas: 2, availableReplicas: 2}");
    }

    static StatefulSet readyIngestor(String name) {
        return ingestor(name, """
                {observedGeneration: 2, replicas: 2, updatedReplicas: 2, readyReplicas: 2, availableReplicas: 2}
                """);
    }

    static List<WorkloadState> states(HasMetadata... objects) {
        return Arrays.stream(objects)
                .flatMap(object -> WorkloadState.of(object).stream())
                .toList();
    }

    private static String manifest(String kind, String name, String component, String labels, String status) {
        return """
                apiVersion: apps/v1
                kind: %s
                metadata:
                  name: %s
                  generation: 2
                  labels: {app.kubernetes.io/component: %s%s}
                spec:
                  replicas: 2
                  template: {spec: {containers: [{name: c, image: "quay.io/thanos/thanos:v0.42.4"}]}}
                status: %s
                """.formatted(kind, name, component, labels, status.strip());
    }
}
