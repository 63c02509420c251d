package io.paodin.monitoring.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the tests of this project rely on in an API server: true of a real one, so it has to be true of ours. */
abstract class KubernetesContract {

    private static final String US = "paodin-monitoring";
    private static final String OTHER = "someone-else";

    private KubernetesClient client;
    private String namespace;

    /** A client that does not retry; it stays open. */
    abstract KubernetesClient client();

    @BeforeEach
    void createNamespace() {
        client = client();
        namespace = "contract-" + UUID.randomUUID().toString().substring(0, 8);
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .create();
    }

    @AfterEach
    void deleteNamespace() {
        client.namespaces().withName(namespace).delete();
    }

    @Test
    void createsAndReadsAndReplacesAndDeletes() {
        ConfigMap created = client.resource(configMap("a", "x", "1")).create();
        assertThat(created.getMetadata().getUid()).isNotBlank();
        assertThat(created.getMetadata().getCreationTimestamp()).isNotBlank();

        created.setData(Map.of("x", "2"));
        ConfigMap replaced = client.resource(created).update();
        assertThat(version(replaced)).isGreaterThan(version(created));
        assertThat(read("a").getData()).isEqualTo(Map.of("x", "2"));

        client.resource(replaced).delete();
        assertThat(read("a")).isNull();
    }

    @Test
    void refusesASecondObjectOfTheSameName() {
        client.resource(configMap("a", "x", "1")).create();

        assertThat(failure(() -> client.resource(configMap("a", "x", "2")).create()))
                .satisfies(e -> assertThat(e.getCode()).isEqualTo(409))
                .satisfies(e -> assertThat(e.getStatus().getReason()).isEqualTo("AlreadyExists"));
    }

    @Test
    void refusesObjectsInAMissingNamespace() {
        ConfigMap lost = configMap("a", "x", "1");
        lost.getMetadata().setNamespace("contract-nowhere");

        var failure = failure(() -> client.resource(lost).create());

        assertThat(failure.getCode()).isEqualTo(404);
        assertThat(failure.getMessage()).contains("namespaces \"contract-nowhere\" not found");
        assertThat(failure(() -> apply(client, lost, US)).getCode()).isEqualTo(404);
    }

    @Test
    void makesUpNames() {
        ConfigMap unnamed = configMap(null, "x", "1");
        unnamed.getMetadata().setGenerateName("some-");

        String first = client.resource(unnamed).create().getMetadata().getName();
        String second = client.resource(unnamed).create().getMetadata().getName();

        assertThat(first).startsWith("some-").isNotEqualTo(second);
    }

    @Test
    void refusesAReplacementOfAnOldVersion() {
        ConfigMap old = client.resource(configMap("a", "x", "1")).create();
        client.resource(configMap("a", "x", "2")).update();

        old.setData(Map.of("x", "3"));
        assertThat(failure(() -> client.resource(old).update()).getCode()).isEqualTo(409);
    }

    @Test
    void doesNotCountAWriteThatChangesNothing() {
        Deployment created = client.resource(deployment("d", "image:1")).create();

        Deployment replaced =
                client.resource(deployment("d", "image:1")).unlock().update();
        assertThat(replaced.getMetadata().getGeneration()).isEqualTo(1);
        assertThat(replaced.getSpec()).isEqualTo(created.getSpec());

        Deployment applied = apply(client, deployment("e", "image:1"), US);
        Deployment again = apply(client, deployment("e", "image:1"), US);
        assertThat(again.getMetadata().getGeneration()).isEqualTo(1);
        assertThat(again.getMetadata().getManagedFields().stream()
                        .filter(entry -> entry.getManager().equals(US)))
                .isEqualTo(applied.getMetadata().getManagedFields().stream()
                        .filter(entry -> entry.getManager().equals(US))
                        .toList());
    }

    @Test
    void countsChangesOfTheSpecAsGenerations() {
        Deployment created = client.resource(deployment("d", "image:1")).create();
        assertThat(created.getMetadata().getGeneration()).isEqualTo(1);

        assertThat(client.resource(deployment("d", "image:2")).update().getMetadata())
                .satisfies(metadata -> assertThat(metadata.getGeneration()).isEqualTo(2));
        Deployment labelled = client.resource(deployment("d", "image:2")).edit(d -> {
            d.getMetadata().setLabels(Map.of("a", "b"));
            return d;
        });
        assertThat(labelled.getMetadata().getGeneration()).isEqualTo(2);
    }

