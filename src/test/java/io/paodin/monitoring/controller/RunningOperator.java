package io.paodin.monitoring.controller;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.javaoperatorsdk.operator.Operator;
import io.paodin.monitoring.apply.ManifestApplier;
import io.paodin.monitoring.config.OperatorConfig;
import io.paodin.monitoring.model.ProxyStats;
import io.paodin.monitoring.render.ManifestRenderer;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** The operator as the SDK runs it, for one namespace, inside a test. */
public final class RunningOperator implements AutoCloseable {

    /** By what the requests of the operator are told from those of the test. */
    public static final String USER_AGENT = "operator-under-test";

    /** What asks no pod. */
    static final HaltedCompactors.Probe NO_ANSWER =
            (host, port) -> CompletableFuture.failedFuture(new IllegalStateException("no answer"));

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
            HaltedCompactors.Probe probe) {
        return start(server, namespace, config, renderer, probe, new ResourceMetrics(() -> true));
    }

    /** Returns when the caches are filled. */
    static RunningOperator start(
            Config server,
            String namespace,
            OperatorConfig config,
            ManifestRenderer renderer,
            HaltedCompactors.Probe probe,
            ResourceMetrics metrics) {
        var client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(server).withUserAgent(USER_AGENT).build())
                .build();
        var operator = new Operator(settings -> settings.withKubernetesClient(client)
                .withCloseClientOnStop(false)
                .checkingCRDAndValidateLocalModel(false)
                .withReconciliationTerminationTimeout(Duration.ofSeconds(5)));
        operator.register(
                reconciler(client, config, renderer, probe, metrics),
                controller -> controller.settingNamespaces(namespace));
        operator.start();
        return new RunningOperator(client, operator);
    }

    private static ThanosReconciler reconciler(
            KubernetesClient client,
            OperatorConfig config,
            ManifestRenderer renderer,
            HaltedCompactors.Probe probe,
            ResourceMetrics metrics) {
        var claims = new BucketClaims();
        var halted = new HaltedCompactors(probe, config.compactorCheckInterval());
        var connections = new StoreConnections(NO_STATS, config.storeCheckInterval());
        return new ThanosReconciler(
                reconciliation(client, config, new Gatherer(client, config, claims, halted), connections, renderer),
                claims,
                halted,
                connections,
                metrics,
                Clock.systemUTC());
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
        return new Reconciliation(
                client,
                config,
                gatherer,
                new StoreSources(client, connections, clock),
                renderer,
                applier,
                new EventPublisher(client, clock),
                clock);
    }

    @Override
    public void close() {
        operator.stop();
        client.close();
    }
}
