package io.paodin.monitoring.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.paodin.monitoring.install.Rights;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * The rights that the operator has are those that it uses on a real cluster, no fewer and no more. Needs the audit log of
 * the API server, in the file that {@code E2E_AUDIT_LOG} names.
 */
@EndToEnd
@Isolated("by then the other tests have used what they need")
class RightsIT {

    private static final String AUDIT_LOG = System.getenv("E2E_AUDIT_LOG");

    /** There is no occasion for it where the class of the volumes does not let them grow. */
    private static final String GROWTH = "patch /persistentvolumeclaims";

    private static final String CLAIMED =
            Kubernetes.file("deploy/samples/thanos.yaml", sample -> sample.replace("    - name: soft-tenants\n", """
                        - name: soft-tenants
                          minReadySeconds: 0
                          dataVolume: {pvc: {spec: {resources: {requests: {storage: 1Gi}}}}}
                    """));

    @Test
    void haveAllBeenNeeded(TestNamespace namespace, Operator operator) {
        if (System.getenv("CI") == null) {
            assumeThat(AUDIT_LOG).as("E2E_AUDIT_LOG").isNotNull();
        }
        var rights = new Rights(Kubernetes.client(), Path.of(AUDIT_LOG), operator.installed());

        // Every kind is in the way, created, found to be behind, changed and deleted.
        var obstacles = Kubernetes.objects(Kubernetes.file(Rights.OBSTACLES));
        namespace.applyObjects(Kubernetes.file(Rights.OBSTACLES));
        var thanos = namespace.apply(CLAIMED);
        thanos.awaitReason("Degraded", "ForeignObject");
        obstacles.forEach(obstacle ->
                namespace.delete(obstacle.getClass(), obstacle.getMetadata().getName()));
        thanos.awaitReady();
        thanos.objects().forEach(object -> Kubernetes.annotate(object, "monitoring.paodin.io/applied-hash", "none"));
        thanos.patch("""
                {"spec": {"compact": {"objectStorageConfig": {"name": "missing", "key": "a"}},
                  "query": {"stores": [{"addresses": ["a.example:443"], "tlsConfig": {}}]},
                  "receive": {"ingestors": [{"name": "soft-tenants", "replicas": 2, "minReadySeconds": 0, "logLevel": "debug",
                    "dataVolume": {"pvc": {"spec": {"resources": {"requests": {"storage": "2Gi"}}}}}}]}}}
                """);
        thanos.awaitReason("Degraded", "MissingSecret");
        Kubernetes.within(Operator.PATIENCE).untilAsserted(() -> assertThat(rights.used())
                .as("a router is told of the new member, and a pod of the former template replaced")
                .contains("create /secrets", "patch /pods", "delete /pods"));
        if (Kubernetes.claimsCanGrow()) {
            Kubernetes.within(Operator.PATIENCE)
                    .untilAsserted(() -> assertThat(rights.used()).contains(GROWTH));
        }
        thanos.patch("{\"spec\": {\"compact\": null, \"receive\": null, \"query\": null}}");
        Kubernetes.within(Operator.PATIENCE)
                .untilAsserted(() -> assertThat(thanos.objects()).isEmpty());

        assertThat(rights.unused())
                .as("granted, but not used")
                .isSubsetOf(Kubernetes.claimsCanGrow() ? Set.of() : Set.of(GROWTH));
        assertThat(rights.refused()).isEmpty();
    }
}
