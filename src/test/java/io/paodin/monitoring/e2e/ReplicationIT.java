package io.paodin.monitoring.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pods of a hashring are killed while samples are written to it. */
@EndToEnd
class ReplicationIT {

    private static final String CLAIM = "{pvc: {spec: {resources: {requests: {storage: 1Gi}}}}}";

    private static String ring(int members, String dataVolume) {
        return """
                apiVersion: monitoring.paodin.io/v1alpha1
                kind: Thanos
                metadata:
                  name: central
                spec:
                  query:
                    # no pair of Prometheus servers writes: the only copies are those of the hashring
                    replicaLabels: []
                  receive:
                    router:
                      replicationFactor: %d
                    ingestors:
                    - name: all
                      replicas: %d
                      minReadySeconds: 0
                      dataVolume: %s
                """.formatted(members, members, dataVolume);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void losesNothingAsLongAsOneMemberIsLeft(int members, TestNamespace namespace) {
        losesNothing(namespace.apply(ring(members, "{emptyDir: {}}")), members, members - 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void losesNothingWhenEachMemberIsKilledAndHasItsClaimAgain(int members, TestNamespace namespace) {
        losesNothing(namespace.apply(ring(members, CLAIM)), members, members);
    }

    /** Kills one member after another, each as soon as the one before gets samples again. */
    private static void losesNothing(ThanosCluster thanos, int members, int kills) {
        thanos.awaitReady();
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
