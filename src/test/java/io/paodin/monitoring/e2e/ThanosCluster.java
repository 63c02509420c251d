package io.paodin.monitoring.e2e;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.paodin.monitoring.api.v1alpha1.Thanos;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** A {@code Thanos} resource in the cluster, and what runs for it. */
record ThanosCluster(TestNamespace namespace, String name) {

    private static final String TENANT_HEADER = "THANOS-TENANT";
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    Thanos get() {
        return resource().get();
    }

    private Resource<Thanos> resource() {
        return Kubernetes.client()
                .resources(Thanos.class)
                .inNamespace(namespace.name())
                .withName(name);
    }

    /** Waits until the newest generation is Ready; there is no wait of ours between, so Ready has to be true of it. */
    ThanosCluster awaitReady() {
        var start = Instant.now();
        Kubernetes.within(PATIENCE).untilAsserted(() -> assertThat(condition("Ready"))
                .as(() -> name + " is not Ready: " + conditions())
                .hasValueSatisfying(ready -> assertThat(ready.getStatus()).isEqualTo("True")));
        Report.add(
                namespace.name(),
                "%s is Ready after %d s",
                name,
                Duration.between(start, Instant.now()).toSeconds());
        return this;
    }

    /** Waits until a condition has the reason, and returns its message. */
    String awaitReason(String type, String reason) {
        Kubernetes.within(PATIENCE)
                .untilAsserted(() -> assertThat(condition(type).map(Condition::getReason))
                        .as(this::conditions)
                        .hasValue(reason));
        return condition(type).orElseThrow().getMessage();
    }

    /** One of the newest generation. */
    Optional<Condition> condition(String type) {
        var thanos = get();
        if (thanos == null || thanos.getStatus() == null || thanos.getStatus().conditions == null) {
            return Optional.empty();
        }
        return thanos.getStatus().conditions.stream()
                .filter(c -> c.getType().equals(type)
                        && c.getObservedGeneration().equals(thanos.getMetadata().getGeneration()))
                .findFirst();
    }

    private String conditions() {
        var thanos = get();
        return thanos == null || thanos.getStatus() == null
                ? "no status"
                : String.valueOf(thanos.getStatus().conditions);
    }

    /** @param patch a JSON merge patch of the whole resource */
    ThanosCluster patch(String patch) {
        resource().patch(PatchContext.of(PatchType.JSON_MERGE), patch);
        return this;
    }

    /** Deletes the resource and waits until its pods and objects are gone, but for the claims. */
    void delete() {
        delete(DeletionPropagation.BACKGROUND);
    }

    void delete(DeletionPropagation propagation) {
        resource().withPropagationPolicy(propagation).delete();
        Kubernetes.within(PATIENCE).untilAsserted(() -> {
            assertThat(objects())
                    .extracting(o -> o.getKind() + "/" + o.getMetadata().getName())
                    .isEmpty();
            assertThat(get()).isNull();
        });
    }

    /** All objects that the operator has made, and the pods, but not the claims. */
    List<HasMetadata> objects() {
        return TestNamespace.KINDS.stream()
                .flatMap(kind -> Kubernetes.client()
                        .resources(kind)
                        .inNamespace(namespace.name())
                        .withLabels(Map.of(
                                "app.kubernetes.io/managed-by",
                                "paodin-monitoring",
                                "app.kubernetes.io/instance",
                                name))
                        .list()
                        .getItems()
                        .stream())
                .map(HasMetadata.class::cast)
                .toList();
    }

    /** The pods of a component, by their label, such as {@code query}; those that are being deleted too. */
    List<Pod> pods(String component) {
        return pods(pod -> component.equals(component(pod)));
    }

    static String component(Pod pod) {
        return pod.getMetadata().getLabels().get("app.kubernetes.io/component");
    }

    /** The pods of all components. */
    List<Pod> pods() {
        return pods(pod -> true);
    }

    List<Pod> pods(Predicate<Pod> which) {
        return Kubernetes.client()
                .pods()
                .inNamespace(namespace.name())
                .withLabel("app.kubernetes.io/instance", name)
                .list()
                .getItems()
                .stream()
                .filter(which)
                .sorted(Comparator.comparing(pod -> pod.getMetadata().getName()))
                .toList();
    }

    /** By the names of pods, who they are and how often they were restarted. */
    Map<String, String> identities(Predicate<Pod> which) {
        return pods(which).stream().collect(toMap(pod -> pod.getMetadata().getName(), Kubernetes::identity));
    }

    /** By the names of pods, who they are; one that was only restarted is the same. */
    Map<String, String> uids(Predicate<Pod> which) {
        return pods(which).stream().collect(toMap(pod -> pod.getMetadata().getName(), pod -> pod.getMetadata()
                .getUid()));
    }

    /** Takes a pod away at once, without the time that it has to end. */
    void kill(String pod) {
        Kubernetes.client()
                .pods()
                .inNamespace(namespace.name())
                .withName(pod)
                .withGracePeriod(0)
                .delete();
    }

    /** The query's HTTP API, by the address in the status. */
    Query query() {
        return new Query(Http.to(get().getStatus().endpoints.query));
    }

    /** Asks one pod of the cluster by its own StoreAPI's HTTP port. */
    Http http(Pod pod) {
        return Http.toPod(namespace.name(), pod.getMetadata().getName(), 10902);
    }

    /** The value of a metric that a pod tells of itself, named with its labels; 0 if it tells none. */
    double metric(Pod pod, String name) {
        return http(pod)
                .get("/metrics", Map.of())
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
                .findFirst()
                .orElse(0);
    }

    /** Waits until the store gateway has all that is in the bucket. */
    void awaitBlocks(Bucket bucket) {
        var blocks = bucket.blocks().size();
        Kubernetes.within(PATIENCE).untilAsserted(() -> assertThat(
                        metric(pods("store-gateway").get(0), "thanos_blocks_meta_synced{state=\"loaded\"}"))
                .isGreaterThanOrEqualTo(blocks));
    }

    /** Writes for a tenant, by the address in the status. */
    Writer writer(String tenant) {
        return new Writer(remoteWrite(Optional.of(tenant)));
    }

    /** Writes without naming a tenant. */
    Writer writer() {
        return new Writer(remoteWrite(Optional.empty()));
    }

    private RemoteWrite remoteWrite(Optional<String> tenant) {
        return new RemoteWrite(Http.to(get().getStatus().endpoints.remoteWrite), TENANT_HEADER, tenant);
    }

    /** Writes by OTLP for a tenant. */
    Otlp otlp(String tenant) {
        var router = Http.to(get().getStatus().endpoints.remoteWrite.replaceFirst("/api/v1/receive$", ""));
        return new Otlp(router, Map.of(TENANT_HEADER, tenant));
    }
}