    @Test
    void fillsInDefaults() {
        Deployment deployment = client.resource(deployment("d", "image:1")).create();
        assertThat(deployment.getSpec().getReplicas()).isEqualTo(1);
        assertThat(deployment.getSpec().getStrategy().getType()).isEqualTo("RollingUpdate");
        var container =
                deployment.getSpec().getTemplate().getSpec().getContainers().get(0);
        assertThat(container.getImagePullPolicy()).isEqualTo("IfNotPresent");
        assertThat(container.getPorts().get(0).getProtocol()).isEqualTo("TCP");

        Service service = client.resource(service("s")).create();
        assertThat(service.getSpec().getType()).isEqualTo("ClusterIP");
        assertThat(service.getSpec().getClusterIP()).matches("[0-9.]+");
        assertThat(service.getSpec().getPorts().get(0).getTargetPort().getIntVal())
                .isEqualTo(80);
    }

    @Test
    void createsByApplying() {
        ConfigMap applied = apply(client, configMap("a", "x", "1"), US);

        assertThat(applied.getMetadata().getUid()).isNotBlank();
        assertThat(applied.getMetadata().getManagedFields())
                .singleElement()
                .satisfies(entry -> assertThat(entry.getManager()).isEqualTo(US))
                .satisfies(entry -> assertThat(entry.getOperation()).isEqualTo("Apply"))
                .satisfies(entry -> assertThat(entry.getFieldsV1().getAdditionalProperties())
                        .isEqualTo(Map.of("f:data", Map.of("f:x", Map.of()))));
    }

    @Test
    void dropsFieldsThatAreNoLongerApplied() {
        ConfigMap both = configMap("a", "x", "1");
        both.setData(Map.of("x", "1", "y", "1"));
        both.getMetadata().setLabels(Map.of("l", "1"));
        apply(client, both, US);
        apply(client, configMap("a", "z", "1"), OTHER);

        ConfigMap applied = apply(client, configMap("a", "x", "2"), US);

        assertThat(applied.getData()).isEqualTo(Map.of("x", "2", "z", "1"));
        assertThat(applied.getMetadata().getLabels()).isNullOrEmpty();
    }

    @Test
    void keepsAFieldThatAnotherManagerApplies() {
        apply(client, deployment("d", "image:1", 2), US);
        apply(client, replicas("d", 5), OTHER);

        Deployment applied = apply(client, deployment("d", "image:2"), US);

        assertThat(applied.getSpec().getReplicas()).isEqualTo(5);
        assertThat(image(applied)).isEqualTo("image:2");
    }

    @Test
    void keepsAFieldThatAnotherManagerUpdates() {
        apply(client, deployment("d", "image:1", 2), US);
        client.apps().deployments().inNamespace(namespace).withName("d").scale(4);

        Deployment applied = apply(client, deployment("d", "image:1"), US);

        assertThat(applied.getSpec().getReplicas()).isEqualTo(4);
    }

    @Test
    void dropsAFieldThatItAloneOwnsToItsDefault() {
        apply(client, deployment("d", "image:1", 3), US);

        assertThat(apply(client, deployment("d", "image:1"), US).getSpec().getReplicas())
                .isEqualTo(1);
    }

    @Test
    void keepsContainersOfOthers() {
        apply(client, deployment("d", "image:1"), US);
        Deployment sidecar = deployment("d", "other:1");
        sidecar.getSpec().getTemplate().getSpec().getContainers().get(0).setName("sidecar");
        apply(client, sidecar, OTHER);

        Deployment applied = apply(client, deployment("d", "image:2"), US);

        assertThat(applied.getSpec().getTemplate().getSpec().getContainers())
                .extracting(container -> container.getName() + " " + container.getImage())
                .containsExactlyInAnyOrder("main image:2", "sidecar other:1");
    }

