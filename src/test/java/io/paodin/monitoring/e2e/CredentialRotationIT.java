package io.paodin.monitoring.e2e;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** The Secret with the key of the bucket is changed while samples are written. */
@EndToEnd
class CredentialRotationIT {

    private static final String RESOURCE = """
            apiVersion: monitoring.paodin.io/v1alpha1
            kind: Thanos
            metadata:
              name: central
            spec:
              objectStorageConfig: {name: thanos-bucket, key: objstore.yaml}
              query:
                replicaLabels: []
              receive:
                router:
                  replicationFactor: 2
                ingestors:
                - name: all
                  replicas: 2
                  minReadySeconds: 0
                  dataVolume: {pvc: {spec: {resources: {requests: {storage: 1Gi}}}}}
              storeGateway:
                syncBlockDuration: 5s
              compact: {}
            """;

    private static final Set<String> READERS = Set.of("receive-ingestor", "store-gateway", "compact");
    private static final Predicate<Pod> READS = pod -> READERS.contains(ThanosCluster.component(pod));

    @Test
    void aNewKeyReachesOneComponentAfterAnotherAndNothingIsLost(TestNamespace namespace, ObjectStore objectStore) {
        var bucket = objectStore.bucket(namespace.name());
        namespace.applyObjects(bucket.secret("reader"));
        var thanos = namespace.apply(RESOURCE).awaitReady();
        try (var writer = ContinuousWriter.start(thanos.writer("team-a"), "requests", 20)) {
            writer.awaitMore(5);
            var readers = thanos.uids(READS);
            var others = thanos.identities(READS.negate());

            namespace.applyObjects(bucket.secret("second"));
            Kubernetes.within(Duration.ofMinutes(4)).untilAsserted(() -> {
                assertThat(thanos.uids(READS)).containsOnlyKeys(readers.keySet());
                assertThat(thanos.uids(READS).values()).doesNotContainAnyElementsOf(readers.values());
            });
            thanos.awaitReady();
            expectOneComponentAfterAnother(thanos.pods(READS));
            assertThat(thanos.identities(READS.negate())).isEqualTo(others);

            writer.awaitMore(5);
            thanos.query().expectExactly(writer.stop().with("tenant_id", "team-a"), "requests");
            // with the first key nobody could write to the bucket
            Kubernetes.within(Duration.ofMinutes(2)).untilAsserted(() -> assertThat(bucket.blocks())
                    .extracting(block -> block.labels().get("receive_replica"))
                    .contains("central-receive-ingestor-all-0", "central-receive-ingestor-all-1"));
        }
    }

    /** The first pod of each component was created when all of the component before were ready. */
    private static void expectOneComponentAfterAnother(List<Pod> pods) {
        var components = pods.stream().collect(groupingBy(ThanosCluster::component)).values().stream()
                .sorted(Comparator.comparing(CredentialRotationIT::firstCreated))
                .toList();
        assertThat(components).hasSize(READERS.size());
        for (int i = 1; i < components.size(); i++) {
            assertThat(firstCreated(components.get(i))).isAfterOrEqualTo(lastReady(components.get(i - 1)));
        }
    }

    private static Instant firstCreated(List<Pod> pods) {
        return pods.stream()
                .map(pod -> Instant.parse(pod.getMetadata().getCreationTimestamp()))
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    private static Instant lastReady(List<Pod> pods) {
        return pods.stream()
                .flatMap(pod -> pod.getStatus().getConditions().stream())
                .filter(condition -> condition.getType().equals("Ready"))
                .map(condition -> Instant.parse(condition.getLastTransitionTime()))
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    @Test
    void anUnusableSecretChangesNothingAndIsToldNowhere(
            TestNamespace namespace, ObjectStore objectStore, Operator operator) {
        var bucket = objectStore.bucket(namespace.name());
        namespace.applyObjects(bucket.secret("first"));
        var thanos = namespace.apply(RESOURCE).awaitReady();
        try (var writer = ContinuousWriter.start(thanos.writer("team-a"), "requests", 20)) {
            var pods = thanos.identities(pod -> true);
            var objects = versions(thanos);

            namespace.applyObjects(bucket.secret("first")
                    .replace("bucket: thanos", "bukcet: thanos")
                    .replace("-secret", "-third-secret"));
            assertThat(thanos.awaitReason("Degraded", "InvalidObjectStorage"))
                    .contains("thanos-bucket", "objstore.yaml", "config.bukcet");
            writer.awaitMore(5);
            assertThat(thanos.identities(pod -> true)).isEqualTo(pods);
            assertThat(versions(thanos)).isEqualTo(objects);
            assertThat(told(thanos, operator)).doesNotContain("e2e-first");

            namespace.applyObjects(bucket.secret("first"));
            thanos.awaitReason("Degraded", "AsExpected");
            writer.awaitMore(5);
            assertThat(thanos.identities(pod -> true)).isEqualTo(pods);
            assertThat(versions(thanos)).isEqualTo(objects);
            assertThat(told(thanos, operator)).doesNotContain("e2e-first");
            thanos.query().expectExactly(writer.stop().with("tenant_id", "team-a"), "requests");
        }
    }

    /** Of all objects but the pods, which change by themselves. */
    private static Map<String, String> versions(ThanosCluster thanos) {
        return thanos.objects().stream()
                .filter(object -> !(object instanceof Pod))
                .collect(toMap(
                        object -> object.getKind() + "/" + object.getMetadata().getName(),
                        object -> object.getMetadata().getResourceVersion()));
    }

    /** Where the content of the Secret must not appear. */
    private static String told(ThanosCluster thanos, Operator operator) {
        var objects = thanos.objects().stream().collect(toList());
        objects.add(thanos.get());
        objects.addAll(Kubernetes.client()
                .resources(Event.class)
                .inNamespace(thanos.namespace().name())
                .list()
                .getItems());
        return Serialization.asYaml(objects) + operator.log();
    }
}
