package io.paodin.monitoring.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.paodin.monitoring.controlplane.ControlPlane;
import io.paodin.monitoring.install.Rights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rights that {@code deploy/bundle.yaml} grants are those that the operator uses, no fewer and no more. */
@Tag("controlplane")
class RightsControlPlaneIT {

    private static final String OPERATOR = "paodin-monitoring";

    @TempDir
    Path directory;

    private final ControlPlane controlPlane = ControlPlane.shared();
    private final KubernetesClient client = controlPlane.client();
    private final Rights rights = new Rights(client, controlPlane.auditLog(), Instant.EPOCH);

    @Test
    void grantsExactlyWhatTheOperatorUses() throws IOException {
        expectSuccess(controlPlane.kubectl("apply", "-f", "deploy/bundle.yaml"));
        var namespace = controlPlane.newNamespace("rights");
        var kubeconfig = kubeconfigOfTheOperator();

        try (var operator = PackagedOperator.start(kubeconfig, "first")) {
            awaiting().until(() -> operator.log().contains("Leading as"));
            course(namespace);
            operator.terminate();
            operator.awaitEnd();
            assertThat(operator.log()).contains("Handed over the lease").doesNotContain("orbidden");
        }

        assertThat(rights.refused()).isEmpty();
        assertThat(rights.unused()).as("granted, but not used").isEmpty();
    }

    /** Every kind is created, found to be behind, changed and deleted. */
    private void course(String namespace) throws IOException {
        // In the way of the first apply of each kind, so that the operator reads what is there.
        var sample =
                Files.readString(Path.of("deploy", "samples", "thanos.yaml")).replace("- name: soft-tenants\n", """
                        - name: soft-tenants
                              dataVolume: {pvc: {spec: {storageClassName: rights, resources: {requests: {storage: 1Gi}}}}}
                        """);
        expectSuccess(controlPlane.kubectl("apply", "-n", namespace, "-f", Rights.OBSTACLES));
        expectSuccess(controlPlane.kubectlWithInput(sample, "apply", "-n", namespace, "-f", "-"));
        awaiting().until(() -> reason(namespace).equals("ForeignObject"));
        expectSuccess(controlPlane.kubectl(
                "delete",
                "-n",
                namespace,
                "serviceaccount,configmap,service,deployment,statefulset,pdb",
                "-l",
                "obstacle"));
        expectSuccess(controlPlane.kubectl("annotate", "-n", namespace, "thanos", "thanos-sample", "look=again"));
        expectSuccess(patch(namespace, """
                {"spec": {"query": {"logLevel": "debug", "stores": [{"addresses": ["a.example:443"], "tlsConfig": {}}]},
                 "compact": {"objectStorageConfig": {"name": "missing", "key": "a"}}}}
                """));
        awaiting().until(() -> kinds(namespace) == 6);
        awaiting().until(() -> rights.used().contains("create /secrets"));
        expectSuccess(controlPlane.kubectl(
                "annotate",
                "-n",
                namespace,
                "serviceaccount,configmap,service,deployment,statefulset,pdb",
                "--all",
                "--overwrite",
                "monitoring.paodin.io/applied-hash=none"));
        awaiting().until(() -> rights.used()
                .containsAll(Set.of("patch /configmaps", "patch policy/poddisruptionbudgets")));
        runPods(namespace);
        awaiting().until(() -> rights.used().contains("delete /pods"));
        // A router that began in the second of the change has read it already.
        awaiting().until(() -> {
            expectSuccess(controlPlane.kubectl(
                    "patch",
                    "-n",
                    namespace,
                    "configmap",
                    "thanos-sample-receive-router-hashrings",
                    "--type=merge",
                    "-p",
                    "{\"data\":{\"hashrings.json\":\"[]\"}}"));
            return rights.used().contains("patch /pods");
        });
        bindAClaim(namespace);
        expectSuccess(
                controlPlane.kubectl(
                        "patch",
                        "-n",
                        namespace,
                        "thanos",
                        "thanos-sample",
                        "--type=json",
                        "-p",
                        "[{op: replace, path: /spec/receive/ingestors/0/dataVolume/pvc/spec/resources/requests/storage, value: 2Gi}]"));
        awaiting().until(() -> rights.used().contains("patch /persistentvolumeclaims"));
        expectSuccess(patch(namespace, "{\"spec\":{\"receive\":null,\"query\":null,\"compact\":null}}"));
        // Ingestors stay as long as there is a router.
        expectSuccess(controlPlane.kubectl("delete", "-n", namespace, "pods", "--all"));
        awaiting().until(() -> kinds(namespace) == 0);
    }

