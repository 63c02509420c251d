package io.paodin.monitoring.e2e;

import static io.paodin.monitoring.e2e.ReceiveManifest.ingestor;
import static io.paodin.monitoring.e2e.ReceiveManifest.member;
import static io.paodin.monitoring.e2e.ReceiveManifest.members;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Hashrings and their pods change while samples are written to them. */
@EndToEnd
class HashringsIT {

    private static final String[] TENANTS = {"team-a", "team-b", "team-c"};

    /** Of each tenant. */
    private static final int SERIES = 350;

    private static final String OTHER_IMAGE = ReceiveManifest.IMAGE + "-newer";
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private static final Predicate<Pod> INGESTORS =
            pod -> ThanosCluster.component(pod).equals("receive-ingestor");

    private static ThanosCluster start(TestNamespace namespace, Bucket bucket, String cluster) {
        namespace.applyObjects(bucket.secret("first"));
        return namespace.apply(cluster).awaitReady();
    }

    @Test
    void losesNothingWhileARingGrowsAndShrinks(TestNamespace namespace, ObjectStore objectStore) {
        var bucket = objectStore.bucket(namespace.name());
        var thanos = start(namespace, bucket, ReceiveManifest.of(2, ingestor("all", 3)));
        try (var writers = TenantWriters.start(thanos, SERIES, TENANTS);
                var pods = PodHistory.watch("receive-ingestor", namespace)) {
            writers.awaitMore(5);
            namespace.apply(ReceiveManifest.of(2, ingestor("all", 5))).awaitReady();
            assertThat(Hashrings.published(thanos).members()).isEqualTo(Map.of("soft", members("all", 5)));
            awaitSeries(thanos, "team-a", member("all", 3), member("all", 4));
            report(thanos, "growing");

            namespace.apply(ReceiveManifest.of(2, ingestor("all", 3))).awaitReady();
            assertThat(Hashrings.published(thanos).members().get("soft")).isEqualTo(members("all", 3));
            assertThat(thanos.uids(INGESTORS)).containsOnlyKeys(members("all", 3));
            report(thanos, "shrinking");
            stoppedInOrderAfterAllRoutersKnew(thanos, pods, member("all", 4), member("all", 3));
            writers.awaitMore(5);
            hasAll(thanos, bucket, writers.stop());
        }
        assertThat(bucket.replicas()).contains(member("all", 3), member("all", 4));
        assertThat(namespace.claims())
                .extracting(claim -> claim.getMetadata().getName())
                .contains("data-" + member("all", 4), "data-" + member("all", 3));
    }

    /** What a leaver's first block lacks is in the second one. */
    @Test
    void losesNothingOfLeaversOfWhichThereIsNoCopy(TestNamespace namespace, ObjectStore objectStore) {
        var bucket = objectStore.bucket(namespace.name());
        var thanos = start(namespace, bucket, ReceiveManifest.of(1, ingestor("all", 5)));
        try (var writers = TenantWriters.start(thanos, SERIES, TENANTS);
                var pods = PodHistory.watch("receive-ingestor", namespace)) {
            writers.awaitMore(5);
            awaitSeries(thanos, "team-a", member("all", 3), member("all", 4));
            namespace.apply(ReceiveManifest.of(1, ingestor("all", 3))).awaitReady();
            report(thanos, "shrinking without copies");
            stoppedInOrderAfterAllRoutersKnew(thanos, pods, member("all", 4), member("all", 3));
            writers.awaitMore(5);
            hasAll(thanos, bucket, writers.stop());
        }
    }

    @Test
    void losesNothingWhileATenantMovesAndAnIngestorGoes(TestNamespace namespace, ObjectStore objectStore) {
        var bucket = objectStore.bucket(namespace.name());
        var soft = ingestor("soft-a", 2);
        var thanos = start(
                namespace,
                bucket,
                ReceiveManifest.of(2, ingestor("teams", 2, "team-a", "team-b"), soft, ingestor("soft-b", 1)));
        try (var writers = TenantWriters.start(thanos, SERIES, TENANTS);
                var pods = PodHistory.watch("receive-ingestor", namespace)) {
            writers.awaitMore(5);
            var before = thanos.identities(INGESTORS);
            namespace
                    .apply(ReceiveManifest.of(2, ingestor("teams", 2, "team-a"), soft, ingestor("soft-b", 1)))
                    .awaitReady();
            awaitSeries(thanos, "team-b", member("soft-a", 0), member("soft-a", 1), member("soft-b", 0));
            assertThat(thanos.identities(INGESTORS)).isEqualTo(before);
            report(thanos, "moving a tenant");

            namespace
                    .apply(ReceiveManifest.of(2, ingestor("teams", 2, "team-a"), soft))
                    .awaitReady();
            assertThat(Hashrings.published(thanos).members())
                    .isEqualTo(Map.of("teams", members("teams", 2), "soft", members("soft-a", 2)));
            assertThat(thanos.uids(INGESTORS)).doesNotContainKey(member("soft-b", 0));
            report(thanos, "removing an ingestor");
            stoppedInOrderAfterAllRoutersKnew(thanos, pods, member("soft-b", 0));
            writers.awaitMore(5);
            hasAll(thanos, bucket, writers.stop());
        }
        assertThat(bucket.replicas()).containsExactly(member("soft-b", 0));
        assertThat(namespace.claims()).hasSize(5);
    }

