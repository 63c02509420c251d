package io.paodin.monitoring.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ingestors are changed while samples are written to them. */
@EndToEnd
class RolloutIT {

    private static final String STORE_GATEWAY = """
            apiVersion: monitoring.paodin.io/v1alpha1
            kind: Thanos
            metadata:
              name: central
            spec:
              objectStorageConfig: {name: thanos-bucket, key: objstore.yaml}
              query:
                replicaLabels: []
              storeGateway:
                syncBlockDuration: 5s
            """;

    private static final String WITHOUT_BUCKET = """
            apiVersion: monitoring.paodin.io/v1alpha1
            kind: Thanos
            metadata:
              name: central
            spec:
              query:
                replicaLabels: []
            """;

    private static final String INGESTORS = """
              receive:
                router:
                  replicationFactor: %d
                ingestors:
                - name: all
                  replicas: 2
                  logLevel: info
                  minReadySeconds: 0
                  dataVolume: {pvc: {spec: {resources: {requests: {storage: 1Gi}}}}}
            """;

    private static final String LATE_SAMPLES = """
                  outOfOrderTimeWindow: 10m
            """;

    private static final Set<String> MEMBERS =
            Set.of("central-receive-ingestor-all-0", "central-receive-ingestor-all-1");

    /** Without a copy of each sample the writer has to wait for each member, and nothing else has what one has lost. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void theBucketHasEverythingWhenIngestorsAndTheirClaimsAreGone(
            int replicationFactor, TestNamespace namespace, ObjectStore objectStore) {
        var bucket = objectStore.bucket(namespace.name());
        var resource = STORE_GATEWAY + INGESTORS.formatted(replicationFactor);
        namespace.applyObjects(bucket.secret("first"));
        var thanos = namespace.apply(resource).awaitReady();
        try (var writer = ContinuousWriter.start(thanos.writer("team-a"), "requests", 20);
                var ingestors = PodHistory.watch("receive-ingestor", namespace)) {
            writer.awaitMore(5);
            var before = ingestors(thanos);
            assertThat(bucket.blocks()).isEmpty();

            namespace
                    .apply(resource.replace("logLevel: info", "logLevel: debug"))
                    .awaitReady();
            assertThat(ingestors(thanos)).containsOnlyKeys(MEMBERS);
            assertThat(ingestors(thanos).values()).doesNotContainAnyElementsOf(before.values());
            assertThat(ingestors.exitCodes()).containsExactly(0, 0);
            writer.awaitMore(5);
            var written = writer.stop().with("tenant_id", "team-a");
            thanos.query().expectExactly(written, "requests");
            assertThat(bucket.replicas()).isEqualTo(MEMBERS);

            // the newest sample of each ingestor is not in the block that it writes when it stops
            thanos.writer("team-a").write(last());
            namespace.apply(STORE_GATEWAY).awaitReady();
            Kubernetes.within(Duration.ofMinutes(3))
                    .until(() -> thanos.pods("receive-ingestor").isEmpty());
            deleteClaims(namespace);
            thanos.query().expectExactly(written, "requests");
            Kubernetes.within(Duration.ofMinutes(3))
                    .untilAsserted(() -> assertThat(thanos.query().stores().fieldNames())
                            .toIterable()
                            .containsExactly("store"));
        }
    }

    /** Else an ingestor refuses what is older than the newest sample that it had before it was restarted. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void ingestorsThatTakeLateSamplesDoSoAfterARollout(int replicationFactor, TestNamespace namespace) {
        var resource = WITHOUT_BUCKET + INGESTORS.formatted(replicationFactor) + LATE_SAMPLES;
        var thanos = namespace.apply(resource).awaitReady();
        try (var writer = ContinuousWriter.start(thanos.writer("team-a"), "requests", 20);
                var late = ContinuousWriter.startBehind(
                        Duration.ofSeconds(30), thanos.writer("team-a"), "late_requests", 20)) {
            late.awaitMore(5);

            namespace
                    .apply(resource.replace("logLevel: info", "logLevel: debug"))
                    .awaitReady();
            late.awaitMore(40);
            thanos.query().expectExactly(writer.stop().with("tenant_id", "team-a"), "requests");
            thanos.query().expectExactly(late.stop().with("tenant_id", "team-a"), "late_requests");
        }
    }

    private static Map<String, String> ingestors(ThanosCluster thanos) {
        return thanos.uids(pod -> ThanosCluster.component(pod).equals("receive-ingestor"));
    }

    /** So many series that each member has some. */
    private static Samples last() {
        var samples = new Samples();
        var now = Instant.now().toEpochMilli();
        IntStream.range(0, 20).forEach(i -> samples.add(Samples.labels("last", "series", Integer.toString(i)), now, i));
        return samples;
    }

    private static void deleteClaims(TestNamespace namespace) {
        Kubernetes.client()
                .persistentVolumeClaims()
                .inNamespace(namespace.name())
                .delete();
        Kubernetes.within(Duration.ofMinutes(1)).until(() -> namespace.claims().isEmpty());
    }

    @Test
    void claimsGrowUnderTheirPods(TestNamespace namespace, ObjectStore objectStore) {
        assumeThat(Kubernetes.claimsCanGrow())
                .as("the default StorageClass has allowVolumeExpansion: true")
                .isTrue();
        namespace.applyObjects(objectStore.bucket(namespace.name()).secret("first"));
        var resource = STORE_GATEWAY + INGESTORS.formatted(2);
        var thanos = namespace.apply(resource).awaitReady();
        try (var writer = ContinuousWriter.start(thanos.writer("team-a"), "requests", 20)) {
            writer.awaitMore(5);
            var before = thanos.identities(pod -> true);

            namespace.apply(resource.replace("storage: 1Gi", "storage: 2Gi"));
            Kubernetes.within(Duration.ofMinutes(2)).untilAsserted(() -> {
                assertThat(namespace.claims()).hasSize(2).allSatisfy(claim -> assertThat(sizes(claim))
                        .containsOnly(new Quantity("2Gi")));
                assertThat(template(thanos)).contains(new Quantity("2Gi"));
            });
            thanos.awaitReady();
            writer.awaitMore(5);
            assertThat(thanos.identities(pod -> true)).isEqualTo(before);
            thanos.query().expectExactly(writer.stop().with("tenant_id", "team-a"), "requests");
        }
    }

    /** What the claim asks for and has. */
    private static List<Quantity> sizes(PersistentVolumeClaim claim) {
        return List.of(
                claim.getSpec().getResources().getRequests().get("storage"),
                claim.getStatus().getCapacity().get("storage"));
    }

    /** What the claim of a new pod would ask for; empty for the moment in which the StatefulSet is made anew. */
    private static Optional<Quantity> template(ThanosCluster thanos) {
        return Optional.ofNullable(Kubernetes.client()
                        .apps()
                        .statefulSets()
                        .inNamespace(thanos.namespace().name())
                        .withName("central-receive-ingestor-all")
                        .get())
                .map(set -> set.getSpec().getVolumeClaimTemplates().get(0))
                .map(claim -> claim.getSpec().getResources().getRequests().get("storage"));
    }
}
