package io.paodin.monitoring.controller;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.paodin.monitoring.apply.ApplyListener;
import io.paodin.monitoring.apply.ManifestApplier;
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
    HaltedCompactors haltedCompactors(CompactorMetrics metrics, OperatorConfig config) {
        return new HaltedCompactors(metrics::isHalted, config.compactorCheckInterval());
    }
}
