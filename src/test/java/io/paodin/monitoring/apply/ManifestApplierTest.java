package io.paodin.monitoring.apply;

import io.fabric8.kubernetes.client.Config;
import io.paodin.monitoring.apiserver.ApiServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class ManifestApplierTest extends ApplierContract {

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
    Config server() {
        return server.clientConfig();
    }
}
