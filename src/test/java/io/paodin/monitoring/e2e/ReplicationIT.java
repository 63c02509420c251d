package io.paodin.monitoring.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a query returns of several copies, also when pods of their hashring are killed while samples are written. */
@EndToEnd
class ReplicationIT {

    private static final String CLAIM = "{pvc: {spec: {resources: {requests: {storage: 1Gi}}}}}";

    /** The copies are only those of the hashring: no pair of Prometheus servers writes. */
    private static final String NO_PAIRS = "[]";

    private static String ring(int members, String dataVolume, String replicaLabels) {
        return """
                apiVersion: monitoring.paodin.io/v1alpha1
                kind: Thanos
                metadata:
                  name: central
                spec:
                  query:
                    replicaLabels: %s
                  receive:
                    router:
                      replicationFactor: %d
                    ingestors:
                    - name: all
                      replicas: %d
                      minReadySeconds: 0
                      dataVolume: %s
                """.formatted(replicaLabels, members, members, dataVolume);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void losesNothingAsLongAsOneMemberIsLeft(int members, TestNamespace namespace) {
        losesNothing(namespace.apply(ring(members, "{emptyDir: {}}", NO_PAIRS)), members, members - 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void losesNothingWhenEachMemberIsKilledAndHasItsClaimAgain(int members, TestNamespace namespace) {
        losesNothing(namespace.apply(ring(members, CLAIM, NO_PAIRS)), members, members);
    }

    /** Kills one member after another, each as soon as the one before gets samples again. */
    private static void losesNothing(ThanosCluster thanos, int members, int kills) {
        thanos.awaitReady();
        awaitAllTakePart(thanos, members);
        try (var writer = ContinuousWriter.start(thanos.writer("team-a"), "requests", 20)) {
            for (int i = 0; i < members; i++) {
                awaitSamples(thanos, member(i), 0);
            }
            for (int i = 0; i < kills; i++) {
                thanos.kill(member(i));
                var killed = System.currentTimeMillis();
                awaitSamples(thanos, member(i), killed);
            }
            writer.awaitMore(3);
            var written = writer.stop();

            thanos.query().expectExactly(written.with("tenant_id", "team-a"), "requests");
        }
    }

    /** A write is acknowledged before all members have it, and the first one of a tenant takes the longest. */
    private static void awaitAllTakePart(ThanosCluster thanos, int members) {
        var query = thanos.query().withReplicas();
        Kubernetes.within(Duration.ofMinutes(3)).untilAsserted(() -> {
            var written = Samples.of("first", Instant.now(), Duration.ofSeconds(1), 1, i -> 0);
            thanos.writer("team-a").write(written);
            for (int i = 0; i < members; i++) {
                assertThat(query.samples("first{receive_replica='%s'}".formatted(member(i)))
                                .newest())
                        .as("what " + member(i) + " has")
                        .isGreaterThanOrEqualTo(written.newest());
            }
        });
    }

    /** Their samples differ, so that those of both would be too many. */
    @Test
    void returnsTheSamplesOfOneOfAPairOfPrometheusServers(TestNamespace namespace) {
        var thanos = namespace
                .apply(ring(1, "{emptyDir: {}}", "[prometheus_replica]"))
                .awaitReady();
        var start = Instant.now().minusSeconds(300);
        var one = scraped(start);
        var other = scraped(start.plusSeconds(4));
        thanos.writer("team-a").write(one.with("prometheus_replica", "prometheus-0"));
        thanos.writer("team-a").write(other.with("prometheus_replica", "prometheus-1"));

        thanos.query().expectExactly(one.with("tenant_id", "team-a"), "requests");
    }

    private static Samples scraped(Instant start) {
        return Samples.of("requests", start, Duration.ofSeconds(15), 20, i -> start.toEpochMilli() + i);
    }

    private static String member(int ordinal) {
        return "central-receive-ingestor-all-" + ordinal;
    }

    private static void awaitSamples(ThanosCluster thanos, String member, long after) {
        var query = thanos.query().withReplicas();
        Kubernetes.within(Duration.ofMinutes(3))
                .untilAsserted(() -> assertThat(query.samples("requests{receive_replica='%s'}".formatted(member))
                                .newest())
                        .as("the newest sample of " + member)
                        .isGreaterThan(after));
    }
}
