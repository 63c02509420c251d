package io.paodin.monitoring.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.paodin.monitoring.api.v1alpha1.Thanos;
import io.paodin.monitoring.apiserver.Workloads;
import io.paodin.monitoring.config.OperatorConfig;
import io.paodin.monitoring.controller.FlowDriver.Stage;
import io.paodin.monitoring.render.ManifestRenderer;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The series of resources, as a Prometheus server gets them of a running operator. */
@QuarkusTest
class ResourceMetricsTest {

    private static final String NAMESPACE = "measured";

    private static final String CENTRAL = """
            {receive: {ingestors: [{name: a, tenants: [a], replicas: 2}, {name: b}, {name: c, replicas: 2}]}, query: {}}
            """;

    @Inject
    OperatorConfig config;

    @Inject
    ManifestRenderer renderer;

    @Inject
    ResourceMetrics metrics;

    @TestHTTPResource("/q/metrics")
    URL url;

    private Stage stage;
    private RunningOperator operator;

    @BeforeEach
    void start() {
        stage = Stage.open();
        user().resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAMESPACE)
                        .endMetadata()
                        .build())
                .create();
        operator = RunningOperator.start(
                stage.server().clientConfig(), NAMESPACE, config, renderer, RunningOperator.NO_ANSWER, metrics);
    }

    @AfterEach
    void stop() {
        operator.close();
        stage.close();
        metrics.report(Stream::empty);
    }

    @Test
    void tellsWhatAResourceIsAndHowItIs() {
        apply("central", CENTRAL);

        awaitSeries("central", 21);
        assertThat(series("central"))
                .contains(
                        "thanos_info{name=\"central\",version=\"v0.42.4\"} 1",
                        "condition{name=\"central\",type=\"Ready\",status=\"False\",reason=\"RollingOut\"} 1",
                        "condition{name=\"central\",type=\"Progressing\",status=\"True\",reason=\"RollingOut\"} 1",
                        "condition{name=\"central\",type=\"Degraded\",status=\"False\",reason=\"AsExpected\"} 1",
                        "violations{name=\"central\"} 0",
                        "component_desired{name=\"central\",component=\"receive-ingestor-a\"} 2",
                        "component_ready{name=\"central\",component=\"receive-ingestor-a\"} 0",
                        "component_desired{name=\"central\",component=\"query\"} 1",
                        "hashring_members{name=\"central\",hashring=\"soft\"} 3",
                        "hashring_desired{name=\"central\",hashring=\"soft\"} 3",
                        "hashring_ready{name=\"central\",hashring=\"soft\"} 0");

        stage.server().workloads().mode(Workloads.Mode.AUTOMATIC);
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(series("central"))
                .contains(
                        "condition{name=\"central\",type=\"Ready\",status=\"True\",reason=\"Ready\"} 1",
                        "component_ready{name=\"central\",component=\"receive-ingestor-a\"} 2",
                        "hashring_ready{name=\"central\",hashring=\"soft\"} 3")
                .noneMatch(line -> line.contains("RollingOut")));
    }

    @Test
    void countsViolationsUntilTheyAreGone() {
        apply("central", "{query: {replicas: -1, logLevel: trace}}");

        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(series("central"))
                .contains(
                        "violations{name=\"central\"} 2",
                        "condition{name=\"central\",type=\"Degraded\",status=\"True\",reason=\"InvalidSpec\"} 1"));

        apply("central", "{query: {}}");
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(series("central"))
                .contains("violations{name=\"central\"} 0")
                .noneMatch(line -> line.contains("InvalidSpec")));
    }

    @Test
    void nothingIsLeftOfAResourceOrAComponentThatIsGone() {
        apply("central", CENTRAL);
        apply("other", "{query: {}}");
        awaitSeries("central", 21);
        awaitSeries("other", 7);

        apply("central", "{query: {}}");
        awaitSeries("central", 7);
        user().resources(Thanos.class)
                .inNamespace(NAMESPACE)
                .withName("central")
                .delete();

        awaitSeries("central", 0);
        assertThat(series("other")).hasSize(7);
    }

    @Test
    void anInstanceThatOnlyWaitsForTheLeaseHasNone() {
        var waiting = new ResourceMetrics(() -> false);
        waiting.report(() -> Stream.of(thanos()));

        assertThat(samples(waiting)).containsExactly("thanos_operator_leader=0.0");
        assertThat(scrape()).contains("thanos_operator_leader 1.0");
    }

    @Test
    void whatIsKnownOfAResourceIsForgottenWithIt() {
        var leading = new ResourceMetrics(() -> true);
        leading.examined(thanos(), 3);
        leading.report(() -> Stream.of(thanos()));
        assertThat(samples(leading)).contains("thanos_operator_violations=3.0");

        leading.report(Stream::empty);
        assertThat(samples(leading)).containsExactly("thanos_operator_leader=1.0");
        leading.report(() -> Stream.of(thanos()));
        assertThat(samples(leading)).containsExactly("thanos_operator_leader=1.0", "thanos_operator_thanos_info=1.0");
    }

    private static Thanos thanos() {
        var thanos = new Thanos();
        thanos.getMetadata().setName("central");
        thanos.getMetadata().setNamespace(NAMESPACE);
        thanos.getMetadata().setUid("1");
        return thanos;
    }

    private static List<String> samples(ResourceMetrics metrics) {
        return metrics.collect().stream()
                .flatMap(family -> family.samples.stream())
                .map(sample -> sample.name + "=" + sample.value)
                .toList();
    }

    private void apply(String name, String spec) {
        stage.server().load("""
                {apiVersion: monitoring.paodin.io/v1alpha1, kind: Thanos, metadata: {name: %s, namespace: %s},
                 spec: %s}
                """.formatted(name, NAMESPACE, spec));
    }

    private void awaitSeries(String resource, int count) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(series(resource)).hasSize(count));
    }

    /** Without what is the same in all of them. */
    private List<String> series(String resource) {
        return scrape().filter(
                        line -> line.startsWith("thanos_operator_") && line.contains(",name=\"" + resource + "\","))
                .map(line -> line.replace("thanos_operator_", "")
                        .replace("namespace=\"" + NAMESPACE + "\",", "")
                        .replace(",}", "}")
                        .replaceAll("\\.0$", ""))
                .toList();
    }

    private Stream<String> scrape() {
        try (var body = url.openStream()) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8).lines();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private KubernetesClient user() {
        return stage.user();
    }
}
