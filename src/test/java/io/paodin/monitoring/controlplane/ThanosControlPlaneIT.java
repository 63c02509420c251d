package io.paodin.monitoring.controlplane;

import static io.paodin.monitoring.controller.RunningOperator.USER_AGENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.paodin.monitoring.api.v1alpha1.Thanos;
import io.paodin.monitoring.config.OperatorConfig;
import io.paodin.monitoring.controller.RunningOperator;
import io.paodin.monitoring.render.ManifestRenderer;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What depends on a real API server: ownership of fields, garbage collection, defaults, refusals, and what it costs. */
@QuarkusTest
@TestProfile(ThanosControlPlaneIT.Settings.class)
@Tag("controlplane")
class ThanosControlPlaneIT {

    /** Looks again soon at what no event tells of. */
    public static class Settings implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("paodin.problem-recheck-interval", "500ms");
        }
    }

    private static final int CHILDREN = 16;

    private static final String CENTRAL = """
            apiVersion: monitoring.paodin.io/v1alpha1
            kind: Thanos
            metadata:
              name: central
            spec:
              query: {}
              receive:
                router: {replicationFactor: 2}
                ingestors:
                - name: soft
                  replicas: 2
            """;

    @Inject
    OperatorConfig config;

    @Inject
    ManifestRenderer renderer;

    private final ControlPlane controlPlane = ControlPlane.shared();
    private final KubernetesClient client = controlPlane.client();
    private final List<RunningOperator> operators = new ArrayList<>();
    private String namespace;

    @BeforeEach
    void setUp() {
        controlPlane.installCrd();
        namespace = controlPlane.newNamespace("thanos");
    }

    @AfterEach
    void tearDown() {
        operators.forEach(RunningOperator::close);
    }

    @Test
    void createsEveryChildWithOneRequestAndThenRests() {
        startOperator();
        apply(CENTRAL);
        awaitReason("Ready", "RollingOut");

        await("the operator to rest")
                .during(Duration.ofSeconds(3))
                .atMost(Duration.ofSeconds(20))
                .until(() -> true);
        assertThat(children()).hasSize(CHILDREN);
        assertThat(requests().size()).as("requests %s", requests()).isLessThanOrEqualTo(CHILDREN + 2);
    }

    @Test
    void writesTwoRequestsForAChangeOfOneField() {
        startOperator();
        apply(CENTRAL);
        makeReady();
        awaitReason("Ready", "Ready");
        var before = requests().size();

        apply(CENTRAL.replace("query: {}", "query: {logLevel: debug}"));

        awaiting().until(() -> args("central-query").contains("--log.level=debug"));
        awaitObserved();
        assertThat(writes().subList(before, requests().size()))
                .as("the Deployment and the status")
                .hasSize(2);
    }

    @Test
    void waitsTruthfullyRightAfterAnEdit() {
        startOperator();
        apply(CENTRAL);
        makeReady();
        assertThat(kubectl("wait", "--for=condition=Ready", "thanos/central", "--timeout=20s")
                        .exitCode())
                .isZero();

        apply(CENTRAL.replace("query: {}", "query: {logLevel: debug}"));
        assertThat(kubectl("wait", "--for=condition=Ready", "thanos/central", "--timeout=2s")
                        .exitCode())
                .isNotZero();

        makeReady();
        assertThat(kubectl("wait", "--for=condition=Ready", "thanos/central", "--timeout=20s")
                        .exitCode())
                .isZero();
    }

    @Test
    void keepsWhatOthersAddAndRepairsWhatTheyChange() {
        startOperator();
        apply(CENTRAL);
        awaitChildren();

        kubectl("rollout", "restart", "deployment/central-query");
        kubectl("label", "service/central-query", "team=x");
        kubectl("annotate", "configmap/central-query-endpoints", "note=y");
        kubectl("patch", "service", "central-query", "--type=json", "-p", """
                [{"op":"replace","path":"/spec/selector/app.kubernetes.io~1component","value":"nothing"}]""");

        awaiting().until(() -> client.services()
                .inNamespace(namespace)
                .withName("central-query")
                .get()
                .getSpec()
                .getSelector()
                .get("app.kubernetes.io/component")
                .equals("query"));
        assertThat(deployment("central-query")
                        .getSpec()
                        .getTemplate()
                        .getMetadata()
                        .getAnnotations())
                .containsKey("kubectl.kubernetes.io/restartedAt");
        assertThat(client.services()
                        .inNamespace(namespace)
                        .withName("central-query")
                        .get()
                        .getMetadata()
                        .getLabels())
                .containsEntry("team", "x");
        assertThat(client.configMaps()
                        .inNamespace(namespace)
                        .withName("central-query-endpoints")
                        .get()
                        .getMetadata()
                        .getAnnotations())
                .containsEntry("note", "y");
    }

    @Test
    void leavesReplicasToAScalerWhereTheResourceDoesNotSetThem() {
        startOperator();
        apply(CENTRAL);
        awaitChildren();

        kubectl("scale", "deployment/central-query", "--replicas=3");
        apply(CENTRAL.replace("query: {}", "query: {logLevel: debug}"));

        awaiting().until(() -> args("central-query").contains("--log.level=debug"));
        assertThat(deployment("central-query").getSpec().getReplicas()).isEqualTo(3);
    }

    @Test
    void handsReplicasOverWithoutDroppingTheCount() {
        startOperator();
        apply(CENTRAL.replace("query: {}", "query: {replicas: 3}"));
        awaiting().until(() -> deployment("central-query") != null);
        assertThat(deployment("central-query").getSpec().getReplicas()).isEqualTo(3);
        awaitObserved();
        kubectl("scale", "deployment/central-query", "--replicas=5");
        awaiting().until(() -> deployment("central-query").getSpec().getReplicas() == 3);

        apply(CENTRAL);
        awaitObserved();
        assertThat(deployment("central-query").getSpec().getReplicas()).isEqualTo(3);

        kubectl("scale", "deployment/central-query", "--replicas=4");
        apply(CENTRAL.replace("query: {}", "query: {logLevel: debug}"));
        awaiting().until(() -> args("central-query").contains("--log.level=debug"));
        assertThat(deployment("central-query").getSpec().getReplicas()).isEqualTo(4);
    }

    @Test
    void reportsAForeignObjectAndLeavesItAlone() {
        var foreign = client.resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("central-query-endpoints")
                        .withNamespace(namespace)
                        .endMetadata()
                        .withData(Map.of("mine", "yes"))
                        .build())
                .create();
        startOperator();
        apply(CENTRAL);

        awaitReason("Degraded", "ForeignObject");
        assertThat(client.configMaps()
                        .inNamespace(namespace)
                        .withName("central-query-endpoints")
                        .get())
                .isEqualTo(foreign);
        assertThat(deployment("central-query")).as("the rest is applied").isNotNull();
        assertThat(events()).contains("ForeignObject");

        client.resource(foreign).delete();
        awaitReason("Degraded", "AsExpected");
        assertThat(children()).hasSize(CHILDREN);
    }

    @Test
    void reportsAnImmutableChangeAndAppliesTheRest() {
        startOperator();
        apply(CENTRAL);
        awaitChildren();

        apply(CENTRAL.replace("query: {}", "query: {logLevel: debug}").replace("replicas: 2", """
                replicas: 2
                      dataVolume: {pvc: {spec: {resources: {requests: {storage: 1Gi}}}}}"""));

        awaitReason("Degraded", "ImmutableField");
        assertThat(condition("Degraded").getMessage()).contains("StatefulSet central-receive-ingestor-soft", "undo");
        assertThat(args("central-query")).contains("--log.level=debug");

        apply(CENTRAL);
        awaitReason("Degraded", "AsExpected");
    }

    @Test
    void leavesWhatRunsAloneWhileTheSpecIsInvalid() {
        startOperator();
        apply(CENTRAL);
        awaitChildren();
        var before = versions();

        apply(CENTRAL.replace("replicationFactor: 2", "replicationFactor: 3").replace("query: {}", ""));

        awaitReason("Ready", "InvalidSpec");
        assertThat(condition("Ready").getMessage()).contains("spec.receive.ingestors", "raise the replicas");
        assertThat(versions()).isEqualTo(before);
        assertThat(events()).contains("InvalidSpec");
    }

    @Test
    void showsWhyTheServerRefusesAnObject() {
        startOperator();
        apply(CENTRAL.replace("query: {}", "query: {tolerations: [{key: a, operator: Exists, value: b}]}"));

        awaitReason("Degraded", "Rejected");
        assertThat(condition("Degraded").getMessage()).contains("Deployment central-query", "tolerations");
        assertThat(client.apps().statefulSets().inNamespace(namespace).list().getItems())
                .hasSize(1);
    }

    @Test
    void removesWhatIsNoLongerWanted() {
        startOperator();
        apply(CENTRAL);
        awaitChildren();
        apply(CENTRAL.replace("query: {}", ""));

        awaiting().until(() -> children().size() == CHILDREN - 6);
        assertThat(children()).noneMatch(name -> name.contains("central-query"));
    }

    @Test
    void letsTheGarbageCollectorRemoveEverything() {
        assertThat(controlPlane.collectGarbage()).isTrue();
        startOperator();
        apply(CENTRAL);
        awaitChildren();

        kubectl("delete", "thanos/central", "--cascade=background", "--wait=true");

        awaiting().until(() -> children().isEmpty());
    }

    @Test
    void restoresNothingDuringAForegroundDeletion() {
        assertThat(controlPlane.collectGarbage()).isTrue();
        startOperator();
        apply(CENTRAL);
        awaitChildren();

        assertThat(kubectl("delete", "thanos/central", "--cascade=foreground", "--timeout=30s")
                        .exitCode())
                .isZero();

        assertThat(children()).isEmpty();
    }

    @Test
    void finishesWhatAnotherOperatorBegan() {
        var first = startOperator();
        apply(CENTRAL);
        awaiting().until(() -> !children().isEmpty());
        operators.remove(first);
        first.close();
        apply(CENTRAL.replace("query: {}", "query: {logLevel: debug}"));
        client.services().inNamespace(namespace).delete();

        startOperator();

        awaitChildren();
        awaiting().until(() -> args("central-query").contains("--log.level=debug"));
    }

    @Test
    void writesNothingWhenItIsRestarted() {
        var first = startOperator();
        apply(CENTRAL);
        makeReady();
        awaitReason("Ready", "Ready");
        operators.remove(first);
        first.close();
        var before = writes().size();

        startOperator();

        await("the operator to rest")
                .during(Duration.ofSeconds(3))
                .atMost(Duration.ofSeconds(20))
                .until(() -> true);
        assertThat(writes()).hasSize(before);
    }

    @Test
    void doesNothingWhilePausedButReports() {
        startOperator();
        apply(CENTRAL);
        awaitChildren();
        apply(CENTRAL.replace("query: {}", "query: {logLevel: debug}").replace("spec:\n", "spec:\n  paused: true\n"));

        awaitReason("Progressing", "Paused");
        assertThat(condition("Ready").getReason()).isEqualTo("Paused");
        assertThat(args("central-query")).contains("--log.level=info");

        apply(CENTRAL.replace("query: {}", "query: {logLevel: debug}"));
        awaiting().until(() -> args("central-query").contains("--log.level=debug"));
    }

    private RunningOperator startOperator() {
        var operator = RunningOperator.start(client.getConfiguration(), namespace, config, renderer);
        operators.add(operator);
        return operator;
    }

    private void apply(String yaml) {
        var result = controlPlane.kubectlWithInput(yaml, "-n", namespace, "apply", "-f", "-");
        assertThat(result.exitCode()).as(result.output()).isZero();
    }

    private ControlPlane.Result kubectl(String... arguments) {
        var all = new ArrayList<>(List.of("-n", namespace));
        all.addAll(List.of(arguments));
        return controlPlane.kubectl(all.toArray(String[]::new));
    }

    private static ConditionFactory awaiting() {
        return await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(100));
    }

    private void awaitChildren() {
        awaiting().until(() -> children().size() == CHILDREN);
        awaitObserved();
    }

    private void awaitObserved() {
        awaiting().until(() -> {
            var thanos = thanos();
            return thanos.getStatus() != null
                    && thanos.getMetadata().getGeneration().equals(thanos.getStatus().observedGeneration);
        });
    }

    private void awaitReason(String type, String reason) {
        awaiting().until(() -> {
            var condition = condition(type);
            return condition != null
                    && reason.equals(condition.getReason())
                    && condition
                            .getObservedGeneration()
                            .equals(thanos().getMetadata().getGeneration());
        });
    }

    private Thanos thanos() {
        return client.resources(Thanos.class)
                .inNamespace(namespace)
                .withName("central")
                .get();
    }

    private Condition condition(String type) {
        var status = thanos().getStatus();
        return status == null
                ? null
                : status.conditions.stream()
                        .filter(c -> c.getType().equals(type))
                        .findFirst()
                        .orElse(null);
    }

    private Deployment deployment(String name) {
        return client.apps().deployments().inNamespace(namespace).withName(name).get();
    }

    private List<String> args(String deployment) {
        return deployment(deployment)
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .get(0)
                .getArgs();
    }

    /** All objects of the namespace that the resource owns. */
    private List<String> children() {
        return objects().stream()
                .map(o -> o.getKind() + "/" + o.getMetadata().getName())
                .sorted()
                .toList();
    }

    private List<String> versions() {
        return objects().stream()
                .map(o -> o.getKind() + "/" + o.getMetadata().getName() + "@"
                        + o.getMetadata().getResourceVersion())
                .sorted()
                .toList();
    }

    private List<HasMetadata> objects() {
        var all = new ArrayList<HasMetadata>();
        all.addAll(client.serviceAccounts().inNamespace(namespace).list().getItems());
        all.addAll(client.configMaps().inNamespace(namespace).list().getItems());
        all.addAll(client.services().inNamespace(namespace).list().getItems());
        all.addAll(client.apps().deployments().inNamespace(namespace).list().getItems());
        all.addAll(client.apps().statefulSets().inNamespace(namespace).list().getItems());
        all.addAll(client.policy()
                .v1()
                .podDisruptionBudget()
                .inNamespace(namespace)
                .list()
                .getItems());
        return all.stream()
                .filter(o -> o.getMetadata().getOwnerReferences().stream()
                        .anyMatch(r -> r.getKind().equals("Thanos")))
                .toList();
    }

    private List<String> events() {
        return client.v1().events().inNamespace(namespace).list().getItems().stream()
                .map(e -> e.getReason())
                .toList();
    }

    /** Stands in for the controllers of workloads: says that all pods run. */
    private void makeReady() {
        awaitChildren();
        client.apps().deployments().inNamespace(namespace).list().getItems().forEach(d -> {
            int replicas = d.getSpec().getReplicas();
            client.resource(d).editStatus(it -> {
                var status = it.getStatus();
                status.setObservedGeneration(it.getMetadata().getGeneration());
                status.setReplicas(replicas);
                status.setUpdatedReplicas(replicas);
                status.setReadyReplicas(replicas);
                status.setAvailableReplicas(replicas);
                return it;
            });
        });
        client.apps().statefulSets().inNamespace(namespace).list().getItems().forEach(s -> {
            int replicas = s.getSpec().getReplicas();
            client.resource(s).editStatus(it -> {
                var status = it.getStatus();
                status.setObservedGeneration(it.getMetadata().getGeneration());
                status.setReplicas(replicas);
                status.setUpdatedReplicas(replicas);
                status.setReadyReplicas(replicas);
                status.setAvailableReplicas(replicas);
                status.setCurrentRevision("1");
                status.setUpdateRevision("1");
                return it;
            });
        });
    }

    /** The operator's requests so far in this test's namespace, but for lists and watches. */
    private List<String> requests() {
        return audited(Set.of("get", "create", "update", "patch", "delete"));
    }

    private List<String> writes() {
        return audited(Set.of("create", "update", "patch", "delete"));
    }

    private List<String> audited(Set<String> verbs) {
        var requests = new ArrayList<String>();
        try (var lines = Files.lines(controlPlane.auditLog())) {
            var json = new ObjectMapper();
            for (var line : (Iterable<String>) lines::iterator) {
                JsonNode request = json.readTree(line);
                if (request.path("userAgent").asText().startsWith(USER_AGENT)
                        && request.at("/objectRef/namespace").asText().equals(namespace)
                        && verbs.contains(request.path("verb").asText())) {
                    requests.add(request.path("verb").asText() + " "
                            + request.at("/objectRef/resource").asText() + "/"
                            + request.at("/objectRef/name").asText() + "/"
                            + request.at("/objectRef/subresource").asText());
                }
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return requests;
    }
}
