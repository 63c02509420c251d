package io.paodin.monitoring.controller;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.paodin.monitoring.controller.FlowDriver.Stage;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The contract on the embedded API server. */
@QuarkusTest
@TestProfile(OperatorContract.Settings.class)
class ThanosReconcilerTest extends OperatorContract {

    private static Stage stage;
    private static int namespaces;

    @BeforeAll
    static void open() {
        stage = Stage.open();
    }

    @AfterAll
    static void close() {
        stage.close();
    }

    @Test
    void aResourceThatAnOlderDefinitionLetThroughStopsNobodyElse() {
        stage.server().load("""
                apiVersion: monitoring.paodin.io/v1alpha1
                kind: Thanos
                metadata: {name: older, namespace: %s, generation: 1}
                spec:
                  defaultFields: {logLevel: trace, logFormat: x, imagePullPolicy: Sometimes}
                  query: {}
                status: {hashrings: [{name: soft, phase: Splitting}]}
                """.formatted(namespace));
        startOperator();
        apply(CENTRAL);

        awaitChildren();
        await().atMost(Duration.ofSeconds(60)).until(() -> degraded("older").contains("spec.defaultFields.logLevel"));
    }

    @Override
    protected Config server() {
        return stage.server().clientConfig();
    }

    @Override
    protected KubernetesClient user() {
        return stage.user();
    }

    @Override
    protected String newNamespace() {
        var name = "thanos-" + namespaces++;
        user().resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
        return name;
    }

    @Override
    protected List<String> requests() {
        return stage.server().journal().all().stream()
                .filter(FlowDriver::isOperators)
                .filter(request -> request.namespace().equals(namespace))
                .filter(request -> !Set.of("list", "watch").contains(request.verb()))
                .map(request -> request.verb() + " " + request.resource()
                        + (request.subresource().isEmpty() ? "" : "/" + request.subresource()))
                .toList();
    }
}
