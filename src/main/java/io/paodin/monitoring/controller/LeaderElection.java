package io.paodin.monitoring.controller;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.paodin.monitoring.config.OperatorConfig;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Sees to it that one instance acts at a time: followers keep their caches warm and act only while they hold the lease.
 * A leader that loses it ends its process; one that is stopped hands it over.
 */
@Singleton
public class LeaderElection {

    static final String LEASE = "paodin-monitoring";

    private static final Logger LOG = Logger.getLogger(LeaderElection.class);

    private final OperatorConfig.LeaderElection config;
    private final String namespace;
    private final String identity;
    private final LeaseFence fence;
    private final Runnable exit;

    private volatile boolean started;
    private volatile boolean stopping;

    @Inject
    LeaderElection(OperatorConfig config, Config clientConfig) {
        // Not an orderly exit: that waits for reconciliations, and every write of theirs is one too many.
        this(config, clientConfig, () -> Runtime.getRuntime().halt(1));
    }

    LeaderElection(OperatorConfig config, Config clientConfig, Runnable exit) {
        this.config = config.leaderElection();
        this.namespace = this.config
                .namespace()
                .or(() -> Optional.ofNullable(clientConfig.getNamespace()))
                .orElse("default");
        // Unique for the process, not for the pod: a second process of the same name must not pass for the first.
        this.identity = Optional.ofNullable(System.getenv("HOSTNAME")).orElse(LEASE) + "_" + UUID.randomUUID();
        this.fence = new LeaseFence(namespace, this.config.leaseDuration(), System::nanoTime, exit);
        this.exit = exit;
    }

    /** What the operator SDK elects by; null leaves the election out. */
    @Produces
    @Dependent
    LeaderElectionConfiguration configuration() {
        if (!config.enabled()) {
            return null;
        }
        return new LeaderElectionConfiguration(
                LEASE,
                namespace,
                config.leaseDuration(),
                config.renewDeadline(),
                config.retryPeriod(),
                identity,
                new LeaderCallbacks(this::started, this::stopped, leader -> {}),
                // It would exit in the middle of a normal shutdown too, where System.exit never returns.
                false);
    }

    /** The client of the whole application, fenced. */
    @Produces
    @Singleton
    KubernetesClient client(KubernetesSerialization serialization, Config clientConfig) {
        return new KubernetesClientBuilder()
                .withKubernetesSerialization(serialization)
                .withConfig(clientConfig)
                .withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor("lease-fence", fence))
                .build();
    }

    void close(@Disposes KubernetesClient client) {
        client.close();
    }

    /** Whether this is the instance that acts. One that loses the lease does not live to say so. */
    boolean isLeading() {
        return started || !config.enabled();
    }

    /** To be called before the elector is stopped: losing the lease is intended from now on. */
    void stopping() {
        stopping = true;
    }

    /** Gives the lease up, if this instance holds it, so that another one need not wait for it to expire. */
    void release(KubernetesClient client) {
        fence.close();
        var leases = client.leases().inNamespace(namespace).withName(LEASE);
        var lease = leases.get();
        if (lease == null || !identity.equals(lease.getSpec().getHolderIdentity())) {
            return;
        }
        lease.getSpec().setHolderIdentity(null);
        client.resource(lease).update();
        LOG.info("Handed over the lease");
    }

    private void started() {
        started = true;
        LOG.infof("Leading as %s", identity);
    }

    private void stopped() {
        if (!stopping) {
            LOG.error("Lost the lease: this instance ends");
            exit.run();
        }
    }
}