    /** As the controllers of StatefulSets and of volumes do. */
    private void bindAClaim(String namespace) {
        client.resource(new StorageClassBuilder()
                        .withNewMetadata()
                        .withName("rights")
                        .endMetadata()
                        .withProvisioner("example.com/none")
                        .withAllowVolumeExpansion(true)
                        .build())
                .serverSideApply();
        var set = client.apps()
                .statefulSets()
                .inNamespace(namespace)
                .withName("thanos-sample-receive-ingestor-soft-tenants")
                .get();
        var template = set.getSpec().getVolumeClaimTemplates().get(0);
        var claim = client.resource(new PersistentVolumeClaimBuilder()
                        .withNewMetadata()
                        .withName(template.getMetadata().getName() + "-"
                                + set.getMetadata().getName() + "-0")
                        .withNamespace(namespace)
                        .withLabels(set.getSpec().getSelector().getMatchLabels())
                        .endMetadata()
                        .withSpec(template.getSpec())
                        .build())
                .create();
        client.resource(claim).editStatus(it -> new PersistentVolumeClaimBuilder(it)
                .editOrNewStatus()
                .withPhase("Bound")
                .withCapacity(it.getSpec().getResources().getRequests())
                .endStatus()
                .build());
    }

    /** As controllers do: a router that has read other hashrings, and a pod of an ingestor's former template. */
    private void runPods(String namespace) {
        var router = client.apps()
                .deployments()
                .inNamespace(namespace)
                .withName("thanos-sample-receive-router")
                .get();
        run("thanos-sample-receive-router-a", namespace, router.getSpec().getTemplate(), Map.of());
        var ingestors = client.apps()
                .statefulSets()
                .inNamespace(namespace)
                .withName("thanos-sample-receive-ingestor-soft-tenants");
        // The volume of its claim.
        var template = new PodTemplateSpecBuilder(ingestors.get().getSpec().getTemplate())
                .editSpec()
                .addNewVolume()
                .withName("data")
                .withNewEmptyDir()
                .endEmptyDir()
                .endVolume()
                .endSpec()
                .build();
        run(
                "thanos-sample-receive-ingestor-soft-tenants-0",
                namespace,
                template,
                Map.of("controller-revision-hash", "former"));
        ingestors.editStatus(set -> new StatefulSetBuilder(set)
                .editOrNewStatus()
                .withObservedGeneration(set.getMetadata().getGeneration())
                .withReplicas(1)
                .withUpdateRevision("newest")
                .endStatus()
                .build());
    }

    private void run(String name, String namespace, PodTemplateSpec template, Map<String, String> labels) {
        client.resource(new PodBuilder()
                        .withNewMetadataLike(template.getMetadata())
                        .withName(name)
                        .withNamespace(namespace)
                        .addToLabels(labels)
                        .endMetadata()
                        .withSpec(template.getSpec())
                        .build())
                .create();
    }

    private ControlPlane.Result patch(String namespace, String patch) {
        return controlPlane.kubectl("patch", "-n", namespace, "thanos", "thanos-sample", "--type=merge", "-p", patch);
    }

    private String reason(String namespace) {
        return controlPlane
                .kubectl(
                        "get",
                        "-n",
                        namespace,
                        "thanos",
                        "thanos-sample",
                        "-o",
                        "jsonpath={.status.conditions[?(@.type==\"Degraded\")].reason}")
                .output();
    }

    /** How many kinds of ours there are objects of. */
    private long kinds(String namespace) {
        return controlPlane
                .kubectl(
                        "get",
                        "-n",
                        namespace,
                        "serviceaccount,configmap,service,deployment,statefulset,pdb",
                        "-l",
                        "app.kubernetes.io/managed-by=paodin-monitoring",
                        "-o",
                        "jsonpath={.items[*].kind}")
                .output()
                .lines()
                .flatMap(line -> Stream.of(line.split(" ")))
                .filter(kind -> !kind.isBlank())
                .distinct()
                .count();
    }

    private Path kubeconfigOfTheOperator() throws IOException {
        var token = client.serviceAccounts()
                .inNamespace(OPERATOR)
                .withName(OPERATOR)
                .tokenRequest(new TokenRequestBuilder()
                        .withNewSpec()
                        .withExpirationSeconds(3600L)
                        .endSpec()
                        .build());
        return Files.writeString(directory.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                clusters: [{name: c, cluster: {server: "%s", insecure-skip-tls-verify: true}}]
                users: [{name: u, user: {token: "%s"}}]
                contexts: [{name: x, context: {cluster: c, user: u, namespace: %s}}]
                current-context: x
                """.formatted(
                        client.getMasterUrl(), token.getStatus().getToken(), OPERATOR));
    }

    private static void expectSuccess(ControlPlane.Result result) {
        assertThat(result.exitCode()).as(result.output()).isZero();
    }

    private static ConditionFactory awaiting() {
        return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(200));
    }
}
