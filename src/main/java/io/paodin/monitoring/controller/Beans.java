package io.paodin.monitoring.controller;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.paodin.monitoring.apply.ApplyListener;
import io.paodin.monitoring.apply.ManifestApplier;
import io.paodin.monitoring.apply.RolloutSteps;
import io.paodin.monitoring.config.OperatorConfig;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Objects of packages that know nothing of dependency injection. */
final class Beans {

    private static final String ANNOTATION_PREFIX = "monitoring.paodin.io/";

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    ManifestApplier applier(KubernetesClient client, ApplyListener listener) {
        return new ManifestApplier(client, ThanosReconciler.FIELD_MANAGER, ANNOTATION_PREFIX, listener);
    }

    @Produces
    @Singleton
    StoreConnections storeConnections(ProxyMetrics metrics, OperatorConfig config) {
        return new StoreConnections(metrics::read, config.storeCheckInterval());
    }

    @Produces
    @Singleton
    RolloutSteps rolloutSteps(KubernetesClient client, ApplyListener listener) {
        return new RolloutSteps(client, ThanosReconciler.FIELD_MANAGER, listener);
    }

    @Produces
    @Singleton
    HaltedCompactors haltedCompactors(PodMetrics metrics, OperatorConfig config) {
        return new HaltedCompactors(metrics::read, config.compactorCheckInterval());
    }

    @Produces
    @Singleton
    RouterReports routerReports(PodMetrics metrics, Clock clock) {
        return new RouterReports(metrics::read, clock);
    }
}