    @Test
    void tellsConflictsUnlessForced() {
        apply(client, configMap("a", "x", "1"), OTHER);

        var failure = failure(
                () -> client.resource(configMap("a", "x", "2")).fieldManager(US).serverSideApply());

        assertThat(failure.getCode()).isEqualTo(409);
        assertThat(failure.getMessage()).contains("conflict with \"someone-else\": .data.x");
        assertThat(apply(client, configMap("a", "x", "2"), US).getData()).isEqualTo(Map.of("x", "2"));
        assertThat(read("a").getMetadata().getManagedFields())
                .extracting(ManagedFieldsEntry::getManager)
                .containsExactly(US);
    }

    @Test
    void createsOnlyWithResourceVersionOne() {
        ConfigMap createOnly = configMap("a", "x", "1");
        createOnly.getMetadata().setResourceVersion("1"); // the version of no object, ever

        apply(client, createOnly, US);

        assertThat(failure(() -> apply(client, createOnly, US)).getCode()).isEqualTo(409);
        assertThat(failure(() -> apply(client, createOnly, OTHER)).getCode()).isEqualTo(409);
        assertThat(read("a").getMetadata().getManagedFields()).hasSize(1);
    }

    @Test
    void appliesOnlyToTheUidThatIsNamed() {
        ConfigMap live = apply(client, configMap("a", "x", "1"), US);
        ConfigMap wanted = configMap("a", "x", "2");

        wanted.getMetadata().setUid(UUID.randomUUID().toString());
        var failure = failure(() -> apply(client, wanted, US));
        assertThat(failure.getCode()).isEqualTo(422);
        assertThat(failure.getMessage()).contains("metadata.uid: Invalid value").contains("field is immutable");

        wanted.getMetadata().setUid(live.getMetadata().getUid());
        assertThat(apply(client, wanted, US).getData()).isEqualTo(Map.of("x", "2"));

        wanted.getMetadata().setName("absent");
        assertThat(failure(() -> apply(client, wanted, US)).getCode()).isEqualTo(409);
    }

