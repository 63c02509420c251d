package io.paodin.monitoring.controller;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.javaoperatorsdk.operator.Operator;
import io.paodin.monitoring.apply.ManifestApplier;
import io.paodin.monitoring.apply.RolloutSteps;
import io.paodin.monitoring.config.OperatorConfig;
import io.paodin.monitoring.model.ProxyStats;
import io.paodin.monitoring.render.ManifestRenderer;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The operator as the SDK runs it, for one namespace, inside a test. */
public final class RunningOperator implements AutoCloseable {

    /** By what the requests of the operator are told from those of the test. */
    public static final String USER_AGENT = "operator-under-test";

    /** What asks no pod. */
    static final PodMetrics.Source NO_ANSWER =
            (host, port, metrics) -> CompletableFuture.failedFuture(new IllegalStateException("no answer"));

    /** What asks no proxy. */
    static final PodRounds.Probe<ProxyStats> NO_STATS =
            (host, port) -> CompletableFuture.failedFuture(new IllegalStateException("no answer"));

    private final KubernetesClient client;
    private final Operator operator;

    private RunningOperator(KubernetesClient client, Operator operator) {
        this.client = client;
        this.operator = operator;
    }

    /** Returns when the caches are filled. No pod answers. */
    public static RunningOperator start(
            Config server, String namespace, OperatorConfig config, ManifestRenderer renderer) {
        return start(server, namespace, config, renderer, NO_ANSWER);
    }

    /** Returns when the caches are filled. */
    static RunningOperator start(
            Config server,
            String namespace,
            OperatorConfig config,
            ManifestRenderer renderer,
            PodMetrics.Source source) {
        return start(server, namespace, config, renderer, source, new ResourceMetrics(() -> true));
    }

    /** Returns when the caches are filled. */
    static RunningOperator start(
            Config server,
            String namespace,
            OperatorConfig config,
            ManifestRenderer renderer,
            PodMetrics.Source source,
            ResourceMetrics metrics) {
        var client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(server).withUserAgent(USER_AGENT).build())
                .build();
        var operator = new Operator(settings -> settings.withKubernetesClient(client)
                .withCloseClientOnStop(false)
                .checkingCRDAndValidateLocalModel(false)
                .withReconciliationTerminationTimeout(Duration.ofSeconds(5)));
        operator.register(
                reconciler(client, config, renderer, source, metrics),
                controller -> controller.settingNamespaces(namespace));
        operator.start();
        return new RunningOperator(client, operator);
    }

    private static ThanosReconciler reconciler(
            KubernetesClient client,
            OperatorConfig config,
            ManifestRenderer renderer,
            PodMetrics.Source source,
            ResourceMetrics metrics) {
        var claims = new BucketClaims();
        var halted = new HaltedCompactors(source, config.compactorCheckInterval());
        var connections = new StoreConnections(NO_STATS, config.storeCheckInterval());
        var reports = new RouterReports(source, Clock.systemUTC());
        var receive = new ReceiveObserver(client, reports, Clock.systemUTC());
        var gatherer = new Gatherer(client, config, claims, halted, receive);
        return new ThanosReconciler(
                reconciliation(client, config, gatherer, connections, renderer),
                claims,
                halted,
                connections,
                reports,
                metrics,
                Clock.systemUTC());
    }

    /** As a compactor answers. */
    static PodMetrics.Values halted(boolean isHalted) {
        return new PodMetrics.Values(Map.of("thanos_compact_halted", isHalted ? 1.0 : 0.0), Optional.empty());
    }

    /** The flow alone, without the SDK. */
    static Reconciliation reconciliation(
            KubernetesClient client,
            OperatorConfig config,
            Gatherer gatherer,
            StoreConnections connections,
            ManifestRenderer renderer) {
        var clock = Clock.systemUTC();
        var applier = new ManifestApplier(
                client, ThanosReconciler.FIELD_MANAGER, "monitoring.paodin.io/", (kind, result) -> {});
        var steps = new RolloutSteps(client, ThanosReconciler.FIELD_MANAGER, (kind, result) -> {});
        return new Reconciliation(
                client,
                config,
                gatherer,
                new StoreSources(client, connections, clock),
                renderer,
                applier,
                new ReceiveSteps(steps),
                new EventPublisher(client, clock),
                clock);
    }

    @Override
    public void close() {
        operator.stop();
        client.close();
    }
}
