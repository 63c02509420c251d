package io.paodin.monitoring.apiserver;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class ApiServerContractTest extends KubernetesContract {

    private static ApiServer server;

    @BeforeAll
    static void start() {
        server = ApiServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Override
    KubernetesClient connect() {
        return new KubernetesClientBuilder().withConfig(server.clientConfig()).build();
    }
}
