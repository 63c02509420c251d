package io.paodin.monitoring.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import io.paodin.monitoring.apiserver.ApiServer;
import io.paodin.monitoring.apiserver.Fault;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

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

    @AfterEach
    void forbidNothing() {
        server.onWrite(request -> false, (index, request) -> Fault.NONE);
    }

    @Test
    void leavesWhatIsForbiddenToAPersonAndAppliesTheOthers() {
        server.onWrite(request -> request.resource().equals("configmaps"), (index, request) -> Fault.error(403));

        var outcome = apply(all());

        assertThat(outcome.failure()).isEmpty();
        assertThat(outcome.with(Result.REJECTED)).extracting(Applied::name).containsExactly("endpoints");
        assertThat(outcome.with(Result.CREATED)).hasSize(4);
    }

    @Test
    void leavesAForbiddenDeletionToAPerson() {
        apply(all());
        server.onWrite(request -> request.resource().equals("configmaps"), (index, request) -> Fault.error(403));

        var outcome = apply(all().subList(0, 1));

        assertThat(outcome.failure()).isEmpty();
        assertThat(outcome.with(Result.REJECTED)).extracting(Applied::name).containsExactly("endpoints");
        assertThat(outcome.with(Result.PRUNED)).hasSize(3);
    }
}
