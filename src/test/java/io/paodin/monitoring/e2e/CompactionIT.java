package io.paodin.monitoring.e2e;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingLong;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What compactors do in a bucket, and what a query returns of it meanwhile. */
@EndToEnd
class CompactionIT {

    /** Quick, and with a compactor that waits for its replicas. */
    private static final String BUCKET_ONLY = """
            apiVersion: monitoring.paodin.io/v1alpha1
            kind: Thanos
            metadata:
              name: central
            spec:
              objectStorageConfig: {name: thanos-bucket, key: objstore.yaml}
              query:
                replicaLabels: []
              storeGateway:
                syncBlockDuration: 2s
              compact:
                replicas: 0
                deduplication: {enabled: true}
                retention: {retentionRaw: 2d}
                consistencyDelay: 0s
                deleteDelay: 10s
                additionalArgs:
                - {name: wait-interval, value: 2s}
                - {name: compact.cleanup-interval, value: 2s}
            """;

    private static final String INGESTORS = """
              receive:
                router:
                  replicationFactor: 2
                ingestors:
                - name: all
                  replicas: 2
                  minReadySeconds: 0
            """;

    private static final String LATE_INGESTOR = """
              receive:
                ingestors:
                - name: all
                  logLevel: info
                  blockDuration: 1m
                  outOfOrderTimeWindow: 10m
                  dataVolume: {pvc: {spec: {resources: {requests: {storage: 1Gi}}}}}
            """;

    private static final List<String> MEMBERS =
            List.of("central-receive-ingestor-all-0", "central-receive-ingestor-all-1");

    @Test
    void copiesBecomeOneBlockAndWhatIsTooOldGoes(TestNamespace namespace, ObjectStore objectStore) {
        var bucket = objectStore.bucket(namespace.name());
        namespace.applyObjects(bucket.secret("first"));
        var thanos = namespace.apply(BUCKET_ONLY + INGESTORS).awaitReady();
        var young = write(thanos, "young", Instant.now().minus(Duration.ofHours(5)));
        var old = write(thanos, "old", Instant.now().minus(Duration.ofDays(4)));
        var query = thanos.query();

        // without ingestors everything is in the bucket alone, each copy for itself
        namespace.apply(BUCKET_ONLY).awaitReady();
        Kubernetes.within(Duration.ofMinutes(3))
                .until(() -> thanos.pods("receive-ingestor").isEmpty());
        var uploaded = bucket.blocks();
        assertThat(uploaded).allSatisfy(block -> assertThat(block.level()).isEqualTo(1));
        assertThat(uploaded.stream()
                        .collect(groupingBy(
                                block -> block.labels().get("tenant_id") + "@"
                                        + block.labels().get("receive_replica"),
                                summingLong(Bucket.Block::samples))))
                .isEqualTo(Map.of(
                        "young@" + MEMBERS.get(0), (long) young.count(),
                        "young@" + MEMBERS.get(1), (long) young.count(),
                        "old@" + MEMBERS.get(0), (long) old.count(),
                        "old@" + MEMBERS.get(1), (long) old.count()));
        query.expectExactly(young, "requests{tenant_id='young'}");
        query.expectExactly(old, "requests{tenant_id='old'}");

        namespace.apply(BUCKET_ONLY.replace("replicas: 0", "replicas: 1")).awaitReady();
        Kubernetes.within(Duration.ofMinutes(4))
                .failFast("not the samples of young", () -> !query.samples("requests{tenant_id='young'}")
                        .equals(young))
                .untilAsserted(() -> assertThat(bucket.blocks())
                        .allSatisfy(block -> {
                            assertThat(block.level()).isGreaterThan(1);
                            assertThat(block.labels()).isEqualTo(Map.of("tenant_id", "young"));
                        })
                        .extracting(Bucket.Block::samples)
                        .satisfies(samples -> assertThat(
                                        samples.stream().mapToLong(n -> n).sum())
                                .isEqualTo(young.count())));
        assertThat(bucket.blocks().stream().flatMap(block -> block.sources().stream()))
                .containsExactlyInAnyOrderElementsOf(ulids(uploaded, "young"));
        query.expectExactly(young, "requests{tenant_id='young'}");
        query.expectExactly(new Samples(), "requests{tenant_id='old'}");
    }

    /**
     * Three hours, and one sample more, since the newest of an ingestor is not in the block that it writes at its end. An
     * ingestor refuses what is an hour older than the newest that it has, and a write succeeds when one of them has it; so
     * each hour is written when both have the one before.
     */
    private static Samples write(ThanosCluster thanos, String tenant, Instant start) {
        var written = new Samples();
        for (int hour = 0; hour < 3; hour++) {
            var samples = new Samples();
            for (int i = 0; i < 3; i++) {
                samples.add(Samples.of(
                        "requests",
                        start.plus(Duration.ofHours(hour)),
                        Duration.ofMinutes(1),
                        60,
                        n -> n * 0.5,
                        "instance",
                        Integer.toString(i)));
            }
            thanos.writer(tenant).write(samples);
            written.add(samples.with("tenant_id", tenant));
            for (var member : MEMBERS) {
                thanos.query()
                        .withReplicas()
                        .expectExactly(
                                written.with("receive_replica", member),
                                "requests{tenant_id='%s', receive_replica='%s'}".formatted(tenant, member));
            }
        }
        thanos.writer(tenant).write(Samples.of("last", start.plus(Duration.ofHours(3)), Duration.ZERO, 1, n -> n));
        return written;
    }

