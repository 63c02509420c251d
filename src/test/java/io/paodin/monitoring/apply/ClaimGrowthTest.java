package io.paodin.monitoring.apply;

import io.fabric8.kubernetes.client.Config;
import io.paodin.monitoring.apiserver.ApiServer;
import io.paodin.monitoring.apiserver.Workloads;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class ClaimGrowthTest extends ClaimGrowthContract {

    private static ApiServer server;

    @BeforeAll
    static void start() {
        server = ApiServer.start();
        server.workloads().mode(Workloads.Mode.MANUAL);
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
