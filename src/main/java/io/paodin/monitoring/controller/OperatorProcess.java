package io.paodin.monitoring.controller;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.processing.Controller;
import io.paodin.monitoring.config.OperatorConfig;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Starts the operator and ends it in order: nothing new is begun, what is under way is finished, then the lease is
 * handed over. The operator is looked up and not injected, so that it does not exist where nobody starts it.
 */
@ApplicationScoped
public class OperatorProcess {

    private static final Logger LOG = Logger.getLogger(OperatorProcess.class);

    private static final String TRY = "Without a cluster, run ./mvnw -Ptry in another terminal, and then here:"
            + " export KUBECONFIG=target/try/kubeconfig";

    private final Instance<Operator> operators;
    private final KubernetesClient client;
    private final LeaderElection leaderElection;
    private final OperatorConfig config;

    private volatile boolean started;

    @Inject
    OperatorProcess(
            Instance<Operator> operators,
            KubernetesClient client,
            LeaderElection leaderElection,
            OperatorConfig config) {
        this.operators = operators;
        this.client = client;
        this.leaderElection = leaderElection;
        this.config = config;
    }

    /**
     * Returns when the caches are filled and the instance acts or waits for the lease.
     *
     * @throws StartException with a message for people, if there is no cluster to work on
     */
    public void start() {
        requireCluster();
        var operator = operators.get();
        if (config.leaderElection().enabled()
                && operator.getConfigurationService()
                        .getLeaderElectionConfiguration()
                        .isEmpty()) {
            throw new StartException("Leader election is not available in this profile: set"
                    + " PAODIN_LEADER_ELECTION_ENABLED=false and run one instance only");
        }
        started = true;
        operator.start();
    }

    /** Whether {@link #start()} got as far as the operator. */
    boolean isStarted() {
        return started;
    }

    void stop(@Observes ShutdownEvent event) {
        if (!started) {
            return;
        }
        started = false;
        var operator = operators.get();
        leaderElection.stopping();
        finishReconciliations(operator);
        operator.stop();
        if (config.leaderElection().enabled()) {
            try {
                leaderElection.release(client);
            } catch (KubernetesClientException e) {
                LOG.warnf("The lease could not be handed over, it expires by itself: %s", e.getMessage());
            }
        }
    }

    /** The SDK's own stop does not wait: it interrupts what is under way. */
    private void finishReconciliations(Operator operator) {
        for (var registered : operator.getRegisteredControllers()) {
            if (registered instanceof Controller<?> controller) {
                controller.getEventProcessor().stop();
            }
        }
        var reconciliations =
                operator.getConfigurationService().getExecutorServiceManager().reconcileExecutorService();
        reconciliations.shutdown();
        try {
            if (!reconciliations.awaitTermination(config.shutdownTimeout().toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warnf("Reconciliations still run after %s and are interrupted", config.shutdownTimeout());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void requireCluster() {
        var cluster = client.getConfiguration();
        if (!isConfigured(cluster)) {
            throw new StartException("No cluster is configured: set KUBECONFIG. " + TRY);
        }
        // The first request of a start would be repeated for minutes; this one is to tell soon what is wrong.
        var impatient =
                new ConfigBuilder(cluster).withRequestRetryBackoffLimit(4).build();
        try (var probe = new KubernetesClientBuilder().withConfig(impatient).build()) {
            probe.getKubernetesVersion();
        } catch (KubernetesClientException e) {
            throw new StartException("No Kubernetes API server answers at " + cluster.getMasterUrl() + " (" + reason(e)
                    + "): check KUBECONFIG. " + TRY);
        }
    }

    private static boolean isConfigured(Config cluster) {
        return cluster.getCurrentContext() != null
                || !cluster.getMasterUrl().startsWith(Config.DEFAULT_MASTER_URL)
                || cluster.getAutoOAuthToken() != null;
    }

    private static String reason(Throwable error) {
        var cause = error;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
