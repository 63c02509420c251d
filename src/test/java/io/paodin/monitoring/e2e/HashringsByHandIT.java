package io.paodin.monitoring.e2e;

import static io.paodin.monitoring.e2e.ReceiveManifest.ingestor;
import static io.paodin.monitoring.e2e.ReceiveManifest.member;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What becomes of samples without the operator: why it goes the way that {@link HashringsIT} tests. */
@Tag("nightly")
@EndToEnd
class HashringsByHandIT {

    private static final String[] TENANTS = {"team-a", "team-b", "team-c"};

    /** Of each tenant. */
    private static final int SERIES = 350;

    private static final String PAUSED = "{\"spec\": {\"paused\": true}}";
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    /** As a control: a ring and its pods that are changed at once, as by hand. */
    @Test
    void aRingThatShrinksTogetherWithItsPodsLosesSamples(TestNamespace namespace, ObjectStore objectStore) {
        var bucket = objectStore.bucket(namespace.name());
        namespace.applyObjects(bucket.secret("first"));
        var thanos = namespace.apply(ReceiveManifest.of(2, ingestor("all", 5))).awaitReady();
        try (var writers = TenantWriters.start(thanos, SERIES, TENANTS)) {
            writers.awaitMore(10);
            thanos.patch(PAUSED).awaitReason("Progressing", "Paused");
            var leavers = Set.of(member("all", 3), member("all", 4));
            Hashrings.published(thanos).without(leavers::contains).publish();
            scale(thanos, "central-receive-ingestor-all", 3);
            Kubernetes.within(PATIENCE)
                    .until(() -> thanos.pods("receive-ingestor").size() == 3);
            writers.awaitMore(10);
            var written = writers.end();
            thanos.awaitBlocks(bucket);
            var lost = new SamplesDifference(written, thanos.query().samples(TenantWriters.METRIC)).lost();
            Report.add(namespace.name(), "by hand: %s lost, %d requests sent again", lost, writers.retries());
            assertThat(writers.retries()).isPositive();
            assertThat(lost.count()).isPositive();
        }
    }

    /** By a change of a pod's annotations the kubelet looks at its files at once, and then not for a while. */
    @Test
    void aRouterWhoseAnnotationChangesHasTheHashringsBeforeAnother(TestNamespace namespace) {
        var thanos = namespace.apply("""
                apiVersion: monitoring.paodin.io/v1alpha1
                kind: Thanos
                metadata:
                  name: central
                spec:
                  receive:
                    router: {replicas: 2}
                    ingestors: [{name: all}]
                """).awaitReady();
        thanos.patch(PAUSED).awaitReason("Progressing", "Paused");
        var routers = thanos.pods("receive-router");
        assertThat(routers).hasSize(2);

        var first = Hashrings.published(thanos).reworded();
        first.publish();
        routers.forEach(router -> Kubernetes.annotate(router, "e2e/hashrings", "first"));
        routers.forEach(router -> await(first, router));

        var second = first.reworded();
        var published = Instant.now();
        second.publish();
        Kubernetes.annotate(routers.get(0), "e2e/hashrings", "second");
        await(second, routers.get(0));
        var told = Instant.now();
        assertThat(second.isReadBy(routers.get(1))).isFalse();
        await(second, routers.get(1));
        Report.add(
                namespace.name(),
                "a change of the hashrings was read after %d s with an annotation, and after %d s without",
                Duration.between(published, told).toSeconds(),
                Duration.between(published, Instant.now()).toSeconds());
    }

    private static void await(Hashrings hashrings, Pod router) {
        Kubernetes.within(PATIENCE).until(() -> hashrings.isReadBy(router));
    }

    private static void scale(ThanosCluster thanos, String ingestor, int replicas) {
        Kubernetes.client()
                .apps()
                .statefulSets()
                .inNamespace(thanos.namespace().name())
                .withName(ingestor)
                .scale(replicas);
    }
}
