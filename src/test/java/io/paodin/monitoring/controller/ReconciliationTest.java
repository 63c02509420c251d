package io.paodin.monitoring.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.paodin.monitoring.api.v1alpha1.Thanos;
import io.paodin.monitoring.config.OperatorConfig;
import io.paodin.monitoring.controller.FlowDriver.Stage;
import io.paodin.monitoring.render.ManifestRenderer;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Single runs of the flow, with what caches may show. */
@QuarkusTest
class ReconciliationTest {

    private static final String CENTRAL = """
            apiVersion: monitoring.paodin.io/v1alpha1
            kind: Thanos
            metadata:
              name: central
            spec:
              query: {}
            """;

    @Inject
    OperatorConfig config;

    @Inject
    ManifestRenderer renderer;

    @Inject
    KubernetesClient applications;

    private Stage stage;
    private FlowDriver driver;
    private Thanos settled;

    @BeforeEach
    void settle() {
        stage = Stage.open();
        driver = new FlowDriver(stage, "monitoring", config, renderer);
        driver.apply(CENTRAL);
        driver.settle();
        settled = driver.thanos();
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void restoresWhatIsMissing() {
        deleteTheService();
        driver.reconcile();
        assertThat(service()).isNotNull();
    }

    @Test
    void restoresNothingOfAResourceThatIsBeingDeleted() {
        deleteSlowly();
        deleteTheService();
        assertWritesNothing(driver.thanos());
    }

    @Test
    void restoresNothingOfAResourceWhoseDeletionTheCacheDoesNotShow() {
        deleteSlowly();
        deleteTheService();
        assertWritesNothing(settled);
    }

    @Test
    void restoresNothingOfAResourceThatIsGone() {
        stage.user().resource(settled).delete();
        await().until(() -> service() == null);
        assertWritesNothing(settled);
    }

    @Test
    void restoresNothingOfAResourceThatAnotherOneHasReplaced() {
        stage.user().resource(settled).delete();
        driver.apply(CENTRAL);
        await().until(() -> service() == null);
        assertWritesNothing(settled);
    }

    @Test
    void saysNothingInANamespaceThatIsBeingDeleted() {
        var unseen = stage.user().getKubernetesSerialization().clone(settled);
        unseen.setStatus(null);
        stage.user().namespaces().withName("monitoring").edit(namespace -> {
            namespace.getMetadata().setFinalizers(List.of("example.com/wait"));
            return namespace;
        });
        stage.user().namespaces().withName("monitoring").delete();
        await().until(() -> service() == null);

        var mark = stage.server().journal().mark();
        var result = driver.reconcile(unseen);

        assertThat(result.failure()).isEmpty();
        assertThat(result.status()).isEmpty();
        assertThat(driver.operatorsWrites(mark)).singleElement().satisfies(write -> assertThat(write.verb())
                .isEqualTo("patch"));
    }

    @Test
    void holdsUpNobodyWithAServerThatFails() {
        assertThat(applications.getConfiguration().getRequestRetryBackoffLimit())
                .isEqualTo(1);
    }

    /** In the foreground, and held up by somebody. */
    private void deleteSlowly() {
        stage.user().resource(settled).edit(thanos -> {
            thanos.getMetadata().setFinalizers(List.of("example.com/wait"));
            return thanos;
        });
        stage.user()
                .resource(settled)
                .withPropagationPolicy(DeletionPropagation.FOREGROUND)
                .delete();
    }

    private void deleteTheService() {
        stage.user()
                .services()
                .inNamespace("monitoring")
                .withName("central-query")
                .delete();
    }

    private Service service() {
        return stage.user()
                .services()
                .inNamespace("monitoring")
                .withName("central-query")
                .get();
    }

    private void assertWritesNothing(Thanos thanos) {
        var mark = stage.server().journal().mark();
        driver.reconcile(thanos);
        assertThat(driver.operatorsWrites(mark)).isEmpty();
    }
}