    @Test
    @Tag("nightly")
    void losesNothingWhileOneIsKilledAndAllAreReplacedByAnotherImage(TestNamespace namespace, ObjectStore objectStore) {
        var bucket = objectStore.bucket(namespace.name());
        var resource = ReceiveManifest.of(2, ingestor("teams", 2, "team-a"), ingestor("others", 3));
        var thanos = start(namespace, bucket, resource);
        try (var writers = TenantWriters.start(thanos, SERIES, TENANTS)) {
            writers.awaitMore(5);
            var before = thanos.uids(INGESTORS);
            thanos.kill(member("others", 1));
            Kubernetes.within(PATIENCE).until(() -> !before.get(member("others", 1))
                    .equals(thanos.uids(INGESTORS).get(member("others", 1))));
            thanos.awaitReady();
            writers.awaitMore(10);

            try (var pods = PodHistory.watch("receive-ingestor", namespace)) {
                namespace
                        .apply(resource.replace(ReceiveManifest.IMAGE, OTHER_IMAGE))
                        .awaitReady();
                goneOneAtATimeFirstOfOneRing(pods, Set.copyOf(members("teams", 2)), Set.copyOf(members("others", 3)));
                assertThat(pods.exitCodes()).containsOnly(0);
            }
            assertThat(thanos.pods()).allSatisfy(pod -> assertThat(
                            pod.getSpec().getContainers().get(0).getImage())
                    .isEqualTo(OTHER_IMAGE));
            writers.awaitMore(5);
            hasAll(thanos, bucket, writers.stop());
        }
    }

    private static void goneOneAtATimeFirstOfOneRing(PodHistory pods, Set<String> one, Set<String> other) {
        var all = new HashSet<>(one);
        all.addAll(other);
        var rings = List.of(one, other);
        var begun = new HashSet<Set<String>>();
        var replaced = new HashSet<String>();
        for (var present : pods.history().stream()
                .dropWhile(present -> present.size() < all.size())
                .toList()) {
            for (var ring : rings) {
                var missing = new HashSet<>(ring);
                missing.removeAll(present);
                assertThat(missing).hasSizeLessThanOrEqualTo(1);
                if (!missing.isEmpty() && begun.add(ring) && begun.size() == 2) {
                    assertThat(rings).anySatisfy(canary -> assertThat(replaced).isEqualTo(canary));
                }
                replaced.addAll(missing);
            }
        }
        assertThat(replaced).isEqualTo(all);
    }

    /** Waits until pods have series of a tenant; they say so before the query knows them. */
    private static void awaitSeries(ThanosCluster thanos, String tenant, String... pods) {
        Kubernetes.within(PATIENCE).untilAsserted(() -> assertThat(thanos.pods(
                        pod -> List.of(pods).contains(pod.getMetadata().getName())))
                .hasSize(pods.length)
                .allSatisfy(pod -> assertThat(
                                thanos.metric(pod, "prometheus_tsdb_head_series{tenant=\"%s\"}".formatted(tenant)))
                        .isPositive()));
    }

    private static void report(ThanosCluster thanos, String change) {
        var hashrings = Hashrings.published(thanos);
        Report.add(
                thanos.namespace().name(),
                "%s: the routers had the hashrings after %d ms",
                change,
                Duration.between(hashrings.since(), hashrings.read()).toMillis());
    }

    private static void stoppedInOrderAfterAllRoutersKnew(ThanosCluster thanos, PodHistory pods, String... leavers) {
        var stops = pods.stops();
        assertThat(stops.keySet()).containsExactly(leavers);
        assertThat(stops.get(leavers[0])).isAfter(Hashrings.published(thanos).read());
        assertThat(pods.exitCodes())
                .as("each starts once more and stops again")
                .hasSize(2 * leavers.length)
                .containsOnly(0);
    }

    private static void hasAll(ThanosCluster thanos, Bucket bucket, Samples written) {
        thanos.awaitBlocks(bucket);
        thanos.query().expectExactly(written, TenantWriters.METRIC);
    }
}