    @Test
    void patches() {
        apply(client, deployment("d", "image:1"), US);
        var resource = client.apps().deployments().inNamespace(namespace).withName("d");

        resource.patch(PatchContext.of(PatchType.STRATEGIC_MERGE), """
                {"spec": {"template": {"spec": {"containers": [{"name": "main", "image": "image:2"}]}}}}
                """);
        assertThat(image(resource.get())).isEqualTo("image:2");
        assertThat(resource.get()
                        .getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .get(0)
                        .getPorts())
                .hasSize(1);

        resource.patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\": {\"labels\": {\"a\": \"b\"}}}");
        resource.patch(
                PatchContext.of(PatchType.JSON),
                "[{\"op\": \"test\", \"path\": \"/metadata/labels/a\", \"value\": \"b\"},"
                        + " {\"op\": \"replace\", \"path\": \"/spec/replicas\", \"value\": 7},"
                        + " {\"op\": \"remove\", \"path\": \"/metadata/labels/a\"}]");
        assertThat(resource.get().getSpec().getReplicas()).isEqualTo(7);
        assertThat(resource.get().getMetadata().getLabels()).isNullOrEmpty();
        assertThat(failure(() -> resource.patch(
                                PatchContext.of(PatchType.JSON_MERGE),
                                "{\"metadata\": {\"resourceVersion\": \"2\", \"labels\": {\"a\": \"c\"}}}"))
                        .getCode())
                .isEqualTo(409);
    }

    @Test
    void refusesChangesOfImmutableFields() {
        apply(client, statefulSet("s"), US);
        StatefulSet changed = statefulSet("s");
        changed.getSpec().setServiceName("other");
        assertThat(failure(() -> apply(client, changed, US)))
                .satisfies(e -> assertThat(e.getCode()).isEqualTo(422))
                .satisfies(e -> assertThat(e.getStatus().getReason()).isEqualTo("Invalid"))
                .satisfies(e -> assertThat(e.getStatus().getDetails().getCauses())
                        .singleElement()
                        .satisfies(cause -> assertThat(cause.getField()).isEqualTo("spec.serviceName")))
                .satisfies(e -> assertThat(e.getMessage())
                        .contains("StatefulSet.apps \"s\" is invalid: spec.serviceName: Invalid value: \"other\":"
                                + " field is immutable"));

        apply(client, deployment("d", "image:1"), US);
        Deployment moved = deployment("d", "image:1");
        moved.getSpec().getSelector().setMatchLabels(Map.of("app", "moved"));
        moved.getSpec().getTemplate().getMetadata().setLabels(Map.of("app", "moved"));
        assertThat(failure(() -> apply(client, moved, US)))
                .satisfies(e -> assertThat(e.getCode()).isEqualTo(422))
                .satisfies(e -> assertThat(e.getMessage()).contains("spec.selector: Invalid value: "))
                .satisfies(e -> assertThat(e.getMessage()).contains("field is immutable"));
    }

    @Test
    void writesTheStatusThroughItsSubresourceOnly() {
        apply(client, deployment("d", "image:1"), US);
        var resource = client.apps().deployments().inNamespace(namespace).withName("d");

        Deployment changed = resource.get();
        changed.getSpec().setReplicas(9);
        changed.getStatus().setCollisionCount(3);
        Deployment afterStatus = client.resource(changed).updateStatus();
        assertThat(afterStatus.getSpec().getReplicas()).isEqualTo(1);
        assertThat(afterStatus.getMetadata().getGeneration()).isEqualTo(1);
    }

    @Test
    void selectsByLabelsAndFields() {
        for (String name : List.of("a", "b", "c")) {
            ConfigMap map = configMap(name, "x", "1");
            map.getMetadata().setLabels(Map.of("name", name, "all", "yes"));
            client.resource(map).create();
        }
        var maps = client.configMaps().inNamespace(namespace);

        assertThat(names(maps.withLabel("name", "a").list().getItems())).containsExactly("a");
        assertThat(names(maps.withLabelIn("name", "a", "b").list().getItems())).containsExactly("a", "b");
        assertThat(names(maps.withLabelNotIn("name", "a", "b")
                        .withLabel("all")
                        .list()
                        .getItems()))
                .containsExactly("c");
        assertThat(names(maps.withoutLabel("name", "a")
                        .withLabel("all", "yes")
                        .list()
                        .getItems()))
                .containsExactly("b", "c");
        assertThat(names(maps.withField("metadata.name", "b").list().getItems()))
                .containsExactly("b");
    }

    @Test
    void watchesWhatEntersAndLeavesASelection() {
        List<String> events = new CopyOnWriteArrayList<>();
        Watch watch = client.configMaps()
                .inNamespace(namespace)
                .withLabel("watched", "yes")
                .watch(recorder(events));
        try (watch) {
            client.resource(labelled("a", "no")).create();
            client.resource(labelled("a", "yes")).update();
            ConfigMap changed = labelled("a", "yes");
            changed.setData(Map.of("x", "2"));
            client.resource(changed).update();
            client.resource(labelled("a", "no")).update();
            client.resource(labelled("b", "yes")).create();
            client.resource(labelled("b", "yes")).delete();

            await().untilAsserted(() ->
                    assertThat(events).containsExactly("ADDED a", "MODIFIED a", "DELETED a", "ADDED b", "DELETED b"));
        }
    }

    @Test
    void resumesAWatch() {
        ConfigMap first = client.resource(configMap("a", "x", "1")).create();
        client.resource(configMap("b", "x", "1")).create();
        List<String> events = new CopyOnWriteArrayList<>();

        Watch watch = client.configMaps()
                .inNamespace(namespace)
                .withResourceVersion(first.getMetadata().getResourceVersion())
                .watch(recorder(events));
        try (watch) {
            await().untilAsserted(() -> assertThat(events).contains("ADDED b"));
        }
        assertThat(events).doesNotContain("ADDED a");
    }

    @Test
    void feedsInformers() {
        client.resource(configMap("a", "x", "1")).create();
        try (var informer = client.configMaps().inNamespace(namespace).inform()) {
            assertThat(names(informer.getStore().list())).contains("a");
            client.resource(configMap("b", "x", "1")).create();
            await().untilAsserted(
                            () -> assertThat(names(informer.getStore().list())).contains("a", "b"));
            client.resource(configMap("a", "x", "1")).delete();
            await().untilAsserted(
                            () -> assertThat(names(informer.getStore().list())).doesNotContain("a"));
        }
    }

    @Test
    void deletesOnlyUnderThePreconditions() {
        ConfigMap live = client.resource(configMap("a", "x", "1")).create();
        ConfigMap other = configMap("a", "x", "1");
        other.getMetadata().setResourceVersion("2");

        assertThat(failure(() -> client.resource(other).lockResourceVersion().delete())
                        .getCode())
                .isEqualTo(409);
        assertThat(deleteWithUid("a", UUID.randomUUID().toString())).isEqualTo(409);
        assertThat(deleteWithUid("a", live.getMetadata().getUid())).isEqualTo(200);
        assertThat(read("a")).isNull();
    }

    @Test
    void waitsForFinalizers() {
        ConfigMap held = configMap("a", "x", "1");
        held.getMetadata().setFinalizers(List.of("example.com/hold"));
        client.resource(held).create();

        client.resource(held).delete();
        assertThat(read("a").getMetadata().getDeletionTimestamp()).isNotBlank();

        client.resource(held).edit(map -> {
            map.getMetadata().setFinalizers(List.of());
            return map;
        });
        assertThat(read("a")).isNull();
    }

    @Test
    void collectsWhatHasLostItsOwner() {
        ConfigMap owner = client.resource(configMap("owner", "x", "1")).create();
        client.resource(owned("child", owner, owner.getMetadata().getUid())).create();
        client.resource(owned("stranger", owner, UUID.randomUUID().toString())).create();

        await().untilAsserted(() -> assertThat(read("stranger")).isNull());
        assertThat(read("child")).isNotNull();
        client.resource(owner).delete();
        await().untilAsserted(() -> assertThat(read("child")).isNull());
    }

    @Test
    void keepsOrphans() {
        ConfigMap owner = client.resource(configMap("owner", "x", "1")).create();
        client.resource(owned("child", owner, owner.getMetadata().getUid())).create();

        client.resource(owner).withPropagationPolicy(DeletionPropagation.ORPHAN).delete();

        await().untilAsserted(() -> assertThat(read("owner")).isNull());
        assertThat(read("child").getMetadata().getOwnerReferences()).isEmpty();
    }

    @Test
    void deletesDependentsFirstInTheForeground() {
        ConfigMap owner = client.resource(configMap("owner", "x", "1")).create();
        ConfigMap child = owned("child", owner, owner.getMetadata().getUid());
        child.getMetadata().setFinalizers(List.of("example.com/hold"));
        client.resource(child).create();
        // The collector has to know the dependent before its owner goes.
        await().untilAsserted(() -> assertThat(read("child")).isNotNull());

        client.resource(owner)
                .withPropagationPolicy(DeletionPropagation.FOREGROUND)
                .delete();

        assertThat(read("owner").getMetadata().getFinalizers()).containsExactly("foregroundDeletion");
        assertThat(read("owner").getMetadata().getDeletionTimestamp()).isNotBlank();
        await().untilAsserted(() ->
                assertThat(read("child").getMetadata().getDeletionTimestamp()).isNotBlank());
        assertThat(read("owner")).isNotNull();

        client.resource(child).edit(map -> {
            map.getMetadata().setFinalizers(List.of());
            return map;
        });
        await().untilAsserted(() -> assertThat(read("owner")).isNull());
    }

    @Test
    void allowsToLookUpTheOwnRights() {
        var review = client.resource(
                        client.getKubernetesSerialization().unmarshal("""
                                apiVersion: authorization.k8s.io/v1
                                kind: SelfSubjectRulesReview
                                spec: {namespace: default}
                                """, GenericKubernetesResource.class))
                .create();

        assertThat(review.<List<Map<String, Object>>>get("status", "resourceRules"))
                .anySatisfy(rule -> assertThat(rule.get("verbs")).isEqualTo(List.of("*")));
    }

    private int deleteWithUid(String name, String uid) {
        String path = "/api/v1/namespaces/%s/configmaps/%s".formatted(namespace, name);
        String options = "{\"apiVersion\": \"v1\", \"kind\": \"DeleteOptions\", \"preconditions\": {\"uid\": \"%s\"}}"
                .formatted(uid);
        var request = client.getHttpClient()
                .newHttpRequestBuilder()
                .uri(client.getConfiguration().getMasterUrl().replaceAll("/$", "") + path)
                .method("DELETE", "application/json", options)
                .build();
        return client.getHttpClient().sendAsync(request, String.class).join().code();
    }

    private <T extends HasMetadata> T apply(KubernetesClient through, T object, String manager) {
        return through.resource(object).fieldManager(manager).forceConflicts().serverSideApply();
    }

    private ConfigMap read(String name) {
        return client.configMaps().inNamespace(namespace).withName(name).get();
    }

    private ConfigMap configMap(String name, String key, String value) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .endMetadata()
                .withData(Map.of(key, value))
                .build();
    }

    private ConfigMap labelled(String name, String watched) {
        ConfigMap map = configMap(name, "x", "1");
        map.getMetadata().setLabels(Map.of("watched", watched));
        return map;
    }

    private ConfigMap owned(String name, ConfigMap owner, String uid) {
        ConfigMap map = configMap(name, "x", "1");
        map.getMetadata()
                .setOwnerReferences(List.of(new OwnerReferenceBuilder()
                        .withApiVersion("v1")
                        .withKind("ConfigMap")
                        .withName(owner.getMetadata().getName())
                        .withUid(uid)
                        .withBlockOwnerDeletion(true)
                        .build()));
        return map;
    }

    private Deployment deployment(String name, String image, int replicas) {
        Deployment deployment = deployment(name, image);
        deployment.getSpec().setReplicas(replicas);
        return deployment;
    }

    private Deployment deployment(String name, String image) {
        return object(Deployment.class, """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: %s, namespace: %s}
                spec:
                  selector: {matchLabels: {app: d}}
                  template:
                    metadata: {labels: {app: d}}
                    spec:
                      containers:
                        - name: main
                          image: %s
                          ports: [{name: http, containerPort: 80}]
                """.formatted(name, namespace, image));
    }

    private GenericKubernetesResource replicas(String name, int replicas) {
        return object(GenericKubernetesResource.class, """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: %s, namespace: %s}
                spec: {replicas: %d}
                """.formatted(name, namespace, replicas));
    }

    private StatefulSet statefulSet(String name) {
        return object(StatefulSet.class, """
                apiVersion: apps/v1
                kind: StatefulSet
                metadata: {name: %s, namespace: %s}
                spec:
                  serviceName: s
                  selector: {matchLabels: {app: s}}
                  template:
                    metadata: {labels: {app: s}}
                    spec:
                      containers: [{name: main, image: 'image:1'}]
                """.formatted(name, namespace));
    }

    private Service service(String name) {
        return object(Service.class, """
                apiVersion: v1
                kind: Service
                metadata: {name: %s, namespace: %s}
                spec: {selector: {app: d}, ports: [{port: 80}]}
                """.formatted(name, namespace));
    }

    private <T> T object(Class<T> type, String yaml) {
        return client.getKubernetesSerialization().unmarshal(yaml, type);
    }

    private static String image(Deployment deployment) {
        return deployment
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .get(0)
                .getImage();
    }

    private static long version(HasMetadata object) {
        return Long.parseLong(object.getMetadata().getResourceVersion());
    }

    private static List<String> names(List<ConfigMap> maps) {
        return maps.stream()
                .map(map -> map.getMetadata().getName())
                .filter(name -> !name.equals("kube-root-ca.crt"))
                .sorted()
                .toList();
    }

    private static KubernetesClientException failure(ThrowingCallable call) {
        KubernetesClientException failure = catchThrowableOfType(KubernetesClientException.class, call);
        assertThat(failure).isNotNull();
        return failure;
    }

    private static Watcher<ConfigMap> recorder(List<String> events) {
        return new Watcher<>() {
            @Override
            public void eventReceived(Action action, ConfigMap map) {
                if (!map.getMetadata().getName().equals("kube-root-ca.crt")) {
                    events.add(action + " " + map.getMetadata().getName());
                }
            }

            @Override
            public void onClose(WatcherException cause) {
                events.add("closed " + cause);
            }
        };
    }
}
