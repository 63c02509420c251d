package io.paodin.monitoring.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.paodin.monitoring.controller.OperatorContract;
import io.paodin.monitoring.controller.RunningOperator;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The contract on a real API server, and what only that does. */
@QuarkusTest
@TestProfile(OperatorContract.Settings.class)
@Tag("controlplane")
class ThanosControlPlaneIT extends OperatorContract {

    private final ControlPlane controlPlane = ControlPlane.shared();

    @BeforeAll
    static void installCrd() {
        ControlPlane.shared().installCrd();
    }

    @Test
    @Override
    protected void letsTheGarbageCollectorRemoveEverything() {
        assumeTrue(controlPlane.collectGarbage(), "there is no kube-controller-manager");
        super.letsTheGarbageCollectorRemoveEverything();
    }

    @Test
    @Override
    protected void restoresNothingDuringAForegroundDeletion() {
        assumeTrue(controlPlane.collectGarbage(), "there is no kube-controller-manager");
        super.restoresNothingDuringAForegroundDeletion();
    }

    @Test
    void waitsTruthfullyRightAfterAnEdit() {
        startOperator();
        apply(CENTRAL);
        makeReady();
        assertThat(waitForReady("30s")).isZero();

        apply(DEBUGGED);
        assertThat(waitForReady("2s")).isNotZero();

        makeReady();
        assertThat(waitForReady("30s")).isZero();
    }

    @Test
    void showsWhyTheServerRefusesAnObject() {
        startOperator();
        apply(CENTRAL.replace("query: {}", "query: {tolerations: [{key: a, operator: Exists, value: b}]}"));

        awaitReason("Degraded", "Rejected");
        assertThat(condition("Degraded").getMessage()).contains("Deployment central-query", "tolerations");
        assertThat(children()).contains("StatefulSet/central-receive-ingestor-soft");
    }

    private int waitForReady(String timeout) {
        return controlPlane
                .kubectl("-n", namespace, "wait", "--for=condition=Ready", "thanos/central", "--timeout=" + timeout)
                .exitCode();
    }

    @Override
    protected Config server() {
        return controlPlane.client().getConfiguration();
    }

    @Override
    protected KubernetesClient user() {
        return controlPlane.client();
    }

    @Override
    protected String newNamespace() {
        return controlPlane.newNamespace("thanos");
    }

    @Override
    protected List<String> requests() {
        var requests = new ArrayList<String>();
        var json = new ObjectMapper();
        try (var lines = Files.lines(controlPlane.auditLog())) {
            for (var line : (Iterable<String>) lines::iterator) {
                if (line.contains(RunningOperator.USER_AGENT) && line.contains(namespace)) {
                    add(json.readTree(line), requests);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return requests;
    }

    private void add(JsonNode request, List<String> requests) {
        var verb = request.path("verb").asText();
        var subresource = request.at("/objectRef/subresource").asText();
        if (request.at("/objectRef/namespace").asText().equals(namespace)
                && !Set.of("list", "watch").contains(verb)) {
            requests.add(verb + " " + request.at("/objectRef/resource").asText()
                    + (subresource.isEmpty() ? "" : "/" + subresource));
        }
    }
}
