package io.paodin.monitoring.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What becomes of a StatefulSet whose claims are to be greater, on whatever API server. The test plays the controller of
 * StatefulSets and, where there is none, the garbage collector.
 */
abstract class ClaimGrowthContract {

    private static final Map<String, String> LABELS = Map.of("app", "ingestor");

    private final RequestLog log = new RequestLog();
    private final String id = UUID.randomUUID().toString().substring(0, 8);
    private final String namespace = "claims-" + id;

    /** A class of volumes that can grow. */
    private final String elastic = "elastic-" + id;

    /** A class of volumes that cannot. */
    private final String fixed = "fixed-" + id;

    private KubernetesClient others;
    private KubernetesClient ours;
    private ManifestApplier applier;
    private Owner owner;

    /** How to reach the server; no controller of StatefulSets runs there. */
    abstract Config server();

    @BeforeEach
    void prepare() {
        var config = new ConfigBuilder(server()).withRequestRetryBackoffLimit(0).build();
        others = new KubernetesClientBuilder().withConfig(config).build();
        ours = new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor("log", log))
                .build();
        applier = new ManifestApplier(ours, "paodin-monitoring", "monitoring.paodin.io/", (kind, result) -> {});
        create(new NamespaceBuilder()
                .withNewMetadata()
                .withName(namespace)
                .endMetadata()
                .build());
        create(new ServiceAccountBuilder()
                .withNewMetadata()
                .withName("default")
                .withNamespace(namespace)
                .endMetadata()
                .build());
        createClass(elastic, true);
        createClass(fixed, false);
        owner = Owner.of(create(new ConfigMapBuilder()
                .withNewMetadata()
                .withName("central")
                .withNamespace(namespace)
                .endMetadata()
                .build()));
    }

    @AfterEach
    void cleanUp() {
        others.storage().v1().storageClasses().withName(elastic).delete();
        others.storage().v1().storageClasses().withName(fixed).delete();
        others.namespaces().withName(namespace).delete();
        ours.close();
        others.close();
    }

    @Test
    void letsTheClaimsGrowAndCreatesTheStatefulSetAnewAroundItsPods() {
        running(set("1Gi"));
        var before = live();
        var pods = pods();

        var outcome = apply(set("2Gi"));

        assertThat(log.writes())
                .containsExactly(
                        "PATCH " + claimPath("data-ingestor-0"),
                        "PATCH " + claimPath("data-ingestor-1"),
                        "DELETE " + setPath());
        assertThat(outcome.with(Result.CONFIGURED))
                .extracting(Applied::kind, Applied::name)
                .containsExactly(
                        tuple("PersistentVolumeClaim", "data-ingestor-0"),
                        tuple("PersistentVolumeClaim", "data-ingestor-1"));
        assertThat(outcome.with(Result.RECREATING)).extracting(Applied::name).containsExactly("ingestor");
        assertThat(outcome.isComplete()).isFalse();
        assertThat(outcome.failure()).isEmpty();
        assertThat(requested("data-ingestor-0")).isEqualTo("2Gi");
        assertThat(requested("data-ingestor-1")).isEqualTo("2Gi");

        collectGarbage();
        assertThat(apply(set("2Gi")).with(Result.CREATED)).hasSize(1);
        assertThat(live().getMetadata().getUid())
                .isNotEqualTo(before.getMetadata().getUid());
        assertThat(template(live())).isEqualTo("2Gi");
        assertThat(pods()).isEqualTo(pods);
        assertThat(apply(set("2Gi")).isComplete()).isTrue();
        assertThat(log.requests()).isEmpty();
    }

    @Test
    void deletesNothingWhenAClaimMayNotGrow() {
        running(set("1Gi"));
        replaceClaim("data-ingestor-1", fixed);
        var before = live();

        var outcome = apply(set("2Gi"));

        assertThat(outcome.with(Result.REJECTED)).singleElement().satisfies(refused -> {
            assertThat(refused.name()).isEqualTo("data-ingestor-1");
            assertThat(refused.message()).contains("the storageclass that provisions the pvc must support resize");
        });
        assertThat(outcome.with(Result.WITHHELD)).extracting(Applied::name).containsExactly("ingestor");
        assertThat(outcome.isComplete()).isFalse();
        assertThat(requested("data-ingestor-0")).isEqualTo("2Gi");
        assertThat(requested("data-ingestor-1")).isEqualTo("1Gi");
        assertThat(live()).isEqualTo(before);

        others.storage().v1().storageClasses().withName(fixed).edit(one -> new StorageClassBuilder(one)
                .withAllowVolumeExpansion(true)
                .build());
        await().atMost(Duration.ofSeconds(20))
                .until(() -> !apply(set("2Gi")).with(Result.RECREATING).isEmpty());
        assertThat(requested("data-ingestor-1")).isEqualTo("2Gi");
    }

    @Test
    void isDoneOnceTheChangeIsUndoneAfterARefusal() {
        running(set("1Gi"));
        replaceClaim("data-ingestor-1", fixed);
        apply(set("2Gi"));

        assertThat(apply(set("1Gi")).isComplete()).isTrue();
        assertThat(log.requests()).isEmpty();
        assertThat(requested("data-ingestor-0")).isEqualTo("2Gi");
    }

    @Test
    void touchesOnlyClaimsOfTheStatefulSetThatAreSmallerAndStay() {
        running(set("1Gi"));
        claim("data-ingestor-7", LABELS, elastic, "1Gi");
        claim("data-ingestor-8", LABELS, elastic, "9Gi");
        claim("data-ingestor-01", LABELS, elastic, "1Gi");
        claim("data-ingestor-x-0", LABELS, elastic, "1Gi");
        claim("tsdb-ingestor-0", LABELS, elastic, "1Gi");
        claim("data-ingestor-9", Map.of("app", "other"), elastic, "1Gi");
        var ended = "data-ingestor-6";
        claim(ended, LABELS, elastic, "1Gi");
        editClaim(ended, one -> one.getMetadata().getFinalizers().add("example.com/hold"));
        others.persistentVolumeClaims().inNamespace(namespace).withName(ended).delete();

        var outcome = apply(set("2Gi"));

        assertThat(outcome.with(Result.CONFIGURED))
                .extracting(Applied::name)
                .containsExactly("data-ingestor-0", "data-ingestor-1", "data-ingestor-7");
        assertThat(log.writes()).hasSize(4);
        editClaim(ended, one -> one.getMetadata().setFinalizers(List.of()));
    }

    @Test
    void letsAClaimGrowOnceItHasAVolume() {
        running(set("1Gi"));
        create(unbound("data-ingestor-2", LABELS, elastic, "1Gi"));

        assertThat(apply(set("2Gi")).with(Result.RECREATING)).hasSize(1);
        collectGarbage();
        apply(set("2Gi"));
        assertThat(apply(set("2Gi")).isComplete()).isTrue();
        assertThat(requested("data-ingestor-2")).isEqualTo("1Gi");
        assertThat(log.requests()).isEmpty();

        bind("data-ingestor-2", "1Gi");
        var outcome = apply(set("2Gi"));
        assertThat(outcome.isComplete()).isTrue();
        assertThat(log.requests()).containsExactly("PATCH " + claimPath("data-ingestor-2"));
        assertThat(requested("data-ingestor-2")).isEqualTo("2Gi");
    }

    @Test
    void doesNotTouchTheClaimsOfAnothersStatefulSet() {
        var theirs = set("1Gi");
        theirs.getMetadata().setNamespace(namespace);
        create(theirs);
        play();

        var outcome = apply(set("2Gi"));

        assertThat(outcome.objects()).extracting(Applied::result).containsExactly(Result.FOREIGN);
        assertThat(log.writes()).isEmpty();
    }

    @Test
    void claimsDoNotShrink() {
        running(set("2Gi"));
        log.clear();

        var outcome = apply(set("1Gi"));

        assertThat(outcome.with(Result.IMMUTABLE)).singleElement().satisfies(applied -> assertThat(applied.message())
                .contains("claims cannot shrink")
                .contains("1Gi of storage instead of 2Gi")
                .contains("kubectl delete statefulset ingestor --namespace " + namespace + " --cascade=orphan"));
        assertThat(log.requests()).isEmpty();
        assertThat(apply(set("2Gi")).isComplete()).isTrue();
    }

    @Test
    void otherSettingsOfClaimsAreForAPersonToDecide() {
        running(set("1Gi"));
        var changed = set("2Gi");
        changed.getSpec().getVolumeClaimTemplates().get(0).getSpec().setStorageClassName(fixed);

        var outcome = apply(changed);

        assertThat(outcome.with(Result.IMMUTABLE)).singleElement().satisfies(applied -> assertThat(applied.message())
                .contains("spec.volumeClaimTemplates[data].spec.storageClassName")
                .contains("--cascade=orphan"));
        assertThat(log.writes()).containsExactly("PATCH " + setPath());
        assertThat(requested("data-ingestor-0")).isEqualTo("1Gi");
    }

    @Test
    void aSettingThatIsTakenAwayIsAChangeToo() {
        var labelled = set("1Gi");
        labelled.getSpec().getVolumeClaimTemplates().get(0).getMetadata().setLabels(Map.of("team", "a"));
        running(labelled);

        var outcome = apply(set("2Gi"));

        assertThat(outcome.with(Result.IMMUTABLE)).singleElement().satisfies(applied -> assertThat(applied.message())
                .contains("spec.volumeClaimTemplates[data].metadata.labels"));
        assertThat(requested("data-ingestor-0")).isEqualTo("1Gi");
    }

    @Test
    void otherVolumesNeedOtherPods() {
        running(set("1Gi"));
        var renamed = set("1Gi");
        renamed.getSpec().getVolumeClaimTemplates().get(0).getMetadata().setName("tsdb");

        assertThat(apply(renamed).with(Result.IMMUTABLE)).singleElement().satisfies(applied -> assertThat(
                        applied.message())
                .contains("[tsdb] instead of [data]")
                .contains("kubectl delete statefulset ingestor --namespace " + namespace + ",")
                .contains("kept, with their data"));

        apply(withRetention(set("1Gi"), "Delete"));
        assertThat(apply(withRetention(renamed, "Delete")).with(Result.IMMUTABLE))
                .singleElement()
                .satisfies(applied -> assertThat(applied.message()).contains("deleted with all data"));
    }

    @Test
    void aDeletionThatFailsIsTriedAgain() {
        running(set("1Gi"));
        log.lose(request -> request.startsWith("DELETE "));

        assertThat(apply(set("2Gi")).failure()).isPresent();

        log.clear();
        assertThat(apply(set("2Gi")).with(Result.RECREATING)).hasSize(1);
        assertThat(log.writes()).containsExactly("DELETE " + setPath());
    }

    @Test
    void staysAsItIsWhenTheChangeIsUndoneBeforeTheDeletion() {
        running(set("1Gi"));
        log.lose(request -> request.startsWith("DELETE "));
        apply(set("2Gi"));
        var before = live();

        assertThat(apply(set("1Gi")).isComplete()).isTrue();

        assertThat(live()).isEqualTo(before);
        assertThat(requested("data-ingestor-0")).isEqualTo("2Gi");
    }

    @Test
    void isCreatedAsItIsWantedThenWhenTheChangeIsUndoneAfterTheDeletion() {
        running(set("1Gi"));
        apply(set("2Gi"));
        collectGarbage();

        assertThat(apply(set("1Gi")).with(Result.CREATED)).hasSize(1);

        assertThat(template(live())).isEqualTo("1Gi");
        assertThat(apply(set("1Gi")).isComplete()).isTrue();
    }

    @Test
    void isDeletedWithItsPodsWhenItIsNoLongerWantedInTheMiddle() {
        running(set("1Gi"));
        // As it is until the garbage collector has let go of the pods.
        var deletedAlone = live();
        deletedAlone.getMetadata().setDeletionTimestamp("2026-01-01T00:00:00Z");
        deletedAlone.getMetadata().setFinalizers(List.of("orphan"));
        log.clearRequests();

        var outcome =
                applier.apply(owner, List.of(), List.of(), object -> false, new Seen(List.of(deletedAlone), List.of()));

        assertThat(outcome.with(Result.PRUNED)).extracting(Applied::name).containsExactly("ingestor");
        assertThat(log.writes()).containsExactly("DELETE " + setPath());
        assertThat(live()).isNull();
    }

    @Test
    void lettingGoOfClaimsComesBeforeTheDeletion() {
        running(withRetention(set("1Gi"), "Delete"));
        claim("data-ingestor-7", LABELS, elastic, "1Gi");
        refer("data-ingestor-7");
        refer("data-ingestor-0");

        apply(withRetention(set("2Gi"), "Delete"));
        assertThat(live().getSpec().getPersistentVolumeClaimRetentionPolicy().getWhenDeleted())
                .isEqualTo("Retain");
        assertThat(log.writes()).contains("PATCH " + setPath()).doesNotContain("DELETE " + setPath());

        // Its controller has not seen it yet.
        assertThat(apply(withRetention(set("2Gi"), "Delete")).with(Result.RECREATING))
                .hasSize(1);
        assertThat(log.writes()).isEmpty();

        observe();
        apply(withRetention(set("2Gi"), "Delete"));
        assertThat(log.writes())
                .containsExactlyInAnyOrder(
                        "PATCH " + claimPath("data-ingestor-0"),
                        "PATCH " + claimPath("data-ingestor-7"),
                        "DELETE " + setPath());
        assertThat(references("data-ingestor-0")).isEmpty();
        assertThat(references("data-ingestor-7")).isEmpty();

        collectGarbage();
        apply(withRetention(set("2Gi"), "Delete"));
        assertThat(live().getSpec().getPersistentVolumeClaimRetentionPolicy().getWhenDeleted())
                .isEqualTo("Delete");
        assertThat(others.persistentVolumeClaims().inNamespace(namespace).list().getItems())
                .hasSize(3);
    }

    @Test
    void takesTheRetentionPolicyBackWhenTheChangeIsUndoneInTheMiddle() {
        running(withRetention(set("1Gi"), "Delete"));
        apply(withRetention(set("2Gi"), "Delete"));

        assertThat(apply(withRetention(set("1Gi"), "Delete")).isComplete()).isTrue();

        assertThat(live().getSpec().getPersistentVolumeClaimRetentionPolicy().getWhenDeleted())
                .isEqualTo("Delete");
    }

    @Test
    void keepsTheCountOfAScaler() {
        running(withoutReplicas(set("1Gi")));
        others.apps().statefulSets().inNamespace(namespace).withName("ingestor").scale(3);
        play();
        apply(withoutReplicas(set("2Gi")));
        collectGarbage();

        apply(withoutReplicas(set("2Gi")));

        assertThat(live().getSpec().getReplicas()).isEqualTo(3);
        assertThat(apply(withoutReplicas(set("2Gi"))).isComplete()).isTrue();
        assertThat(log.requests()).isEmpty();
        others.apps().statefulSets().inNamespace(namespace).withName("ingestor").scale(4);
        assertThat(apply(withImage(withoutReplicas(set("2Gi")))).isComplete()).isTrue();
        assertThat(live().getSpec().getReplicas()).isEqualTo(4);
    }

    @Test
    void keepsTheCountOfAScalerWhenItIsInterruptedWhileCreating() {
        running(withoutReplicas(set("1Gi")));
        others.apps().statefulSets().inNamespace(namespace).withName("ingestor").scale(3);
        play();
        apply(withoutReplicas(set("2Gi")));
        collectGarbage();
        // The list of pods and the creation succeed.
        log.clear();
        log.lose(request -> log.requests().size() > 2);
        applier.apply(owner, List.of(withoutReplicas(set("2Gi"))), List.of(), object -> false, seen());
        assertThat(live().getSpec().getReplicas()).isEqualTo(3);

        apply(withImage(withoutReplicas(set("2Gi"))));

        assertThat(live().getSpec().getReplicas()).isEqualTo(3);
    }

    @Test
    void waitsForAPodWhereAScalerHasLeftNone() {
        running(withoutReplicas(set("1Gi")));
        others.apps().statefulSets().inNamespace(namespace).withName("ingestor").scale(0);
        observe();

        var outcome = apply(withoutReplicas(set("2Gi")));

        assertThat(outcome.with(Result.RECREATING)).singleElement().satisfies(applied -> assertThat(applied.message())
                .contains("count of 0"));
        assertThat(live().isMarkedForDeletion()).isFalse();
        assertThat(requested("data-ingestor-0")).isEqualTo("2Gi");
    }

    private StatefulSet set(String size) {
        return new StatefulSetBuilder()
                .withNewMetadata()
                .withName("ingestor")
                .addToLabels("app.kubernetes.io/managed-by", "paodin-monitoring")
                .endMetadata()
                .withNewSpec()
                .withReplicas(2)
                .withServiceName("ingestor")
                .withPodManagementPolicy("Parallel")
                .withNewPersistentVolumeClaimRetentionPolicy("Retain", "Retain")
                .withNewSelector()
                .withMatchLabels(LABELS)
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(LABELS)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("thanos")
                .withImage("thanos:1")
                .endContainer()
                .endSpec()
                .endTemplate()
                .addNewVolumeClaimTemplate()
                .withNewMetadata()
                .withName("data")
                .endMetadata()
                .withNewSpec()
                .withAccessModes("ReadWriteOnce")
                .withStorageClassName(elastic)
                .withNewResources()
                .addToRequests("storage", new Quantity(size))
                .endResources()
                .endSpec()
                .endVolumeClaimTemplate()
                .endSpec()
                .build();
    }

    private static StatefulSet withRetention(StatefulSet set, String whenDeleted) {
        set.getSpec().getPersistentVolumeClaimRetentionPolicy().setWhenDeleted(whenDeleted);
        return set;
    }

    private static StatefulSet withoutReplicas(StatefulSet set) {
        set.getSpec().setReplicas(null);
        return set;
    }

    private static StatefulSet withImage(StatefulSet set) {
        set.getSpec().getTemplate().getSpec().getContainers().get(0).setImage("thanos:2");
        return set;
    }

    private Outcome apply(HasMetadata... manifests) {
        log.clearRequests();
        return applier.apply(owner, List.of(manifests), List.of(), object -> false, seen());
    }

    private Seen seen() {
        return Seen.now(others, namespace);
    }

    /** Applies it for the first time, and has it come to rest. */
    private void running(StatefulSet set) {
        assertThat(apply(set).isComplete()).isTrue();
        play();
    }

    /** What the controller of StatefulSets does. */
    private void play() {
        var set = live();
        for (int ordinal = 0; ordinal < set.getSpec().getReplicas(); ordinal++) {
            var claim = "data-ingestor-" + ordinal;
            if (liveClaim(claim) == null) {
                claim(claim, LABELS, elastic, template(set));
            }
            var pod = pod("ingestor-" + ordinal, set);
            if (others.resource(pod).get() == null) {
                create(pod);
            }
        }
        observe();
    }

    private void observe() {
        others.apps()
                .statefulSets()
                .inNamespace(namespace)
                .withName("ingestor")
                .editStatus(set -> new StatefulSetBuilder(set)
                        .editOrNewStatus()
                        .withReplicas(set.getSpec().getReplicas())
                        .withObservedGeneration(set.getMetadata().getGeneration())
                        .endStatus()
                        .build());
    }

    /** What the garbage collector does with a StatefulSet that is deleted without its dependents. */
    private void collectGarbage() {
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            try {
                others.pods().inNamespace(namespace).list().getItems().stream()
                        .filter(pod -> !pod.getMetadata().getOwnerReferences().isEmpty())
                        .forEach(pod -> others.resource(pod).edit(one -> {
                            one.getMetadata().setOwnerReferences(List.of());
                            return one;
                        }));
                var set = live();
                if (set != null) {
                    others.resource(set).edit(one -> {
                        one.getMetadata().getFinalizers().remove("orphan");
                        return one;
                    });
                }
            } catch (KubernetesClientException e) {
                // There is a garbage collector, and it is faster.
            }
            return live() == null;
        });
    }

    private StatefulSet live() {
        return others.apps()
                .statefulSets()
                .inNamespace(namespace)
                .withName("ingestor")
                .get();
    }

    private List<String> pods() {
        return others.pods().inNamespace(namespace).list().getItems().stream()
                .map(pod ->
                        pod.getMetadata().getName() + " " + pod.getMetadata().getUid())
                .toList();
    }

    private static String template(StatefulSet set) {
        return StorageRequest.of(set.getSpec().getVolumeClaimTemplates().get(0)).toString();
    }

    private PersistentVolumeClaim liveClaim(String name) {
        return others.persistentVolumeClaims()
                .inNamespace(namespace)
                .withName(name)
                .get();
    }

    private String requested(String claim) {
        return StorageRequest.of(liveClaim(claim)).toString();
    }

    private List<OwnerReference> references(String claim) {
        return liveClaim(claim).getMetadata().getOwnerReferences();
    }

    private PersistentVolumeClaim claim(String name, Map<String, String> labels, String storageClass, String size) {
        create(unbound(name, labels, storageClass, size));
        bind(name, size);
        return liveClaim(name);
    }

    private void bind(String name, String size) {
        others.persistentVolumeClaims()
                .inNamespace(namespace)
                .withName(name)
                .editStatus(claim -> new PersistentVolumeClaimBuilder(claim)
                        .editOrNewStatus()
                        .withPhase("Bound")
                        .withAccessModes("ReadWriteOnce")
                        .addToCapacity("storage", new Quantity(size))
                        .endStatus()
                        .build());
    }

    private void replaceClaim(String name, String storageClass) {
        others.persistentVolumeClaims().inNamespace(namespace).withName(name).delete();
        if (liveClaim(name) != null) {
            // Held by what protects claims in use.
            editClaim(name, one -> one.getMetadata().setFinalizers(List.of()));
        }
        claim(name, LABELS, storageClass, "1Gi");
    }

    private void editClaim(String name, Consumer<PersistentVolumeClaim> change) {
        others.persistentVolumeClaims().inNamespace(namespace).withName(name).edit(claim -> {
            change.accept(claim);
            return claim;
        });
    }

    /** As the controller does where claims are to go with the StatefulSet. */
    private void refer(String claim) {
        var set = live();
        editClaim(claim, one -> one.getMetadata().setOwnerReferences(List.of(reference(set))));
    }

    private static OwnerReference reference(StatefulSet set) {
        return new OwnerReferenceBuilder()
                .withApiVersion("apps/v1")
                .withKind("StatefulSet")
                .withName(set.getMetadata().getName())
                .withUid(set.getMetadata().getUid())
                .withController(true)
                .withBlockOwnerDeletion(true)
                .build();
    }

    private PersistentVolumeClaim unbound(String name, Map<String, String> labels, String storageClass, String size) {
        return new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .withLabels(labels)
                .endMetadata()
                .withNewSpec()
                .withAccessModes("ReadWriteOnce")
                .withStorageClassName(storageClass)
                .withNewResources()
                .addToRequests("storage", new Quantity(size))
                .endResources()
                .endSpec()
                .build();
    }

    private Pod pod(String name, StatefulSet set) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .withLabels(LABELS)
                .withOwnerReferences(reference(set))
                .endMetadata()
                .withNewSpec()
                .withAutomountServiceAccountToken(false)
                .addNewContainer()
                .withName("thanos")
                .withImage("thanos:1")
                .endContainer()
                .endSpec()
                .build();
    }

    private void createClass(String name, boolean grows) {
        create(new StorageClassBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withProvisioner("example.com/none")
                .withAllowVolumeExpansion(grows)
                .withVolumeBindingMode("WaitForFirstConsumer")
                .build());
    }

    private <T extends HasMetadata> T create(T object) {
        return others.resource(object).create();
    }

    private String claimPath(String name) {
        return "/api/v1/namespaces/%s/persistentvolumeclaims/%s".formatted(namespace, name);
    }

    private String setPath() {
        return "/apis/apps/v1/namespaces/%s/statefulsets/ingestor".formatted(namespace);
    }
}
