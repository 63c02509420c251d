package io.paodin.monitoring.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.rbac.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** The ways to install that docs/install.md tells, and what an uninstallation leaves. */
@EndToEnd
@Isolated("takes the operator from all others")
class InstallationIT {

    private static final Path OVERLAY = Path.of("target", "e2e", "single-namespace");
    private static final String OPERATOR = "paodin-monitoring";

    private static final String RECEIVING = """
            apiVersion: monitoring.paodin.io/v1alpha1
            kind: Thanos
            metadata:
              name: central
            spec:
              query: {replicaLabels: []}
              receive:
                ingestors:
                - name: all
                  dataVolume: {pvc: {spec: {resources: {requests: {storage: 1Gi}}}}}
            """;

    @Test
    void oneNamespaceIsServedWithRolesOnly(TestNamespace own, TestNamespace other, Operator operator)
            throws IOException {
        operator.stop();
        try {
            Kubectl.run("apply", "--kustomize", overlayFor(own).toString());
            Kubectl.run("--namespace", own.name(), "rollout", "status", "deployment/" + OPERATOR, "--timeout=3m");
            other.apply(RECEIVING);
            var thanos = own.apply(RECEIVING).awaitReady();

            assertThat(boundInTheWholeCluster()).noneMatch(subject -> own.name().equals(subject.getNamespace()));
            var written = Samples.of(
                    "single", Instant.now().minusSeconds(60), Duration.ofSeconds(5), 10, i -> i * 2.0, "a", "b");
            thanos.writer("team-a").write(written);
            thanos.query().expectExactly(written.with("tenant_id", "team-a"), "single");
            assertThat(other.thanos("central").get().getStatus()).isNull();
            assertThat(other.thanos("central").objects()).isEmpty();
            assertThat(Kubectl.run("--namespace", own.name(), "logs", "deployment/" + OPERATOR))
                    .contains("Leading as")
                    .doesNotContain(" ERROR ", "orbidden");

            thanos.delete();
            Kubectl.run("delete", "--kustomize", OVERLAY.toString(), "--wait");
            // The objects of its API that its account, its pods and its work have left behind are not among these.
            Kubernetes.within(Operator.PATIENCE)
                    .untilAsserted(() -> assertThat(namesIn(own, "all,role,rolebinding,configmap,serviceaccount,pdb"))
                            .containsExactlyInAnyOrder("configmap/kube-root-ca.crt", "serviceaccount/default"));
            assertThat(namesIn(own, "lease")).containsExactly("lease.coordination.k8s.io/" + OPERATOR);
            assertThat(namesIn(own, "pvc"))
                    .containsExactly("persistentvolumeclaim/data-central-receive-ingestor-all-0");
        } finally {
            operator.start();
        }
    }

    @Test
    void anUninstallationLeavesTheClaims(TestNamespace namespace, Operator operator) {
        var thanos = namespace.apply(RECEIVING).awaitReady();
        var bundle = operator.objects();
        operator.stop();
        try {
            Kubectl.run("delete", "--filename", "deploy/bundle.yaml", "--wait");

            assertThat(bundle).allSatisfy(object -> assertThat(
                            Kubernetes.client().resource(object).get())
                    .isNull());
            Kubernetes.within(Operator.PATIENCE)
                    .untilAsserted(() -> assertThat(thanos.objects()).isEmpty());
            assertThat(namespace.claims())
                    .extracting(claim -> claim.getMetadata().getName())
                    .containsExactly("data-central-receive-ingestor-all-0");
        } finally {
            operator.deploy();
        }
        namespace.apply(RECEIVING).awaitReady();
    }

    /** As the page has it. */
    private static Path overlayFor(TestNamespace namespace) throws IOException {
        Files.createDirectories(OVERLAY);
        Files.writeString(OVERLAY.resolve("kustomization.yaml"), """
                apiVersion: kustomize.config.k8s.io/v1beta1
                kind: Kustomization
                namespace: %s
                resources:
                - ../../../deploy/overlays/single-namespace
                """.formatted(namespace.name()));
        return OVERLAY;
    }

    private static List<Subject> boundInTheWholeCluster() {
        return Kubernetes.client().rbac().clusterRoleBindings().list().getItems().stream()
                .flatMap(binding -> binding.getSubjects() == null ? Stream.empty() : binding.getSubjects().stream())
                .toList();
    }

    private static List<String> namesIn(TestNamespace namespace, String kinds) {
        return Kubectl.run("--namespace", namespace.name(), "get", kinds, "--output", "name", "--ignore-not-found")
                .lines()
                .toList();
    }
}
