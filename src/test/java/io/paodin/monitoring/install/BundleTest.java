package io.paodin.monitoring.install;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BundleTest {

    private List<HasMetadata> objects;

    @BeforeEach
    void read() throws IOException {
        objects = Bundle.committed();
    }

    @Test
    void createsWhatOthersNeedFirst() {
        assertThat(objects)
                .extracting(HasMetadata::getKind)
                .startsWith("Namespace", "CustomResourceDefinition", "ServiceAccount")
                .endsWith("Service", "Deployment");
    }

    @Test
    void enforcesTheRestrictedPodSecurityStandardAndMeetsIt() {
        assertThat(only(Namespace.class).getMetadata().getLabels())
                .containsEntry("pod-security.kubernetes.io/enforce", "restricted")
                .containsEntry("pod-security.kubernetes.io/audit", "restricted")
                .containsEntry("pod-security.kubernetes.io/warn", "restricted");

        var pod = only(Deployment.class).getSpec().getTemplate().getSpec();
        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        assertThat(pod.getContainers()).singleElement().satisfies(container -> {
            assertThat(container.getSecurityContext().getAllowPrivilegeEscalation())
                    .isFalse();
            assertThat(container.getSecurityContext().getReadOnlyRootFilesystem())
                    .isTrue();
            assertThat(container.getSecurityContext().getCapabilities().getDrop())
                    .containsExactly("ALL");
        });
    }

    @Test
    void runsTheOperatorWithProbesAndBounds() {
        var container = only(Deployment.class)
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .get(0);

        assertThat(container.getArgs()).containsExactly("operator");
        assertThat(container.getImage()).startsWith("quay.io/paodin/paodin-monitoring:");
        assertThat(container.getImagePullPolicy()).isEqualTo("IfNotPresent");
        assertThat(container.getLivenessProbe().getHttpGet().getPath()).isEqualTo("/q/health/live");
        assertThat(container.getReadinessProbe().getHttpGet().getPath()).isEqualTo("/q/health/ready");
        assertThat(container.getStartupProbe().getHttpGet().getPath()).isEqualTo("/q/health/started");
        assertThat(container.getResources().getRequests()).containsKeys("cpu", "memory");
        assertThat(container.getResources().getLimits()).containsOnlyKeys("memory");
        assertThat(container.getEnv())
                .allMatch(variable -> variable.getName().startsWith("PAODIN_"))
                .anyMatch(variable -> variable.getName().equals("PAODIN_NAMESPACES"));
    }

    @Test
    void selectsByWhatAnUpgradeDoesNotChange() {
        var deployment = only(Deployment.class);
        var service = only(Service.class);

        assertThat(deployment.getSpec().getSelector().getMatchLabels())
                .containsOnlyKeys("app.kubernetes.io/name")
                .isEqualTo(service.getSpec().getSelector());
        // else applying the bundle again would undo a scaling
        assertThat(deployment.getSpec().getReplicas()).isNull();
    }

    @Test
    void grantsNothingByWildcardAndLeasesOnlyInItsNamespace() {
        assertThat(rules()).isNotEmpty().allSatisfy(rule -> {
            assertThat(rule.getApiGroups()).doesNotContain("*");
            assertThat(rule.getResources()).doesNotContain("*");
            assertThat(rule.getVerbs()).doesNotContain("*", "deletecollection");
        });
        assertThat(rules())
                .filteredOn(rule -> rule.getResources().contains("secrets"))
                .as("neither listed nor watched nor deleted")
                .singleElement()
                .satisfies(rule -> assertThat(rule.getVerbs()).containsExactly("get", "create", "patch"));
        assertThat(rules())
                .filteredOn(rule -> rule.getResources().contains("pods"))
                .allSatisfy(rule -> assertThat(rule.getVerbs()).doesNotContain("create", "update"));
        assertThat(only(ClusterRole.class).getRules())
                .noneMatch(rule -> rule.getResources().contains("leases"));
    }

    @Test
    void namesNothingOfTheMachineThatBuiltIt() throws IOException {
        assertThat(Files.readString(Bundle.COMMITTED)).doesNotContain("quarkus", "timestamp", "/work", "/home");
    }

    private Stream<PolicyRule> rules() {
        return objects.stream()
                .flatMap(object -> object instanceof ClusterRole role
                        ? role.getRules().stream()
                        : object instanceof Role role ? role.getRules().stream() : Stream.empty());
    }

    private <T> T only(Class<T> kind) {
        return objects.stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .reduce((first, second) -> {
                    throw new AssertionError("more than one " + kind);
                })
                .orElseThrow();
    }
}