    private static List<String> ulids(List<Bucket.Block> blocks, String tenant) {
        return blocks.stream()
                .filter(block -> block.labels().get("tenant_id").equals(tenant))
                .map(Bucket.Block::ulid)
                .toList();
    }

    /** Blocks of one minute, so that late samples are in one before long. */
    @Tag("nightly")
    @Test
    void blocksWithLateSamplesAreMerged(TestNamespace namespace, ObjectStore objectStore) {
        var bucket = objectStore.bucket(namespace.name());
        var resource = BUCKET_ONLY
                        .replace("replicas: 0", "replicas: 1")
                        .replace("deduplication: {enabled: true}", "deduplication: {enabled: false}")
                + LATE_INGESTOR;
        namespace.applyObjects(bucket.secret("first"));
        var thanos = namespace.apply(resource).awaitReady();
        try (var writer = ContinuousWriter.start(thanos.writer("team-a"), "requests", 5);
                var late = ContinuousWriter.startBehind(
                        Duration.ofSeconds(30), thanos.writer("team-a"), "late_requests", 5)) {
            late.awaitMore(5);
            // a block is written when the pod stops, and some samples after that belong to the time of that block
            namespace
                    .apply(resource.replace("logLevel: info", "logLevel: debug"))
                    .awaitReady();
            late.awaitMore(40);

            Kubernetes.within(Duration.ofMinutes(5))
                    .untilAsserted(() -> assertThat(bucket.blocks()).anySatisfy(block -> {
                        assertThat(block.level()).isGreaterThan(1);
                        assertThat(block.labels()).containsEntry("receive_replica", MEMBERS.get(0));
                    }));
            awaitWork(thanos);
            thanos.query().expectExactly(writer.stop().with("tenant_id", "team-a"), "requests");
            thanos.query().expectExactly(late.stop().with("tenant_id", "team-a"), "late_requests");
        }
    }

    private static String compactor(String name) {
        return """
                apiVersion: monitoring.paodin.io/v1alpha1
                kind: Thanos
                metadata:
                  name: %s
                spec:
                  objectStorageConfig: {name: thanos-bucket, key: objstore.yaml}
                  compact:
                    additionalArgs: [{name: wait-interval, value: 2s}]
                """.formatted(name);
    }

    @Test
    void theYoungerOfTwoCompactorsRunsWhenTheOlderHasEnded(
            TestNamespace one, TestNamespace another, ObjectStore objectStore) {
        var bucket = objectStore.bucket(one.name());
        Stream.of(one, another).forEach(namespace -> namespace.applyObjects(bucket.secret("first")));
        try (var compactors = PodHistory.watch("compact", one, another)) {
            var older = one.apply(compactor("alpha")).awaitReady();
            awaitWork(older);
            var younger = another.apply(compactor("beta"));

            assertThat(younger.awaitReason("Degraded", "CompactorConflict")).doesNotContain("alpha", one.name());
            assertThat(replicas(younger)).isZero();
            assertThat(older.condition("Degraded").orElseThrow().getStatus()).isEqualTo("False");
            // a server that still answers a request does not end
            var pod = older.http(older.pods("compact").get(0));
            var request = CompletableFuture.supplyAsync(() -> pod.get("/debug/pprof/profile", Map.of("seconds", "10")));
            older.delete();
            younger.awaitReady();
            awaitWork(younger);
            assertThat(request.join()).matches(Http.Answer::isSuccess);
            assertThat(compactors.history())
                    .containsExactly(Set.of("alpha-compact-0"), Set.of(), Set.of("beta-compact-0"));
        }
    }

    /** Waits until it has been through the bucket, and nothing stopped it. */
    private static void awaitWork(ThanosCluster thanos) {
        Kubernetes.within(Duration.ofMinutes(2)).untilAsserted(() -> {
            var pod = thanos.pods("compact").get(0);
            assertThat(thanos.metric(pod, "thanos_compact_iterations_total")).isPositive();
            assertThat(thanos.metric(pod, "thanos_compact_halted")).isZero();
        });
    }

    private static int replicas(ThanosCluster thanos) {
        return thanos.objects().stream()
                .filter(StatefulSet.class::isInstance)
                .map(StatefulSet.class::cast)
                .mapToInt(set -> set.getSpec().getReplicas())
                .sum();
    }
}
