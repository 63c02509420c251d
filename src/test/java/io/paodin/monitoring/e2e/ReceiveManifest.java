package io.paodin.monitoring.e2e;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A cluster with a bucket, two routers, and some ingestors with claims. */
final class ReceiveManifest {

    static final String IMAGE = "quay.io/thanos/thanos:v0.42.4";

    private ReceiveManifest() {}

    /** @param ingestors made by {@link #ingestor} */
    static String of(int replicationFactor, String... ingestors) {
        return """
                apiVersion: monitoring.paodin.io/v1alpha1
                kind: Thanos
                metadata:
                  name: central
                spec:
                  defaultFields:
                    image: %s
                  objectStorageConfig: {name: thanos-bucket, key: objstore.yaml}
                  query:
                    replicaLabels: []
                  storeGateway:
                    syncBlockDuration: 5s
                  receive:
                    router:
                      replicas: 2
                      replicationFactor: %d
                    ingestors:
                %s
                """.formatted(IMAGE, replicationFactor, Stream.of(ingestors).collect(joining("\n")));
    }

    static String ingestor(String name, int replicas, String... tenants) {
        return """
                    - name: %s
                      replicas: %d
                      tenants: %s
                      minReadySeconds: 5
                      dataVolume: {pvc: {spec: {resources: {requests: {storage: 1Gi}}}}}
                """.formatted(name, replicas, List.of(tenants));
    }

    /** The name of a pod. */
    static String member(String ingestor, int ordinal) {
        return "central-receive-ingestor-" + ingestor + "-" + ordinal;
    }

    static List<String> members(String ingestor, int replicas) {
        return IntStream.range(0, replicas)
                .mapToObj(ordinal -> member(ingestor, ordinal))
                .toList();
    }
}
