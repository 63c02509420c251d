package io.paodin.monitoring.controller;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimStatusBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.paodin.monitoring.api.v1alpha1.Thanos;
import io.paodin.monitoring.apiserver.ApiServer;
import io.paodin.monitoring.apiserver.Request;
import io.paodin.monitoring.apiserver.Workloads;
import io.paodin.monitoring.apply.OwnedObjects;
import io.paodin.monitoring.config.OperatorConfig;
import io.paodin.monitoring.model.Labels;
import io.paodin.monitoring.render.ManifestRenderer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs the flow step by step, without the SDK, for the one resource of a namespace: as an operator whose caches are
 * always up to date, and which can be replaced at any point.
 */
final class FlowDriver {

    /** The class of volumes that can grow. */
    static final String ELASTIC = "elastic";

    private static final int MOST_RUNS = 100;

    final String namespace;
    private final Stage stage;
    private final OperatorConfig config;
    private final ManifestRenderer renderer;
    private final Operator operator;
    private final PlayedPods pods;

    /** Between any two looks some time has passed. */
    private final InstantSource ticks = new InstantSource() {

        private Instant now = Instant.now();

        @Override
        public synchronized Instant instant() {
            now = now.plusSeconds(1);
            return now;
        }
    };

    /** The operator's process, which may look after several resources. */
    private static final class Operator {

        private Reconciliation reconciliation;
    }

    /** An API server with the resource's definition, and who talks to it: somebody else, and the operator. */
    record Stage(ApiServer server, KubernetesClient user, KubernetesClient operator) implements AutoCloseable {

        static Stage open() {
            var server = ApiServer.start();
            server.workloads().mode(Workloads.Mode.MANUAL);
            try {
                server.load(Files.readString(Path.of("deploy/crd/thanos.monitoring.paodin.io-v1.yml")));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            var config = server.clientConfig();
            var operators = new ConfigBuilder(config)
                    .withUserAgent(RunningOperator.USER_AGENT)
                    .build();
            var user = new KubernetesClientBuilder().withConfig(config).build();
            user.resource(new StorageClassBuilder()
                            .withNewMetadata()
                            .withName(ELASTIC)
                            .endMetadata()
                            .withProvisioner("example.com/none")
                            .withAllowVolumeExpansion(true)
                            .build())
                    .create();
            return new Stage(
                    server,
                    user,
                    new KubernetesClientBuilder().withConfig(operators).build());
        }

        @Override
        public void close() {
            user.close();
            operator.close();
            server.close();
        }
    }

    FlowDriver(Stage stage, String namespace, OperatorConfig config, ManifestRenderer renderer) {
        this(stage, namespace, config, renderer, new Operator());
        restart();
    }

    private FlowDriver(
            Stage stage, String namespace, OperatorConfig config, ManifestRenderer renderer, Operator operator) {
        this.stage = stage;
        this.namespace = namespace;
        this.config = config;
        this.renderer = renderer;
        this.operator = operator;
        this.pods = new PlayedPods(stage.user(), namespace);
        stage.user()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .create();
    }

    /** The same operator, for the resource of another namespace. */
    FlowDriver beside(String another) {
        return new FlowDriver(stage, another, config, renderer, operator);
    }

    /** A request that is made whether or not anything has changed. */
    static boolean isRefresh(Request request) {
        return request.verb().equals("get") && request.resource().equals("secrets");
    }

    static boolean isOperators(Request request) {
        return request.userAgent().startsWith(RunningOperator.USER_AGENT);
    }

    /** Forgets all that an operator has in memory. */
    void restart() {
        // What was written is seen at once.
        var claims = new BucketClaims(Runnable::run);
        var halted = new HaltedCompactors(RunningOperator.NO_ANSWER, config.compactorCheckInterval());
        var reports = new RouterReports((host, port, metrics) -> pods.metrics(), ticks);
        var receive = new ReceiveObserver(stage.operator(), reports, Clock.systemUTC());
        var gatherer = new Gatherer(stage.operator(), config, claims, halted, receive);
        var connections = new StoreConnections(RunningOperator.NO_STATS, config.storeCheckInterval());
        operator.reconciliation =
                RunningOperator.reconciliation(stage.operator(), config, gatherer, connections, renderer);
    }

    /** As a user does. */
    void apply(String documents) {
        for (var yaml : documents.split("(?m)^---\n")) {
            HasMetadata object = stage.user().getKubernetesSerialization().unmarshal(yaml);
            object.getMetadata().setNamespace(namespace);
            stage.user().resource(object).fieldManager("user").forceConflicts().serverSideApply();
        }
    }

    /** One run, as after an event. */
    Reconciliation.Result reconcile() {
        return reconcile(thanos());
    }

    /** One run with the resource as a cache may show it. */
    Reconciliation.Result reconcile(Thanos thanos) {
        var result = operator.reconciliation.run(thanos, new LiveObjects(), LiveCompactors.of(stage.user()), pods);
        result.status().ifPresent(status -> StatusWriter.write(stage.operator(), thanos, status));
        return result;
    }

    /** Runs until nothing is written any more; all pods become ready at once. */
    void settle() {
        int quiet = 0;
        for (int run = 0; run < MOST_RUNS; run++) {
            if (quiet == 0) {
                awaitOrphaning();
                makeReady();
            }
            var mark = stage.server().journal().mark();
            reconcile();
            quiet = operatorsWrites(mark).isEmpty() ? quiet + 1 : 0;
            // Of what the first one is told it may have asked for.
            if (quiet == 2) {
                return;
            }
        }
        throw new AssertionError("does not come to rest");
    }

