package io.paodin.monitoring.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What applying means, on whatever API server: the embedded one in every build, a real one where there is one. */
abstract class ApplierContract {

    private static final Predicate<HasMetadata> KEEP_NOTHING = object -> false;

    private static final String HASH = "monitoring.paodin.io/applied-hash";
    private static final String MANAGED_BY = "app.kubernetes.io/managed-by";

    private final RequestLog log = new RequestLog();
    private final List<String> counted = new ArrayList<>();
    private KubernetesClient others;
    private KubernetesClient ours;
    private ManifestApplier applier;
    private String namespace;
    private Owner owner;

    /** How to reach the server. */
    abstract Config server();

    @BeforeEach
    void connect() {
        var config = new ConfigBuilder(server()).withRequestRetryBackoffLimit(0).build();
        others = new KubernetesClientBuilder().withConfig(config).build();
        ours = new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor("log", log))
                .build();
        applier = new ManifestApplier(
                ours,
                "paodin-monitoring",
                "monitoring.paodin.io/",
                (kind, result) -> counted.add(kind + " " + result.label()));
        namespace = "apply-" + UUID.randomUUID().toString().substring(0, 8);
        others.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .create();
        owner = newOwner("central");
    }

    @AfterEach
    void disconnect() {
        others.namespaces().withName(namespace).delete();
        ours.close();
        others.close();
    }

    @Test
    void createsEachObjectWithOneRequest() {
        var outcome = apply(all());

        assertThat(outcome.isComplete()).isTrue();
        assertThat(outcome.failure()).isEmpty();
        assertThat(outcome.objects()).extracting(Applied::result).containsOnly(Result.CREATED);
        assertThat(log.requests()).hasSize(5).allMatch(request -> request.startsWith("PATCH "));
        assertThat(outcome.current(Deployment.class, "query")).isPresent();
        assertThat(seen().all())
                .allSatisfy(object ->
                        assertThat(object.getMetadata().getOwnerReferences()).containsExactly(owner.ownerReference()))
                .allSatisfy(object ->
                        assertThat(object.getMetadata().getAnnotations()).containsKey(HASH));
        assertThat(counted)
                .containsExactly(
                        "ServiceAccount created",
                        "ConfigMap created",
                        "Service created",
                        "Deployment created",
                        "StatefulSet created");
    }

    @Test
    void givesUpInANamespaceThatIsBeingDeleted() {
        holdNamespace(List.of("example.com/wait"));
        others.namespaces().withName(namespace).delete();
        try {
            var outcome = apply(all());

            assertThat(outcome.objects()).extracting(Applied::result).containsExactly(Result.NAMESPACE_TERMINATING);
            assertThat(outcome.isInVain()).isTrue();
            assertThat(outcome.failure()).isEmpty();
            assertThat(log.requests()).hasSize(1);
        } finally {
            holdNamespace(List.of());
        }
    }

    private void holdNamespace(List<String> finalizers) {
        others.namespaces().withName(namespace).edit(current -> {
            current.getMetadata().setFinalizers(finalizers);
            return current;
        });
    }

    @Test
    void makesNoRequestWhenNothingHasChanged() {
        apply(all());
        log.clear();

        var outcome = apply(all());

        assertThat(log.requests()).isEmpty();
        assertThat(outcome.isComplete()).isTrue();
        assertThat(outcome.with(Result.UNCHANGED)).hasSize(5);
    }

    @Test
    void writesOnlyTheObjectThatHasChanged() {
        apply(all());
        log.clear();

        var outcome = apply(with(Deployment.class, deployment -> new DeploymentBuilder(deployment)
                .editSpec()
                .editTemplate()
                .editSpec()
                .editFirstContainer()
                .withImage("thanos:2")
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build()));

        assertThat(log.requests()).containsExactly("PATCH " + path("apps/v1", "deployments", "query"));
        assertThat(outcome.with(Result.CONFIGURED))
                .extracting(Applied::name, Applied::message)
                .containsExactly(tuple("query", "differs in metadata.annotations." + HASH));
        assertThat(image("query")).isEqualTo("thanos:2");
        assertThat(pending(all())).containsExactly("Deployment query");
    }

    @Test
    void removesAFieldThatIsNoLongerWanted() {
        apply(all());

        apply(with(
                ConfigMap.class,
                map -> new ConfigMapBuilder(map).removeFromData("b").build()));

        assertThat(others.configMaps()
                        .inNamespace(namespace)
                        .withName("endpoints")
                        .get()
                        .getData())
                .containsOnlyKeys("a");
    }

    @Test
    void repairsAChangedFieldWithOneWrite() {
        apply(all());
        others.apps().deployments().inNamespace(namespace).withName("query").edit(deployment -> {
            deployment.getSpec().getTemplate().getSpec().getContainers().get(0).setImage("mine:1");
            return deployment;
        });
        log.clear();

        var outcome = apply(all());

        assertThat(log.writes()).hasSize(1);
        assertThat(outcome.with(Result.CONFIGURED))
                .extracting(Applied::message)
                .containsExactly("differs in spec.template.spec.containers[thanos].image");
        assertThat(image("query")).isEqualTo("thanos:1");
        assertThat(pending(all())).isEmpty();
    }

    @Test
    void removesAForeignKeyFromASelector() {
        var manifests = with(Deployment.class, deployment -> new DeploymentBuilder(deployment)
                .editSpec()
                .editTemplate()
                .editSpec()
                .addToNodeSelector("disk", "ssd")
                .endSpec()
                .endTemplate()
                .endSpec()
                .build());
        apply(manifests);
        others.services().inNamespace(namespace).withName("query").edit(service -> {
            service.getSpec().getSelector().put("theirs", "x");
            return service;
        });
        others.apps().deployments().inNamespace(namespace).withName("query").edit(deployment -> {
            deployment.getSpec().getTemplate().getSpec().getNodeSelector().put("theirs", "x");
            return deployment;
        });

        var outcome = apply(manifests);

        assertThat(outcome.with(Result.CONFIGURED))
                .extracting(Applied::message)
                .containsExactly(
                        "differs in spec.selector.theirs", "differs in spec.template.spec.nodeSelector.theirs");
        assertThat(outcome.current(Service.class, "query")
                        .orElseThrow()
                        .getSpec()
                        .getSelector())
                .containsOnlyKeys("app");
        assertThat(deployment("query").getSpec().getTemplate().getSpec().getNodeSelector())
                .containsOnlyKeys("disk");
        assertThat(pending(manifests)).isEmpty();
    }

    @Test
    void removesAForeignKeyThatASecondApplierHasPutIntoASelector() {
        apply(all());
        var theirs = """
                {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "query", "namespace": "%s"},
                 "spec": {"selector": {"app": "query", "theirs": "x"}}}""".formatted(namespace);
        others.resource(others.getKubernetesSerialization().unmarshal(theirs, Service.class))
                .fieldManager("somebody")
                .forceConflicts()
                .serverSideApply();

        var outcome = apply(all());

        assertThat(outcome.current(Service.class, "query")
                        .orElseThrow()
                        .getSpec()
                        .getSelector())
                .containsOnlyKeys("app");
        assertThat(apply(all()).with(Result.UNCHANGED)).hasSize(5);
    }

    @Test
    void recreatesADeletedObject() {
        apply(all());
        others.services().inNamespace(namespace).withName("query").delete();

        assertThat(apply(all()).with(Result.CREATED)).extracting(Applied::name).containsExactly("query");
    }

    @Test
    void keepsWhatOthersHaveAdded() {
        apply(all());
        others.apps().deployments().inNamespace(namespace).withName("query").edit(deployment -> {
            deployment.getMetadata().getLabels().put("team", "observability");
            deployment.getMetadata().getAnnotations().put("note", "mine");
            var template = deployment.getSpec().getTemplate();
            template.getMetadata().setAnnotations(Map.of("kubectl.kubernetes.io/restartedAt", "now"));
            return deployment;
        });
        others.services().inNamespace(namespace).withName("query").edit(service -> {
            service.getMetadata().getLabels().put("team", "observability");
            return service;
        });
        log.clear();

        apply(all());
        assertThat(log.requests()).isEmpty();

        apply(with(Deployment.class, deployment -> new DeploymentBuilder(deployment)
                .editSpec()
                .withMinReadySeconds(5)
                .endSpec()
                .build()));
        var deployment = deployment("query");
        assertThat(deployment.getMetadata().getLabels()).containsEntry("team", "observability");
        assertThat(deployment.getMetadata().getAnnotations()).containsEntry("note", "mine");
        assertThat(deployment.getSpec().getTemplate().getMetadata().getAnnotations())
                .containsEntry("kubectl.kubernetes.io/restartedAt", "now");
        assertThat(deployment.getSpec().getMinReadySeconds()).isEqualTo(5);
    }

    @Test
    void leavesAForeignObjectAloneAndAppliesTheOthers() {
        var foreign = others.resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("endpoints")
                        .withNamespace(namespace)
                        .endMetadata()
                        .addToData("precious", "yes")
                        .build())
                .create();

        for (var round = 0; round < 2; round++) {
            var outcome = apply(all());

            assertThat(outcome.isComplete()).isFalse();
            assertThat(outcome.failure()).isEmpty();
            assertThat(outcome.with(Result.FOREIGN))
                    .extracting(Applied::name, Applied::message)
                    .containsExactly(tuple("endpoints", "already exists and was not created by this resource"));
            assertThat(outcome.current(ConfigMap.class, "endpoints")).isEmpty();
            assertThat(outcome.current(Deployment.class, "query")).isPresent();
        }
        assertThat(others.resource(foreign).get()).isEqualTo(foreign);
    }

    @Test
    void leavesAForeignObjectAloneThatCarriesOurLabel() {
        var foreign = others.resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("endpoints")
                        .withNamespace(namespace)
                        .addToLabels(MANAGED_BY, "paodin-monitoring")
                        .endMetadata()
                        .build())
                .create();
        log.clear();

        assertThat(apply(all()).with(Result.FOREIGN)).extracting(Applied::name).containsExactly("endpoints");
        assertThat(log.writes()).hasSize(4);
        assertThat(others.resource(foreign).get()).isEqualTo(foreign);
    }

    @Test
    void neverAdoptsTheObjectsOfAnEarlierResourceOfTheSameName() {
        apply(all());
        var before = seen().all();
        owner = new Owner(
                owner.apiVersion(),
                owner.kind(),
                owner.name(),
                namespace,
                UUID.randomUUID().toString());

        var outcome = apply(all());

        assertThat(outcome.objects())
                .extracting(Applied::result, Applied::message)
                .containsOnly(tuple(
                        Result.SUPERSEDED,
                        "still belongs to an earlier ConfigMap central;"
                                + " it is created anew once the garbage collector has removed it"));
        assertThat(outcome.failure()).isEmpty();
        assertThat(outcome.isComplete()).isFalse();
        assertThat(outcome.current(Deployment.class, "query")).isEmpty();
        assertThat(seen().all()).isEqualTo(before);
        assertThat(apply(Seen.nothing(), all()).with(Result.SUPERSEDED)).hasSize(5);
        assertThat(seen().all()).isEqualTo(before);
    }

    @Test
    void takesAnotherKindOfOwnerForAStranger() {
        apply(all());
        owner = new Owner("example.com/v1", owner.kind(), owner.name(), namespace, "another");

        assertThat(apply(all()).with(Result.FOREIGN))
                .extracting(Applied::message)
                .containsOnly("already exists and belongs to ConfigMap central");
    }

    @Test
    void doesNotPruneTheObjectsOfAnotherOwner() {
        apply(all());
        owner = newOwner("other");

        var outcome = apply(List.of());

        assertThat(outcome.objects()).isEmpty();
        assertThat(seen().all()).hasSize(5);
    }

    @Test
    void takesNothingOverWhenAForeignObjectHasReplacedOursUnseen() {
        apply(all());
        var stale = seen();
        others.configMaps().inNamespace(namespace).withName("endpoints").delete();
        var foreign = others.resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("endpoints")
                        .withNamespace(namespace)
                        .endMetadata()
                        .build())
                .create();

        var outcome = apply(stale, with(ConfigMap.class, map -> new ConfigMapBuilder(map)
                .addToData("c", "3")
                .build()));

        assertThat(outcome.with(Result.FOREIGN)).extracting(Applied::name).containsExactly("endpoints");
        assertThat(others.resource(foreign).get()).isEqualTo(foreign);
    }

    @Test
    void createsAnewWhatWasDeletedUnseen() {
        apply(all());
        var stale = seen();
        others.configMaps().inNamespace(namespace).withName("endpoints").delete();

        var outcome = apply(stale, with(ConfigMap.class, map -> new ConfigMapBuilder(map)
                .addToData("c", "3")
                .build()));

        assertThat(outcome.with(Result.CREATED)).extracting(Applied::name).containsExactly("endpoints");
    }

    @Test
    void writesNothingTwiceWhenTheCacheHasNotSeenTheFirstTime() {
        apply(all());
        var before = seen().all();

        var outcome = apply(Seen.nothing(), all());

        assertThat(outcome.with(Result.UNCHANGED)).hasSize(5);
        assertThat(seen().all()).isEqualTo(before);
    }

    @Test
    void putsARemovedLabelBackWithoutATakeover() {
        apply(all());
        others.services().inNamespace(namespace).withName("query").edit(service -> {
            service.getMetadata().getLabels().remove(MANAGED_BY);
            return service;
        });
        assertThat(seen().get(Service.class, "query")).isEmpty();

        var outcome = apply(all());

        assertThat(outcome.isComplete()).isTrue();
        assertThat(outcome.with(Result.CONFIGURED)).extracting(Applied::name).containsExactly("query");
        assertThat(seen().get(Service.class, "query")).isPresent();
    }

    @Test
    void prunesAllThatIsNoLongerWantedInOnePass() {
        apply(all());
        log.clear();
        counted.clear();

        var outcome = apply(all().subList(0, 1));

        assertThat(outcome.isComplete()).isTrue();
        assertThat(outcome.with(Result.PRUNED))
                .extracting(Applied::kind)
                .containsExactly("ConfigMap", "Deployment", "Service", "StatefulSet");
        assertThat(log.writes()).hasSize(4);
        assertThat(seen().all()).extracting(HasMetadata::getKind).containsExactly("ServiceAccount");
        assertThat(counted).contains("Deployment pruned", "StatefulSet pruned");
    }

    @Test
    void prunesNothingUntilEverythingIsApplied() {
        apply(all());
        var rest = all().subList(0, 4);
        log.refuse(request -> request.endsWith("/deployments/query"));
        var changed = changed(rest, Deployment.class, deployment -> new DeploymentBuilder(deployment)
                .editSpec()
                .withMinReadySeconds(5)
                .endSpec()
                .build());

        assertThat(apply(changed).with(Result.PRUNED)).isEmpty();
        assertThat(seen().get(StatefulSet.class, "ingestor")).isPresent();

        log.clear();
        assertThat(apply(changed).with(Result.PRUNED)).extracting(Applied::name).containsExactly("ingestor");
    }

    @Test
    void doesNotDeleteTheObjectThatHasReplacedALeftover() {
        apply(all());
        var stale = seen();
        others.configMaps().inNamespace(namespace).withName("endpoints").delete();
        var foreign = others.resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("endpoints")
                        .withNamespace(namespace)
                        .endMetadata()
                        .build())
                .create();

        var outcome = apply(stale, List.of());

        assertThat(outcome.failure()).isEmpty();
        assertThat(others.resource(foreign).get()).isEqualTo(foreign);
    }

    @Test
    void reportsAFailedDeletion() {
        apply(all());
        log.lose(request -> request.startsWith("DELETE ") && request.endsWith("/deployments/query"));

        var outcome = apply(List.of());

        assertThat(outcome.isComplete()).isFalse();
        assertThat(outcome.failure()).isPresent();
        assertThat(seen().get(Deployment.class, "query")).isPresent();

        log.clear();
        assertThat(apply(List.of()).isComplete()).isTrue();
        assertThat(seen().all()).isEmpty();
    }

    @Test
    void reportsAnImmutableFieldAndAppliesTheOthers() {
        apply(all());
        var changed = changed(
                with(StatefulSet.class, set -> new StatefulSetBuilder(set)
                        .editSpec()
                        .withServiceName("another")
                        .endSpec()
                        .build()),
                Service.class,
                service -> {
                    service.getMetadata().getLabels().put("extra", "1");
                    return service;
                });

        var outcome = apply(changed);

        assertThat(outcome.isComplete()).isFalse();
        assertThat(outcome.failure()).isEmpty();
        assertThat(outcome.with(Result.IMMUTABLE)).singleElement().satisfies(applied -> {
            assertThat(applied.name()).isEqualTo("ingestor");
            assertThat(applied.message()).containsAnyOf("updates to statefulset spec", "field is immutable");
        });
        assertThat(outcome.with(Result.CONFIGURED)).extracting(Applied::kind).containsExactly("Service");
        assertThat(outcome.current(StatefulSet.class, "ingestor")).isPresent();
        assertThat(apply(all()).isComplete()).isTrue();
    }

    @Test
    void reportsEveryKindOfImmutableField() {
        apply(all());
        var claims = with(StatefulSet.class, set -> new StatefulSetBuilder(set)
                .editSpec()
                .editFirstVolumeClaimTemplate()
                .editSpec()
                .withStorageClassName("another")
                .endSpec()
                .endVolumeClaimTemplate()
                .endSpec()
                .build());
        var selector = changed(claims, Deployment.class, deployment -> new DeploymentBuilder(deployment)
                .editSpec()
                .editSelector()
                .addToMatchLabels("extra", "1")
                .endSelector()
                .editTemplate()
                .editMetadata()
                .addToLabels("extra", "1")
                .endMetadata()
                .endTemplate()
                .endSpec()
                .build());

        assertThat(apply(selector).with(Result.IMMUTABLE))
                .extracting(Applied::kind)
                .containsExactly("Deployment", "StatefulSet");
    }

    @Test
    void createsATerminatingObjectAnewOnceItIsGone() {
        apply(all());
        var endpoints = others.configMaps().inNamespace(namespace).withName("endpoints");
        endpoints.edit(map -> {
            map.getMetadata().setFinalizers(List.of("example.com/hold"));
            return map;
        });
        endpoints.delete();
        log.clear();

        var outcome = apply(all());

        assertThat(outcome.isComplete()).isFalse();
        assertThat(outcome.failure()).isEmpty();
        assertThat(outcome.with(Result.TERMINATING)).extracting(Applied::name).containsExactly("endpoints");
        assertThat(log.requests()).isEmpty();

        endpoints.edit(map -> {
            map.getMetadata().setFinalizers(List.of());
            return map;
        });
        assertThat(apply(all()).with(Result.CREATED)).extracting(Applied::name).containsExactly("endpoints");
    }

    @Test
    void goesOnAfterAnErrorAndSaysWhatFailed() {
        log.refuse(request -> request.endsWith("/configmaps/endpoints") || request.endsWith("/deployments/query"));

        var outcome = apply(all());

        assertThat(outcome.with(Result.CREATED))
                .extracting(Applied::kind)
                .containsExactly("ServiceAccount", "Service", "StatefulSet");
        assertThat(outcome.failure()).hasValueSatisfying(failure -> assertThat(failure)
                .hasMessageContaining("ConfigMap endpoints: ")
                .hasMessageContaining("Deployment query: ")
                .hasCauseInstanceOf(KubernetesClientException.class));
        assertThat(counted).contains("ConfigMap failed", "Deployment failed");

        log.clear();
        assertThat(apply(all()).isComplete()).isTrue();
    }

    @Test
    void stopsWhenTheServerIsGone() {
        log.lose(request -> request.endsWith("/configmaps/endpoints"));

        var outcome = apply(all());

        assertThat(outcome.objects()).extracting(Applied::result).containsExactly(Result.CREATED, Result.FAILED);
        assertThat(outcome.failure()).isPresent();
        assertThat(log.requests()).hasSize(2);
    }

    @Test
    void ownsReplicasOnlyWhileTheyAreWanted() {
        apply(all());
        others.apps().deployments().inNamespace(namespace).withName("query").scale(3);
        log.clear();

        assertThat(apply(all()).isComplete()).isTrue();
        assertThat(log.requests()).isEmpty();
        assertThat(replicas("query")).isEqualTo(3);

        apply(replicas(2));
        assertThat(replicas("query")).isEqualTo(2);
        others.apps().deployments().inNamespace(namespace).withName("query").scale(5);
        apply(replicas(2));
        assertThat(replicas("query")).isEqualTo(2);
    }

    @Test
    void keepsTheCountWhenReplicasAreNoLongerWanted() {
        apply(replicas(3));
        log.clear();

        var outcome = apply(all());

        assertThat(outcome.isComplete()).isTrue();
        assertThat(replicas("query")).isEqualTo(3);
        assertThat(log.requests())
                .extracting(request -> request.substring(0, request.indexOf(' ')))
                .containsExactly("GET", "PATCH", "PATCH");

        log.clear();
        apply(all());
        assertThat(log.requests()).isEmpty();
        others.apps().deployments().inNamespace(namespace).withName("query").scale(4);
        apply(with(Deployment.class, deployment -> new DeploymentBuilder(deployment)
                .editSpec()
                .withMinReadySeconds(5)
                .endSpec()
                .build()));
        assertThat(replicas("query")).isEqualTo(4);

        apply(replicas(2));
        assertThat(replicas("query")).isEqualTo(2);
        apply(all());
        assertThat(replicas("query")).isEqualTo(2);
    }

    @Test
    void keepsTheCountWhenItIsInterruptedWhileHandingItOver() {
        apply(replicas(3));
        for (var lostRequest = 1; lostRequest <= 3; lostRequest++) {
            log.clear();
            var last = lostRequest;
            log.lose(request -> log.requests().size() >= last);
            apply(all());
            assertThat(replicas("query")).isEqualTo(3);
        }
        log.clear();

        assertThat(apply(all()).isComplete()).isTrue();
        assertThat(replicas("query")).isEqualTo(3);
        apply(all());
        assertThat(replicas("query")).isEqualTo(3);
    }

    @Test
    void handsTheCountOverEvenIfTheCacheHasLostTheObject() {
        apply(replicas(3));

        assertThat(apply(Seen.nothing(), all()).isComplete()).isTrue();

        assertThat(replicas("query")).isEqualTo(3);
    }

    @Test
    void comparesWithoutARequest() {
        apply(all());
        others.services().inNamespace(namespace).withName("query").delete();
        others.configMaps().inNamespace(namespace).withName("endpoints").edit(map -> {
            map.getData().put("a", "other");
            return map;
        });
        log.clear();
        counted.clear();

        var outcome = applier.compare(owner, all().subList(0, 4), KEEP_NOTHING, seen());

        assertThat(outcome.isComplete()).isFalse();
        assertThat(outcome.with(Result.PENDING))
                .extracting(Applied::kind, Applied::message)
                .containsExactly(
                        tuple("ConfigMap", "differs in data.a"),
                        tuple("Service", "does not exist"),
                        tuple("StatefulSet", "is no longer wanted"));
        assertThat(log.requests()).isEmpty();
        assertThat(counted).isEmpty();
    }

    @Test
    void doesNotMindHowAmountsAreWritten() {
        apply(all());
        log.clear();

        var outcome = applier.compare(
                owner,
                with(Deployment.class, deployment -> new DeploymentBuilder(deployment)
                        .editSpec()
                        .editTemplate()
                        .editSpec()
                        .editFirstContainer()
                        .editResources()
                        .addToRequests("cpu", new Quantity("0.5"))
                        .endResources()
                        .endContainer()
                        .endSpec()
                        .endTemplate()
                        .endSpec()
                        .build()),
                KEEP_NOTHING,
                seen());

        // Only the manifest's hash differs, so there is nothing to repair once it has been applied.
        assertThat(outcome.with(Result.PENDING))
                .extracting(Applied::message)
                .containsExactly("differs in metadata.annotations." + HASH);
    }

    @Test
    void leavesWhatIsToStayForNow() {
        apply(all());
        log.clear();

        var outcome = applier.apply(
                owner,
                all().subList(0, 4),
                List.of(),
                object -> object.getMetadata().getName().equals("ingestor"),
                seen());

        assertThat(outcome.isComplete()).isTrue();
        assertThat(outcome.with(Result.PRUNED)).isEmpty();
        assertThat(log.requests()).isEmpty();
    }

    Outcome apply(List<HasMetadata> manifests) {
        return apply(seen(), manifests);
    }

    private Outcome apply(OwnedObjects cached, List<HasMetadata> manifests) {
        return applier.apply(owner, manifests, List.of(), KEEP_NOTHING, cached);
    }

    private List<String> pending(List<HasMetadata> manifests) {
        return applier.compare(owner, manifests, KEEP_NOTHING, seen()).with(Result.PENDING).stream()
                .map(applied -> applied.kind() + " " + applied.name())
                .toList();
    }

    KubernetesClient others() {
        return others;
    }

    String namespace() {
        return namespace;
    }

    private Seen seen() {
        return Seen.now(others, namespace);
    }

    List<HasMetadata> all() {
        return new ArrayList<>(others.load(ApplierContract.class.getResourceAsStream("manifests.yaml"))
                .items());
    }

    <T extends HasMetadata> List<HasMetadata> with(Class<T> kind, UnaryOperator<T> change) {
        return changed(all(), kind, change);
    }

    private List<HasMetadata> replicas(int count) {
        return with(Deployment.class, deployment -> new DeploymentBuilder(deployment)
                .editSpec()
                .withReplicas(count)
                .endSpec()
                .build());
    }

    static <T extends HasMetadata> List<HasMetadata> changed(
            List<HasMetadata> manifests, Class<T> kind, UnaryOperator<T> change) {
        return manifests.stream()
                .<HasMetadata>map(manifest -> kind.isInstance(manifest) ? change.apply(kind.cast(manifest)) : manifest)
                .toList();
    }

    private Deployment deployment(String name) {
        return others.apps().deployments().inNamespace(namespace).withName(name).get();
    }

    private int replicas(String name) {
        return deployment(name).getSpec().getReplicas();
    }

    private String image(String name) {
        return deployment(name)
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .get(0)
                .getImage();
    }

    private String path(String version, String plural, String name) {
        return "/apis/%s/namespaces/%s/%s/%s".formatted(version, namespace, plural, name);
    }

    /** Any object can own others; this one exists, so that no garbage collector interferes. */
    private Owner newOwner(String name) {
        return Owner.of(others.configMaps()
                .inNamespace(namespace)
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .create());
    }
}
