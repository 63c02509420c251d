package io.paodin.monitoring.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** The operator stops, comes back, and is replaced; what it looks after goes on. */
@EndToEnd
@Isolated("takes the operator from all others")
class OperatorLifecycleIT {

    /** The operator by another image. */
    private static final String NEWER = "-newer";

    private static final String CENTRAL = """
            apiVersion: monitoring.paodin.io/v1alpha1
            kind: Thanos
            metadata:
              name: central
            spec:
              query: {}
              receive:
                ingestors:
                - name: all
                  dataVolume: {pvc: {spec: {resources: {requests: {storage: 1Gi}}}}}
            """;

    @Test
    void convergesOnWhatHappenedWhileItWasDown(TestNamespace namespace, Operator operator) {
        var thanos = namespace.apply(CENTRAL).awaitReady();
        var query = thanos.query();
        try (var writer = ContinuousWriter.start(thanos.writer("team-a"), "requests", 50)) {
            writer.awaitMore(5);
            operator.stop();
            // samples go on without it
            writer.awaitMore(5);
            thanos.patch("""
                    {"spec": {"query": {"replicas": 2, "logLevel": "debug"},
                              "receive": {"ingestors": [{"name": "all", "localTsdbRetention": "3d",
                                "dataVolume": {"pvc": {"spec": {"resources": {"requests": {"storage": "1Gi"}}}}}}]}}}
                    """);
            namespace.delete(Deployment.class, "central-query");
            namespace.delete(ConfigMap.class, "central-query-endpoints");
            namespace.delete(Service.class, "central-receive-router");
            namespace.delete(StatefulSet.class, "central-receive-ingestor-all");
            Kubernetes.within(Operator.PATIENCE)
                    .until(() -> thanos.pods("query").isEmpty()
                            && thanos.pods("receive-ingestor").isEmpty());
            operator.start();
            thanos.awaitReady();
            writer.awaitMore(5);

            query.expectExactly(writer.stop().with("tenant_id", "team-a"), "requests");
        }
        assertThat(thanos.pods("query")).hasSize(2).allSatisfy(pod -> assertThat(
                        pod.getSpec().getContainers().get(0).getArgs())
                .contains("--log.level=debug"));
        assertThat(thanos.pods("receive-ingestor")).hasSize(1).allSatisfy(pod -> assertThat(
                        pod.getSpec().getContainers().get(0).getArgs())
                .contains("--tsdb.retention=3d"));
        assertThat(operator.errors()).isEmpty();
    }

    @Test
    void anotherImageOfItChangesNothing(TestNamespace namespace, Operator operator) {
        var thanos = namespace.apply(CENTRAL).awaitReady();
        var before = Kubernetes.versions(thanos.objects());
        var image = operator.image();
        try {
            operator.replaceBy(image + NEWER);
            // Edits that it answers in the status, so that it has certainly looked at everything.
            thanos.patch("{\"spec\": {\"paused\": true}}").awaitReason("Progressing", "Paused");
            thanos.patch("{\"spec\": {\"paused\": null}}").awaitReady();
            assertThat(Kubernetes.versions(thanos.objects())).isEqualTo(before);
            assertThat(operator.errors()).isEmpty();
        } finally {
            operator.replaceBy(image);
        }
    }

    @Test
    void aNamespaceThatIsDeletedIsNoError(TestNamespace namespace, Operator operator) {
        namespace.apply(CENTRAL).awaitReady();
        var before = operator.errors();
        namespace.delete();
        namespace.awaitGone();
        assertThat(operator.errors()).isEqualTo(before);
    }

    @Test
    void theBundleCanBeAppliedAgain(Operator operator) {
        var before = Kubernetes.versions(operator.objects());
        operator.apply();
        assertThat(Kubernetes.versions(operator.objects())).isEqualTo(before);
    }
}