    List<Request> operatorsWrites(int mark) {
        return stage.server().journal().writesSince(mark).stream()
                .filter(FlowDriver::isOperators)
                .toList();
    }

    /** The state that all paths have to end in, whatever the namespace and the identity of the resource. */
    String state() {
        return withoutTimes(stage.server().snapshot(namespace))
                .replaceAll("(\"monitoring.paodin.io/published\" : )\"[^\"]*\"", "$1\"TIME\"")
                .replaceAll("(\"monitoring.paodin.io/applied-hash\" : )\"[^\"]*\"", "$1\"HASH\"")
                .replaceAll("10\\.96\\.[0-9.]+", "CLUSTER-IP")
                .replace(namespace, "NAMESPACE");
    }

    /** Of pods nothing counts but that they are there, and of which template: what else there is depends on when they began. */
    private String withoutTimes(String snapshot) {
        try {
            var objects = (ObjectNode) new ObjectMapper().readTree(snapshot);
            objects.properties().forEach(object -> {
                if (object.getKey().startsWith("pods/")) {
                    object.setValue(object.getValue().at("/metadata/labels"));
                }
            });
            return objects.toPrettyString();
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives up what others would have to make way for: the bucket of a compactor. */
    void remove() {
        stage.user().namespaces().withName(namespace).delete();
        await().atMost(Duration.ofSeconds(30))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> stage.user()
                        .apps()
                        .statefulSets()
                        .inNamespace(namespace)
                        .list()
                        .getItems()
                        .isEmpty());
    }

    Thanos thanos() {
        return stage.user()
                .resources(Thanos.class)
                .inNamespace(namespace)
                .withName("central")
                .get();
    }

    KubernetesClient user() {
        return stage.user();
    }

    /** A StatefulSet that is deleted alone is there until its dependents have been let go of. */
    private void awaitOrphaning() {
        await().atMost(Duration.ofSeconds(30))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> stage.user().apps().statefulSets().inNamespace(namespace).list().getItems().stream()
                        .noneMatch(set -> set.getMetadata().getFinalizers().contains("orphan")));
    }

    /** What the controllers of workloads do. Pods of other components than receive are not played. */
    void makeReady() {
        var workloads = stage.server().workloads();
        var deployments =
                stage.user().apps().deployments().inNamespace(namespace).list().getItems();
        for (var deployment : deployments) {
            workloads.ready(
                    "Deployment",
                    namespace,
                    deployment.getMetadata().getName(),
                    deployment.getSpec().getReplicas());
        }
        sets().forEach(set -> workloads.ready(
                "StatefulSet",
                namespace,
                set.getMetadata().getName(),
                set.getSpec().getReplicas()));
        var sets = sets();
        pods.play(sets, deployments);
        for (var set : sets) {
            int replicas = set.getSpec().getReplicas();
            workloads.report("StatefulSet", namespace, set.getMetadata().getName(), pods.updated(set), replicas);
            makeClaims(set);
        }
    }

    private List<StatefulSet> sets() {
        return stage.user().apps().statefulSets().inNamespace(namespace).list().getItems();
    }

    /** What the controller of StatefulSets, and who makes volumes, do. */
    private void makeClaims(StatefulSet set) {
        for (var template : set.getSpec().getVolumeClaimTemplates()) {
            for (int ordinal = 0; ordinal < set.getSpec().getReplicas(); ordinal++) {
                var name = "%s-%s-%d"
                        .formatted(
                                template.getMetadata().getName(),
                                set.getMetadata().getName(),
                                ordinal);
                var claims = stage.user().persistentVolumeClaims().inNamespace(namespace);
                if (claims.withName(name).get() == null) {
                    var claim = claims.resource(new PersistentVolumeClaimBuilder()
                                    .withNewMetadata()
                                    .withName(name)
                                    .withLabels(set.getSpec().getSelector().getMatchLabels())
                                    .endMetadata()
                                    .withSpec(template.getSpec())
                                    .build())
                            .create();
                    claim.setStatus(new PersistentVolumeClaimStatusBuilder()
                            .withPhase("Bound")
                            .build());
                    claims.resource(claim).updateStatus();
                }
            }
        }
    }

    /** What informers that miss nothing would show. */
    private final class LiveObjects implements OwnedObjects {

        private final List<HasMetadata> objects = new ArrayList<>();

        LiveObjects() {
            OwnedKinds.ALL.forEach(kind -> objects.addAll(stage.user()
                    .resources(kind)
                    .inNamespace(namespace)
                    .withLabel(Labels.MANAGED_BY, Labels.OPERATOR)
                    .list()
                    .getItems()));
        }

        @Override
        public <T extends HasMetadata> Optional<T> get(Class<T> kind, String name) {
            return objects.stream()
                    .filter(o -> kind.isInstance(o) && o.getMetadata().getName().equals(name))
                    .map(kind::cast)
                    .findFirst();
        }

        @Override
        public Collection<HasMetadata> all() {
            return objects;
        }

        @Override
        public Collection<PersistentVolumeClaim> claims(Map<String, String> labels) {
            return stage.user()
                    .persistentVolumeClaims()
                    .inNamespace(namespace)
                    .withLabels(labels)
                    .list()
                    .getItems();
        }
    }
}
