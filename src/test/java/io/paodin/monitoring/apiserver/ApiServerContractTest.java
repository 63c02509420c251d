package io.paodin.monitoring.apiserver;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class ApiServerContractTest extends KubernetesContract {

    private static ApiServer server;
    private static KubernetesClient client;

    @BeforeAll
    static void start() {
        server = ApiServer.start();
        client = new KubernetesClientBuilder().withConfig(server.clientConfig()).build();
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    @Override
    KubernetesClient client() {
        return client;
    }
}
