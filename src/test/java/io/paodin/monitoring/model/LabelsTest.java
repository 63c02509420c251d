package io.paodin.monitoring.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LabelsTest {

    @Test
    void selectorsNeverChangeSinceTheApiForbidsIt() {
        assertThat(Labels.of("central", Role.QUERY).selector())
                .isEqualTo(Map.of(
                        "app.kubernetes.io/name", "thanos",
                        "app.kubernetes.io/component", "query",
                        "app.kubernetes.io/instance", "central"));
        assertThat(Labels.ofIngestor("central", "team-a").selector())
                .isEqualTo(Map.of(
                        "app.kubernetes.io/name", "thanos",
                        "app.kubernetes.io/component", "receive-ingestor",
                        "app.kubernetes.io/instance", "central",
                        "monitoring.paodin.io/ingestor", "team-a"));
    }

    @Test
    void allLabelsAreThoseOfTheSelectorAndWhoManagesTheObject() {
        var labels = Labels.ofIngestor("central", "team-a");
        assertThat(labels.all())
                .containsAllEntriesOf(labels.selector())
                .containsEntry("app.kubernetes.io/part-of", "central")
                .containsEntry("app.kubernetes.io/managed-by", "paodin-monitoring")
                .hasSize(labels.selector().size() + 2);
    }

    @Test
    void theComponentSelectsThePodsOfAllIngestors() {
        assertThat(Labels.ofIngestor("central", "a").component())
                .isEqualTo(Labels.ofIngestor("central", "b").component())
                .doesNotContainKey(Labels.INGESTOR);
    }

    @Test
    void aSelectorHoldsNothingThatMayChange() {
        var before = Examples.receive("receive: {ingestors: [{name: a, tenants: [t]}]}");
        var after = Examples.receive("""
                defaultFields: {image: "quay.io/thanos/thanos:v0.42.0", logLevel: debug}
                receive: {router: {replicationFactor: 2}, ingestors: [{name: a, replicas: 2, tenants: [u, v]}]}
                """);
        assertThat(after.router().workload().selector())
                .isEqualTo(before.router().workload().selector());
        assertThat(after.ingestors().get(0).workload().selector())
                .isEqualTo(before.ingestors().get(0).workload().selector());
        assertThat(after.ingestors().get(0).workload().labels())
                .as("moving a tenant restarts nothing")
                .isEqualTo(before.ingestors().get(0).workload().labels());
    }
}
