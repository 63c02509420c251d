package io.paodin.monitoring.apiserver;

import static org.assertj.core.api.Assumptions.assumeThat;

import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.paodin.monitoring.controlplane.ControlPlane;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** Keeps the contract honest: a real kube-apiserver, with the garbage collector, fulfils it. */
@Tag("controlplane")
class RealApiServerContractIT extends KubernetesContract {

    private static KubernetesClient client;

    @BeforeAll
    static void start() {
        ControlPlane controlPlane = ControlPlane.shared();
        assumeThat(controlPlane.collectGarbage()).isTrue();
        var config = new ConfigBuilder(controlPlane.client().getConfiguration())
                .withRequestRetryBackoffLimit(0)
                .build();
        client = new KubernetesClientBuilder().withConfig(config).build();
    }

    @AfterAll
    static void stop() {
        if (client != null) {
            client.close();
        }
    }

    @Override
    KubernetesClient client() {
        return client;
    }
}
