package io.paodin.monitoring.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.HostAlias;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodIP;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraintBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.paodin.monitoring.api.v1alpha1.RingPhase;
import io.paodin.monitoring.api.v1alpha1.Thanos;
import io.paodin.monitoring.api.v1alpha1.ThanosStatus;
import io.paodin.monitoring.config.OperatorConfig;
import io.paodin.monitoring.model.Cluster;
import io.paodin.monitoring.model.Examples;
import io.paodin.monitoring.model.HashringFile;
import io.paodin.monitoring.render.ManifestRenderer;
import io.quarkus.test.junit.QuarkusTestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the running operator behaves, on whatever serves the API. */
public abstract class OperatorContract {

    private static final String INGESTORS = "central-receive-ingestor-all";

    /** Looks again soon at what no event tells of. */
    public static class Settings implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "paodin.problem-recheck-interval",
                    "500ms",
                    "paodin.secret-refresh-interval",
                    "1s",
                    "paodin.compactor-check-interval",
                    "1s");
        }
    }

    /** How many objects {@link #CENTRAL} is rendered to, and how many of them are query's. */
    protected static final int CHILDREN = 16;

    private static final int OF_QUERY = 6;

    protected static final String CENTRAL = """
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

    protected static final String DEBUGGED = CENTRAL.replace("query: {}", "query: {logLevel: debug}");

    /** A query that needs no bucket, and two components that do. */
    private static final String STORED = """
            apiVersion: monitoring.paodin.io/v1alpha1
            kind: Thanos
            metadata:
              name: central
            spec:
              objectStorageConfig: {name: objstore, key: thanos.yaml}
              query: {}
              storeGateway: {replicas: 1}
              compact: {}
            """;

    /** All components; three of them refer to one Secret, one of these to a key of its own. */
    private static final String FULL = CENTRAL.replace("spec:\n", """
            spec:
              objectStorageConfig: {name: objstore, key: thanos.yaml}
              storeGateway: {}
              compact: {objectStorageConfig: {name: objstore, key: compactor.yaml}}
            """);

    /** The components of {@link #POD_OPTIONS}, with nothing said about their pods. */
    private static final String PLAIN = """
            apiVersion: monitoring.paodin.io/v1alpha1
            kind: Thanos
            metadata:
              name: central
            spec:
              objectStorageConfig: {name: objstore, key: thanos.yaml}
              query: {}
              receive: {router: {}, ingestors: [{name: soft}]}
              storeGateway: {}
              compact: {}
            """;

    private static final Path POD_OPTIONS = Path.of("src/test/resources/golden/pod-options");

    private static final int CHILDREN_OF_FULL = CHILDREN + 7;

    /** Nothing but a compactor. */
    private static final String COMPACTING = """
            apiVersion: monitoring.paodin.io/v1alpha1
            kind: Thanos
            metadata:
              name: central
            spec:
              objectStorageConfig: {name: objstore, key: thanos.yaml}
              compact: {}
            """;

    private static final String BUCKET = "{type: S3, config: {endpoint: s3.example.com, bucket: a}}";

    @Inject
    OperatorConfig config;

    @Inject
    ManifestRenderer renderer;

    private final List<RunningOperator> operators = new ArrayList<>();
    protected String namespace;

    /** Where the API is served. */
    protected abstract Config server();

    /** A client of somebody with all rights. */
    protected abstract KubernetesClient user();

    /** Creates a namespace that no other test uses, where the resource's definition is known. */
    protected abstract String newNamespace();

    /** The operator's requests so far for objects of the test's namespace, but for lists and watches: verb and resource. */
    protected abstract List<String> requests();

    @BeforeEach
    void prepare() {
        namespace = newNamespace();
    }

    @AfterEach
    void stopOperators() {
        operators.forEach(RunningOperator::close);
    }

    @Test
    void createsEveryChildWithOneRequestAndThenRests() {
        startOperator();
        apply(CENTRAL);
        awaitChildren();

        awaitRest();
        assertThat(children()).hasSize(CHILDREN);
        assertThat(requests()).hasSizeLessThanOrEqualTo(CHILDREN + 2);
    }

    /** Nobody knows how often it is looked at meanwhile, but each time reads a Secret only once, whoever refers to it. */
    @Test
    void createsEveryChildOfAFullClusterWithOneRequest() {
        operators.add(RunningOperator.start(server(), namespace, Examples.DEFAULT_SETTINGS, renderer));
        secret(Map.of("thanos.yaml", BUCKET, "compactor.yaml", BUCKET));
        apply(FULL);
        awaiting().until(() -> children().size() == CHILDREN_OF_FULL);

        awaitRest();
        assertThat(children()).hasSize(CHILDREN_OF_FULL);
        var requests = requests();
        assertThat(requests)
                .as("what cannot be undone is told before")
                .startsWith("get secrets", "create events", "patch serviceaccounts");
        assertThat(requests)
                .filteredOn(request -> request.startsWith("patch") && !request.equals("patch thanos/status"))
                .hasSize(CHILDREN_OF_FULL);
        assertThat(requests)
                .as("beside: an event that tells of the deduplication, the status, and the Secret")
                .hasSizeLessThanOrEqualTo(CHILDREN_OF_FULL + 1 + 2 + 3);
    }

    /** Whatever defaults and forms of its own the server has for what users say about pods. */
    @Test
    void restsWithEveryOptionOfPods() throws IOException {
        startOperator();
        secret("thanos.yaml", BUCKET);
        apply(Files.readString(POD_OPTIONS.resolve("thanos.yaml")).split("(?m)^---$")[1]);
        try (var manifests = Files.list(POD_OPTIONS.resolve("manifests"))) {
            var count = manifests.count();
            awaiting().until(() -> children().size() == count);
        }

        awaitRest();
        assertThat(writes()).hasSameSizeAs(children());

        edit("central-query", Deployment.class, query -> {
            var pod = query.getSpec().getTemplate().getSpec();
            pod.getHostAliases().add(0, new HostAlias(List.of("mesh.example.com"), "192.0.2.9"));
            pod.getInitContainers()
                    .add(new ContainerBuilder()
                            .withName("mesh")
                            .withImage("mesh:v1")
                            .build());
            var constraint = new TopologySpreadConstraintBuilder(
                            pod.getTopologySpreadConstraints().get(0))
                    .withTopologyKey("rack")
                    .build();
            pod.getTopologySpreadConstraints().add(0, constraint);
        });
        awaitRest();
        assertThat(writes()).as("others may add to it").hasSameSizeAs(children());
    }

    @Test
    void takesBackEveryOptionOfPods() throws IOException {
        startOperator();
        secret("thanos.yaml", BUCKET);
        apply(PLAIN);
        awaiting().until(() -> children().contains("StatefulSet/central-compact"));
        awaitRest();
        var before = podTemplates();

        apply(Files.readString(POD_OPTIONS.resolve("thanos.yaml")).split("(?m)^---$")[1]);
        awaiting().until(() -> !children().contains("ServiceAccount/central-query"));
        awaitRest();
        assertThat(podTemplates()).hasSameSizeAs(before).doesNotContainAnyElementsOf(before);

        apply(PLAIN);
        awaiting().until(() -> children().contains("ServiceAccount/central-query"));
        awaitRest();
        assertThat(podTemplates()).isEqualTo(before);
    }

    @Test
    void makesTwoRequestsForAChangeOfOneField() {
        startOperator();
        apply(CENTRAL);
        makeReady();
        awaitReason("Ready", "Ready");
        awaitRest();
        var before = requests().size();

        apply(DEBUGGED);

        awaitArgument("--log.level=debug");
        awaitRest();
        assertThat(requests().subList(before, requests().size()))
                .containsExactly("patch deployments", "patch thanos/status");
    }

    @Test
    void makesNoRequestForAForeignAnnotation() {
        startOperator();
        apply(CENTRAL);
        awaitChildren();
        awaitRest();
        var before = requests().size();

        edit("central-query", Deployment.class, d -> d.getMetadata()
                .getAnnotations()
                .put("note", "x"));
        edit("central-query", Service.class, s -> s.getMetadata().getLabels().put("team", "x"));

        awaitRest();
        assertThat(requests()).hasSize(before);
        assertThat(get("central-query", Service.class).getMetadata().getLabels())
                .containsEntry("team", "x");
    }

    @Test
    void keepsTheRestartThatAUserAskedFor() {
        startOperator();
        apply(CENTRAL);
        awaitChildren();
        edit("central-query", Deployment.class, d -> d.getSpec()
                .getTemplate()
                .getMetadata()
                .setAnnotations(Map.of("kubectl.kubernetes.io/restartedAt", "2026-01-01T00:00:00Z")));

        apply(DEBUGGED);

        awaitArgument("--log.level=debug");
        assertThat(get("central-query", Deployment.class)
                        .getSpec()
                        .getTemplate()
                        .getMetadata()
                        .getAnnotations())
                .containsKey("kubectl.kubernetes.io/restartedAt");
    }

    @Test
    void repairsWhatOthersChange() {
        startOperator();
        apply(CENTRAL);
        awaitChildren();

        edit("central-query", Service.class, s -> s.getSpec()
                .getSelector()
                .put("app.kubernetes.io/component", "nothing"));

        awaiting().until(() -> "query"
                .equals(get("central-query", Service.class)
                        .getSpec()
                        .getSelector()
                        .get("app.kubernetes.io/component")));
    }

    @Test
    void removesWhatOthersAddToASelector() {
        startOperator();
        apply(CENTRAL);
        awaitChildren();

        edit("central-query", Service.class, s -> s.getSpec().getSelector().put("theirs", "x"));

        awaiting().until(() -> !get("central-query", Service.class)
                .getSpec()
                .getSelector()
                .containsKey("theirs"));
    }

    @Test
    void restoresEachChildThatIsDeleted() {
        startOperator();
        apply(CENTRAL);
        awaitChildren();
        var before = objects();

        before.forEach(child -> user().resource(child).delete());

        awaiting()
                .until(() -> children().size() == CHILDREN
                        && objects().stream().noneMatch(o -> before.stream().anyMatch(b -> b.getMetadata()
                                .getUid()
                                .equals(o.getMetadata().getUid()))));
    }

    @Test
    void restoresAChildWhoseLabelsWereRemoved() {
        startOperator();
        apply(CENTRAL);
        awaitChildren();

        edit("central-query", Service.class, s -> s.getMetadata().setLabels(Map.of()));

        awaiting().until(() -> "paodin-monitoring"
                .equals(get("central-query", Service.class)
                        .getMetadata()
                        .getLabels()
                        .get("app.kubernetes.io/managed-by")));
    }

    @Test
    void leavesReplicasToAScalerWhereTheResourceDoesNotSetThem() {
        startOperator();
        apply(CENTRAL);
        awaitChildren();

        scale("central-query", 3);
        apply(DEBUGGED);

        awaitArgument("--log.level=debug");
        assertThat(replicas("central-query")).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"query, central-query", "router, central-receive-router", "storeGateway, central-storegateway"})
    void handsReplicasOverWithoutDroppingTheCount(String component, String workload) {
        startOperator();
        secret("thanos.yaml", BUCKET);
        apply(counted(component, "replicas: 3, logLevel: info"));
        awaiting().until(() -> workload(workload) != null);
        scale(workload, 5);
        awaiting().until(() -> replicas(workload) == 3);

        apply(counted(component, "logLevel: info"));
        awaitObserved();
        assertThat(replicas(workload)).isEqualTo(3);

        scale(workload, 4);
        apply(counted(component, "logLevel: debug"));
        awaiting().until(() -> user().getKubernetesSerialization()
                .asJson(workload(workload))
                .contains("--log.level=debug"));
        assertThat(replicas(workload)).isEqualTo(4);
    }

    @Test
    void undoesWhatOthersScaleWhereTheCountIsTheOperators() {
        startOperator();
        secret("thanos.yaml", BUCKET);
        apply(COMPACTING);
        apply("""
                apiVersion: monitoring.paodin.io/v1alpha1
                kind: Thanos
                metadata: {name: receiving}
                spec:
                  receive: {ingestors: [{name: soft}]}
                """);
        for (var workload : List.of("receiving-receive-ingestor-soft", "central-compact")) {
            awaiting().until(() -> workload(workload) != null);
            scale(workload, 2);
            awaiting().until(() -> replicas(workload) == 1);
        }
    }

    /** A cluster of all components, with these fields in one of them. */
    private static String counted(String component, String fields) {
        return """
                apiVersion: monitoring.paodin.io/v1alpha1
                kind: Thanos
                metadata:
                  name: central
                spec:
                  objectStorageConfig: {name: objstore, key: thanos.yaml}
                  query: {}
                  receive: {router: {}, ingestors: [{name: soft}]}
                  storeGateway: {}
                  compact: {}
                """.replace(component + ": {}", component + ": {" + fields + "}");
    }

    @Test
    void reportsAForeignObjectAndLeavesItAlone() {
        var foreign = user().resource(new ConfigMapBuilder()
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
        assertThat(user().resource(foreign).get()).isEqualTo(foreign);
        assertThat(get("central-query", Deployment.class))
                .as("the rest is applied")
                .isNotNull();
        awaiting().until(() -> events().contains("ForeignObject"));

        user().resource(foreign).delete();
        awaitReason("Degraded", "AsExpected");
        assertThat(children()).hasSize(CHILDREN);
    }

    @Test
    void reportsAnImmutableChangeAndAppliesTheRest() {
        startOperator();
        apply(CENTRAL);
        awaitChildren();

        apply(DEBUGGED.replace("replicas: 2", """
                replicas: 2
                      dataVolume: {pvc: {spec: {resources: {requests: {storage: 1Gi}}}}}"""));

        awaitReason("Degraded", "ImmutableField");
        assertThat(condition("Degraded").getMessage()).contains("StatefulSet central-receive-ingestor-soft", "undo");
        assertThat(arguments()).contains("--log.level=debug");

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
        awaiting().until(() -> events().contains("InvalidSpec"));
    }

    @Test
    void looksAfterOthersWhileOneResourceIsInvalid() {
        startOperator();
        apply(CENTRAL.replace("replicationFactor: 2", "replicationFactor: 3"));
        apply(CENTRAL.replace("name: central", "name: other"));

        awaiting().until(() -> children().size() == CHILDREN);
        assertThat(children()).allMatch(name -> name.contains("/other-"));
    }

    @Test
    void reportsOnAResourceThatIsLeftWithoutEndpoints() {
        startOperator();
        apply(CENTRAL);
        awaitChildren();
        assertThat(thanos().getStatus().endpoints).isNotNull();

        apply(CENTRAL.substring(0, CENTRAL.indexOf("spec:")) + "spec: {}\n");
        awaiting().until(() -> children().isEmpty());
        awaitObserved();
        assertThat(thanos().getStatus().endpoints).isNull();
    }

    @Test
    void removesAllOfAComponentThatIsNoLongerWanted() {
        startOperator();
        apply(CENTRAL);
        awaitChildren();
        apply(CENTRAL.replace("query: {}", ""));

        awaiting().until(() -> children().size() == CHILDREN - OF_QUERY);
        assertThat(children()).noneMatch(name -> name.contains("central-query"));
    }

    @Test
    protected void letsTheGarbageCollectorRemoveEverything() {
        startOperator();
        apply(CENTRAL);
        awaitChildren();

        user().resource(thanos())
                .withPropagationPolicy(DeletionPropagation.BACKGROUND)
                .delete();

        awaiting().until(() -> children().isEmpty());
    }

    @Test
    protected void restoresNothingDuringAForegroundDeletion() {
        startOperator();
        apply(CENTRAL);
        awaitChildren();
        var before = requests().size();

        user().resource(thanos())
                .withPropagationPolicy(DeletionPropagation.FOREGROUND)
                .delete();

        awaiting().until(() -> thanos() == null && children().isEmpty());
        assertThat(requests().subList(before, requests().size()))
                .noneMatch(request -> request.startsWith("patch") && !request.endsWith("/status"));
    }

    @Test
    void finishesWhatAnotherOperatorBegan() {
        var first = startOperator();
        apply(CENTRAL);
        awaiting().until(() -> !children().isEmpty());
        stop(first);
        apply(DEBUGGED);
        user().services().inNamespace(namespace).delete();

        startOperator();

        awaitChildren();
        awaitArgument("--log.level=debug");
    }

    @Test
    void writesNothingWhenItIsRestarted() {
        var first = startOperator();
        apply(CENTRAL);
        makeReady();
        awaitReason("Ready", "Ready");
        awaitRest();
        stop(first);
        var before = requests().size();

        startOperator();

        awaitRest();
        assertThat(requests()).hasSize(before);
    }

    @Test
    void doesNothingWhilePausedButReports() {
        startOperator();
        apply(CENTRAL);
        awaitChildren();
        apply(DEBUGGED.replace("spec:\n", "spec:\n  paused: true\n"));

        awaitReason("Progressing", "Paused");
        assertThat(condition("Ready").getReason()).isEqualTo("Paused");
        assertThat(arguments()).contains("--log.level=info");

        apply(DEBUGGED);
        awaitArgument("--log.level=debug");
    }

    @Test
    void whatNeedsAMissingSecretWaitsAndTheRestIsApplied() {
        startOperator();
        apply(STORED);
        awaitReason("Degraded", "MissingSecret");
        assertThat(condition("Degraded").getMessage())
                .contains(
                        "store-gateway, compact", "Secret objstore does not exist: create it with the key thanos.yaml");
        assertThat(condition("Ready").getReason()).isEqualTo("MissingSecret");
        assertThat(events()).contains("MissingSecret");
        awaiting().until(() -> children().contains("Deployment/central-query"));
        assertThat(children()).noneMatch(child -> child.contains("storegateway") || child.contains("compact"));

        secret("other", BUCKET);
        awaiting().until(() -> condition("Degraded").getMessage().contains("has no key thanos.yaml"));

        secret("thanos.yaml", BUCKET);
        awaiting().until(() -> children()
                .containsAll(List.of("StatefulSet/central-storegateway", "StatefulSet/central-compact")));
        awaitReason("Degraded", "AsExpected");
    }

    @Test
    void anUnusableSecretChangesNothingThatRunsAndTheRestIsApplied() {
        startOperator();
        secret("thanos.yaml", BUCKET);
        apply(STORED);
        awaiting().until(() -> children().contains("StatefulSet/central-compact"));
        awaitRest();
        markReady();
        awaitReason("Ready", "Ready");
        var before = versionsOf("StatefulSet");

        secret("thanos.yaml", "{type: S3, config: {bucket: not-to-be-told}}");
        awaitReason("Degraded", "InvalidObjectStorage");
        assertThat(condition("Degraded").getMessage())
                .contains("Secret objstore, key thanos.yaml", "endpoint")
                .doesNotContain("not-to-be-told");
        assertThat(condition("Ready").getStatus()).as("what is asked for runs").isEqualTo("True");

        apply(STORED.replace("query: {}", "query: {logLevel: debug}").replace("replicas: 1", "replicas: 2"));
        awaitArgument("--log.level=debug");
        awaitReason("Ready", "InvalidObjectStorage");
        assertThat(versionsOf("StatefulSet")).isEqualTo(before);
    }

    @Test
    void aRotatedSecretReachesOneComponentAfterTheOther() {
        startOperator();
        secret("thanos.yaml", BUCKET);
        apply(STORED);
        awaiting().until(() -> children().contains("StatefulSet/central-compact"));
        awaitRest();
        markReady();
        awaitReason("Ready", "Ready");
        var query = versionsOf("Deployment");
        var before = storageVersion("central-compact");

        secret("thanos.yaml", BUCKET.replace("bucket: a", "bucket: a, access_key: k, secret_key: not-to-be-told"));
        awaiting().until(() -> !storageVersion("central-storegateway").equals(before));
        awaiting().until(() -> condition("Progressing")
                .getMessage()
                .contains("compact: takes the changed Secret objstore when store-gateway has done so"));
        assertThat(storageVersion("central-compact")).isEqualTo(before);

        markReady();
        awaiting().until(() -> storageVersion("central-compact").equals(storageVersion("central-storegateway")));
        markReady();
        awaitReason("Ready", "Ready");
        assertThat(versionsOf("Deployment")).as("reads no bucket").isEqualTo(query);
        assertThat(user().getKubernetesSerialization().asYaml(objects())).doesNotContain("not-to-be-told");
    }

    @Test
    void tellsOnceThatDeduplicationBegins() {
        startOperator();
        secret("thanos.yaml", BUCKET);
        apply(STORED.replace("compact: {}", "compact: {deduplication: {enabled: true}}"));
        awaiting().until(() -> events().contains("DeduplicationBegins"));

        apply(STORED.replace("compact: {}", "compact: {deduplication: {enabled: true}, concurrency: 2}"));
        awaitRest();
        assertThat(user().v1().events().inNamespace(namespace).list().getItems())
                .filteredOn(event -> event.getReason().equals("DeduplicationBegins"))
                .singleElement()
                .satisfies(event -> assertThat(event.getCount()).isEqualTo(1));
    }

    /** With intervals so long that only events can tell who has to be looked at. */
    @Test
    void onlyTheOlderOfTwoResourcesCompactsABucket() {
        operators.add(RunningOperator.start(server(), namespace, Examples.DEFAULT_SETTINGS, renderer));
        secret("thanos.yaml", BUCKET);
        apply(COMPACTING);
        apply(COMPACTING.replace("name: central", "name: other"));
        var byAge = byAge("central", "other");
        var older = byAge.get(0);
        var younger = byAge.get(1);

        awaitCompactors(older, 1, younger, 0);
        awaiting().until(() -> degraded(younger).contains("Thanos " + older + " compacts the same bucket"));
        assertThat(reason(younger, "Degraded")).isEqualTo("CompactorConflict");
        awaiting().until(() -> events().contains("CompactorConflict"));
        assertThat(reason(older, "Degraded")).isEqualTo("AsExpected");

        var pod = runPodOf(older + "-compact");
        apply(COMPACTING.replace("name: central", "name: " + older).replace("compact: {}", "query: {}"));
        awaiting().until(() -> !children().contains("StatefulSet/" + older + "-compact"));
        awaiting().until(() -> condition(younger, "Progressing")
                .getMessage()
                .contains("waits until the compactor of Thanos " + older));
        assertThat(replicas(younger + "-compact")).isZero();

        user().resource(pod).withGracePeriod(0).delete();
        awaiting().until(() -> replicas(younger + "-compact") == 1);
        awaiting().until(() -> reason(younger, "Degraded").equals("AsExpected"));
    }

    @Test
    void theOlderResourceTakesTheBucketOverAndGivesItBackWhenItIsDeleted() {
        operators.add(RunningOperator.start(server(), namespace, Examples.DEFAULT_SETTINGS, renderer));
        secret("thanos.yaml", BUCKET);
        var idle = COMPACTING.replace("compact: {}", "query: {}");
        apply(idle);
        apply(idle.replace("name: central", "name: other"));
        var byAge = byAge("central", "other");
        var older = byAge.get(0);
        var younger = byAge.get(1);
        apply(COMPACTING.replace("name: central", "name: " + younger));
        awaiting().until(() -> children().contains("StatefulSet/" + younger + "-compact"));
        awaiting().until(() -> replicas(younger + "-compact") == 1);
        var pod = runPodOf(younger + "-compact");

        apply(COMPACTING.replace("name: central", "name: " + older));
        awaiting().until(() -> children().contains("StatefulSet/" + older + "-compact"));
        awaitCompactors(older, 0, younger, 0);
        awaiting().until(() -> condition(older, "Progressing")
                .getMessage()
                .contains("waits until the compactor of Thanos " + younger));
        user().resource(pod).withGracePeriod(0).delete();
        awaitCompactors(older, 1, younger, 0);

        user().resource(thanos(older)).delete();
        user().apps()
                .statefulSets()
                .inNamespace(namespace)
                .withName(older + "-compact")
                .delete();
        awaiting().until(() -> replicas(younger + "-compact") == 1);
    }

    @Test
    void tellsThatACompactorHasHalted() {
        var isHalted = new AtomicBoolean(true);
        operators.add(RunningOperator.start(
                server(),
                namespace,
                config,
                renderer,
                (host, port, metrics) -> CompletableFuture.completedFuture(
                        RunningOperator.halted(isHalted.get() && host.equals("192.0.2.1") && port == 10902))));
        secret("thanos.yaml", BUCKET);
        apply(COMPACTING);
        awaiting().until(() -> children().contains("StatefulSet/central-compact"));
        markReady();
        awaitReason("Ready", "Ready");

        runPodOf("central-compact");
        awaitReason("Degraded", "CompactorHalted");
        assertThat(condition("Degraded").getMessage()).contains("pod central-compact-0 has halted", "its log");
        assertThat(condition("Ready").getStatus())
                .as("all that is asked for runs")
                .isEqualTo("True");
        awaiting().until(() -> events().contains("CompactorHalted"));

        isHalted.set(false);
        awaitReason("Degraded", "AsExpected");
        assertThat(requests()).as("the API server is not asked").noneMatch(request -> request.contains("pods"));
    }

    @Test
    void membersJoinAHashringWhenTheyAreReadyAndLeaveItBeforeTheyStop() {
        var pods = new PlayedPods(user(), namespace);
        var doRoutersAnswer = new AtomicBoolean();
        operators.add(RunningOperator.start(
                server(),
                namespace,
                config,
                renderer,
                (host, port, metrics) -> doRoutersAnswer.get()
                        ? pods.metrics()
                        : CompletableFuture.failedFuture(new IllegalStateException("no answer"))));
        secret("thanos.yaml", BUCKET);
        apply(ingestors(1));
        awaiting().until(() -> children().contains("StatefulSet/" + INGESTORS));
        play(pods);
        awaitReason("Ready", "Ready");

        apply(ingestors(3));
        awaiting().until(() -> replicas(INGESTORS) == 3);
        awaiting().until(() -> thanos().getStatus().hashrings.get(0).phase == RingPhase.GROWING);
        assertThat(thanos().getStatus().hashrings.get(0).members).isEqualTo(1);
        play(pods);
        awaitMembers(3);
        awaiting().until(() -> events().contains("HashringStable"));

        apply(ingestors(1));
        awaitMembers(1);
        awaiting().until(() -> {
            var ring = thanos().getStatus().hashrings.get(0);
            return ring.phase == RingPhase.SHRINKING && ring.message.contains("is not answering");
        });
        assertThat(replicas(INGESTORS)).as("a router may write to them").isEqualTo(3);
        var before = uids(pods);

        doRoutersAnswer.set(true);
        awaiting().until(() -> !uids(pods).containsKey(INGESTORS + "-2"));
        assertThat(uids(pods)).as("one after another").containsKey(INGESTORS + "-1");
        awaiting().until(() -> {
            play(pods);
            return replicas(INGESTORS) == 2;
        });
        assertThat(uids(pods).values())
                .as("both start once more before one stops")
                .doesNotContain(before.get(INGESTORS + "-1"), before.get(INGESTORS + "-2"));
        awaiting().until(() -> {
            play(pods);
            return replicas(INGESTORS) == 1;
        });
        play(pods);
        awaitReason("Ready", "Ready");
        assertThat(thanos().getStatus().hashrings)
                .extracting(r -> r.members, r -> r.phase)
                .containsExactly(tuple(1, RingPhase.STABLE));
    }

    private Map<String, String> uids(PlayedPods pods) {
        return pods.of(thanos()).stream()
                .collect(Collectors.toMap(pod -> pod.getMetadata().getName(), pod -> pod.getMetadata()
                        .getUid()));
    }

    private static String ingestors(int replicas) {
        return """
                apiVersion: monitoring.paodin.io/v1alpha1
                kind: Thanos
                metadata: {name: central}
                spec:
                  objectStorageConfig: {name: objstore, key: thanos.yaml}
                  receive: {ingestors: [{name: all, replicas: %d}]}
                """.formatted(replicas);
    }

    private void awaitMembers(int count) {
        awaiting().until(() -> {
            var map = user().configMaps()
                    .inNamespace(namespace)
                    .withName("central-receive-router-hashrings")
                    .get();
            return HashringFile.parse(map.getData().get("hashrings.json"))
                            .orElseThrow()
                            .rings()
                            .get(0)
                            .members()
                            .size()
                    == count;
        });
    }

    /** What the controllers of workloads and the kubelet do. */
    private void play(PlayedPods pods) {
        markReady();
        pods.play(
                user().apps().statefulSets().inNamespace(namespace).list().getItems(),
                user().apps().deployments().inNamespace(namespace).list().getItems());
    }

    @Test
    void writesNoStatusToAnotherResourceOfThatName() {
        apply(CENTRAL);
        var former = thanos();
        var status = new ThanosStatus();
        status.observedGeneration = 1L;
        user().resource(former).delete();
        awaiting().until(() -> thanos() == null);
        assertThat(StatusWriter.write(user(), former, status)).isEmpty();

        apply(CENTRAL);
        assertThat(StatusWriter.write(user(), former, status)).isEmpty();
        assertThat(thanos().getStatus()).isNull();
        var earlier = thanos();
        user().resource(earlier).edit(thanos -> {
            thanos.getMetadata().getAnnotations().put("note", "x");
            return thanos;
        });
        assertThat(StatusWriter.write(user(), earlier, status)).isPresent();
        assertThat(thanos().getStatus().observedGeneration).isEqualTo(1);
    }

    @Test
    void saysThatARunFailed() {
        var fails = new AtomicBoolean(true);
        var failing = new ManifestRenderer(user().getKubernetesSerialization()) {
            @Override
            public List<HasMetadata> render(Cluster cluster) {
                if (fails.get()) {
                    throw new IllegalStateException("the template is broken");
                }
                return super.render(cluster);
            }
        };
        operators.add(RunningOperator.start(server(), namespace, config, failing));
        apply(CENTRAL);

        awaitReason("Ready", "ApplyFailed");
        assertThat(condition("Ready").getMessage()).contains("the template is broken", "tried again");

        fails.set(false);
        awaitReason("Ready", "RollingOut");
    }

    @Test
    void saysHowManyPodsAreReady() {
        startOperator();
        apply(CENTRAL);
        makeReady();

        awaitReason("Ready", "Ready");
        var status = thanos().getStatus();
        assertThat(status.components)
                .extracting(c -> c.name + " " + c.ready + "/" + c.desired)
                .containsExactly("receive-router 1/1", "receive-ingestor-soft 2/2", "query 1/1");
        assertThat(status.hashrings).extracting(r -> r.name + " " + r.ready).containsExactly("soft 2");
        assertThat(status.hashrings).extracting(r -> r.members).containsExactly(2);
        assertThat(status.endpoints.query).isEqualTo("http://central-query." + namespace + ".svc:10902");
        awaiting().until(() -> events().contains("Ready"));
    }

    protected RunningOperator startOperator() {
        var operator = RunningOperator.start(server(), namespace, config, renderer);
        operators.add(operator);
        return operator;
    }

    private void stop(RunningOperator operator) {
        operators.remove(operator);
        operator.close();
    }

    /** As a user does: what the resource does not name is gone. */
    protected void apply(String yaml) {
        Thanos thanos = user().getKubernetesSerialization().unmarshal(yaml, Thanos.class);
        thanos.getMetadata().setNamespace(namespace);
        var spec = user().getKubernetesSerialization().asJson(thanos.getSpec());
        user().resource(thanos)
                .createOr(existing -> existing.patch(
                        PatchContext.of(PatchType.JSON),
                        "[{\"op\":\"replace\",\"path\":\"/spec\",\"value\":%s}]".formatted(spec)));
    }

    /** All that was written so far but for statuses and events. */
    private List<String> writes() {
        return requests().stream()
                .filter(request ->
                        request.startsWith("patch") && !request.endsWith("/status") && !request.equals("patch events"))
                .toList();
    }

    /** Those of all workloads, as the server has them. */
    private List<PodTemplateSpec> podTemplates() {
        var templates = new ArrayList<PodTemplateSpec>();
        user().resources(Deployment.class).inNamespace(namespace).list().getItems().stream()
                .map(deployment -> deployment.getSpec().getTemplate())
                .forEach(templates::add);
        user().resources(StatefulSet.class).inNamespace(namespace).list().getItems().stream()
                .map(set -> set.getSpec().getTemplate())
                .forEach(templates::add);
        return templates;
    }

    /** The names of the resources, the older one first. */
    private List<String> byAge(String... names) {
        return Stream.of(names)
                .sorted(Comparator.comparing(name -> thanos(name).getMetadata().getCreationTimestamp()
                        + thanos(name).getMetadata().getUid()))
                .toList();
    }

    private void awaitCompactors(String one, int replicas, String other, int otherReplicas) {
        // The operator may write at the same time.
        awaiting().ignoreException(KubernetesClientException.class).until(() -> {
            markReady();
            return children()
                            .containsAll(
                                    List.of("StatefulSet/" + one + "-compact", "StatefulSet/" + other + "-compact"))
                    && replicas(one + "-compact") == replicas
                    && replicas(other + "-compact") == otherReplicas;
        });
    }

    /** As the controller of StatefulSets and a kubelet do. */
    private Pod runPodOf(String statefulSet) {
        var template = get(statefulSet, StatefulSet.class).getSpec().getTemplate();
        var pod = user().resource(new PodBuilder()
                        .withMetadata(new ObjectMetaBuilder()
                                .withName(statefulSet + "-0")
                                .withNamespace(namespace)
                                .withLabels(template.getMetadata().getLabels())
                                .withAnnotations(template.getMetadata().getAnnotations())
                                .build())
                        .withSpec(template.getSpec())
                        .build())
                .create();
        return user().resource(pod).editStatus(it -> new PodBuilder(it)
                .withNewStatus()
                .withPhase("Running")
                .withPodIP("192.0.2.1")
                .withPodIPs(new PodIP("192.0.2.1"))
                .endStatus()
                .build());
    }

    private void secret(String key, String content) {
        secret(Map.of(key, content));
    }

    private void secret(Map<String, String> contents) {
        user().resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("objstore")
                        .withNamespace(namespace)
                        .endMetadata()
                        .withStringData(contents)
                        .build())
                .createOr(existing -> existing.update());
    }

    /** What the pods of a StatefulSet are told of the content of their Secret. */
    private String storageVersion(String statefulSet) {
        return get(statefulSet, StatefulSet.class)
                .getSpec()
                .getTemplate()
                .getMetadata()
                .getAnnotations()
                .get("monitoring.paodin.io/object-storage");
    }

    private <T extends HasMetadata> void edit(String name, Class<T> kind, java.util.function.Consumer<T> change) {
        user().resources(kind).inNamespace(namespace).withName(name).edit(object -> {
            change.accept(object);
            return object;
        });
    }

    protected <T extends HasMetadata> T get(String name, Class<T> kind) {
        return user().resources(kind).inNamespace(namespace).withName(name).get();
    }

    private HasMetadata workload(String name) {
        var deployment = get(name, Deployment.class);
        return deployment == null ? get(name, StatefulSet.class) : deployment;
    }

    private void scale(String workload, int replicas) {
        var apps = user().apps();
        if (workload(workload) instanceof Deployment) {
            apps.deployments().inNamespace(namespace).withName(workload).scale(replicas);
        } else {
            apps.statefulSets().inNamespace(namespace).withName(workload).scale(replicas);
        }
    }

    private int replicas(String workload) {
        return workload(workload) instanceof Deployment deployment
                ? deployment.getSpec().getReplicas()
                : get(workload, StatefulSet.class).getSpec().getReplicas();
    }

    private static ConditionFactory awaiting() {
        return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50));
    }

    protected void awaitChildren() {
        awaiting().until(() -> children().size() == CHILDREN);
        awaitObserved();
    }

    protected void awaitObserved() {
        awaiting().until(() -> {
            var thanos = thanos();
            return thanos.getStatus() != null
                    && thanos.getMetadata().getGeneration().equals(thanos.getStatus().observedGeneration);
        });
    }

    /** Until the operator has made no request for a second, but for looking at Secrets. */
    private void awaitRest() {
        awaitObserved();
        var last = new long[] {-1};
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> {
                    var count = requests().stream()
                            .filter(request -> !request.equals("get secrets"))
                            .count();
                    var rests = count == last[0];
                    last[0] = count;
                    return rests;
                });
    }

    private void awaitArgument(String argument) {
        awaiting().until(() -> arguments().contains(argument));
    }

    protected void awaitReason(String type, String reason) {
        awaiting().until(() -> {
            var condition = condition(type);
            return condition != null
                    && reason.equals(condition.getReason())
                    && condition
                            .getObservedGeneration()
                            .equals(thanos().getMetadata().getGeneration());
        });
    }

    protected Thanos thanos() {
        return thanos("central");
    }

    private Thanos thanos(String name) {
        return user().resources(Thanos.class)
                .inNamespace(namespace)
                .withName(name)
                .get();
    }

    protected Condition condition(String type) {
        return condition("central", type);
    }

    protected String degraded(String name) {
        var condition = condition(name, "Degraded");
        return condition == null ? "" : condition.getMessage();
    }

    private String reason(String name, String type) {
        return condition(name, type).getReason();
    }

    private Condition condition(String name, String type) {
        var status = thanos(name).getStatus();
        return status == null || status.conditions == null
                ? null
                : status.conditions.stream()
                        .filter(c -> c.getType().equals(type))
                        .findFirst()
                        .orElse(null);
    }

    /** The command line of query. */
    private List<String> arguments() {
        return get("central-query", Deployment.class)
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .get(0)
                .getArgs();
    }

    /** All objects of the namespace that a resource owns. */
    protected List<String> children() {
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

    private List<String> versionsOf(String kind) {
        return objects().stream()
                .filter(o -> o.getKind().equals(kind))
                .map(o -> o.getMetadata().getName() + "@" + o.getMetadata().getGeneration())
                .sorted()
                .toList();
    }

    private List<HasMetadata> objects() {
        var all = new ArrayList<HasMetadata>();
        OwnedKinds.ALL.forEach(kind ->
                all.addAll(user().resources(kind).inNamespace(namespace).list().getItems()));
        return all.stream()
                .filter(o -> o.getMetadata().getOwnerReferences().stream()
                        .anyMatch(r -> r.getKind().equals("Thanos")))
                .toList();
    }

    private List<String> events() {
        return user().v1().events().inNamespace(namespace).list().getItems().stream()
                .map(e -> e.getReason())
                .toList();
    }

    /** Stands in for the controllers of workloads: says that all pods run. */
    protected void makeReady() {
        awaitChildren();
        markReady();
    }

    private void markReady() {
        user().apps().deployments().inNamespace(namespace).list().getItems().forEach(d -> user().resource(d)
                .editStatus(it -> {
                    int replicas = it.getSpec().getReplicas();
                    it.getStatus().setObservedGeneration(it.getMetadata().getGeneration());
                    it.getStatus().setReplicas(replicas);
                    it.getStatus().setUpdatedReplicas(replicas);
                    it.getStatus().setReadyReplicas(replicas);
                    it.getStatus().setAvailableReplicas(replicas);
                    return it;
                }));
        user().apps().statefulSets().inNamespace(namespace).list().getItems().forEach(s -> user().resource(s)
                .editStatus(it -> {
                    int replicas = it.getSpec().getReplicas();
                    it.getStatus().setObservedGeneration(it.getMetadata().getGeneration());
                    it.getStatus().setReplicas(replicas);
                    it.getStatus().setUpdatedReplicas(replicas);
                    it.getStatus().setReadyReplicas(replicas);
                    it.getStatus().setAvailableReplicas(replicas);
                    it.getStatus().setCurrentRevision("1");
                    it.getStatus().setUpdateRevision("1");
                    return it;
                }));
    }
}
