package io.paodin.monitoring.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.paodin.monitoring.api.v1alpha1.ThanosSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What holds for every resource, whatever somebody writes into it. */
class ClusterPropertiesTest {

    @Property(tries = 600)
    void noSpecMakesItFail(@ForAll long seed) {
        var cluster = Cluster.of(RandomSpecs.garbage(seed), Inputs.NONE, Examples.DEFAULT_SETTINGS);
        assertThat(cluster.violations()).doesNotHaveDuplicates().allSatisfy(violation -> {
            assertThat(violation.path()).matches("(?s)(spec\\.|metadata\\.name).*");
            assertThat(violation.message()).isNotBlank();
        });
    }

    @Property(tries = 200)
    void theSameSpecMeansTheSame(@ForAll long seed) {
        assertThat(Cluster.of(RandomSpecs.sensible(seed), Inputs.NONE, Examples.DEFAULT_SETTINGS))
                .isEqualTo(Cluster.of(RandomSpecs.sensible(seed), Inputs.NONE, Examples.DEFAULT_SETTINGS));
    }

    @Property(tries = 400, maxDiscardRatio = 50)
    void whatIsValidStarts(@ForAll long seed) throws JsonProcessingException {
        var thanos = RandomSpecs.sensible(seed);
        removeWhatIsNotAvailable(thanos.getSpec());
        var cluster = Cluster.of(thanos, Inputs.NONE, Examples.DEFAULT_SETTINGS);
        Assume.that(cluster.isValid());
        for (var component : cluster.components()) {
            assertThat(CommandLine.problems(Examples.args(component))).isEmpty();
            assertThat(component.workload().labels())
                    .containsAllEntriesOf(component.workload().selector());
            assertThat(component.workload().labels().values())
                    .allSatisfy(value -> assertThat(value).hasSizeBetween(1, 63));
            assertThat(component.workload().name()).hasSizeLessThanOrEqualTo(52);
        }
        assertThat(cluster.components()).extracting(c -> c.workload().name()).doesNotHaveDuplicates();
        assertThat(cluster.components()).extracting(Component::id).doesNotHaveDuplicates();
        if (cluster.receive().isPresent()) {
            checkRings(cluster.receive().get());
        }
    }

    private static void removeWhatIsNotAvailable(ThanosSpec spec) {
        spec.objectStorageConfig = null;
        spec.storeGateway = null;
        spec.compact = null;
        spec.receive.ingestors.forEach(ingestor -> ingestor.objectStorageConfig = null);
    }

    private static void checkRings(Receive receive) throws JsonProcessingException {
        var rings = new ObjectMapper().readTree(receive.router().hashrings().content());
        var factor = Integer.parseInt(receive.router().workload().container().args().stream()
                .filter(arg -> arg.startsWith("--receive.replication-factor="))
                .findFirst()
                .orElseThrow()
                .split("=")[1]);
        var tenants = new HashSet<String>();
        var members = new ArrayList<String>();
        assertThat(rings).isNotEmpty();
        for (int i = 0; i < rings.size(); i++) {
            var ring = rings.get(i);
            assertThat(ring.path("algorithm").asText()).isIn("ketama", "hashmod");
            assertThat(ring.path("endpoints").size()).isGreaterThanOrEqualTo(factor);
            assertThat(ring.has("tenants"))
                    .as("only the last ring may be soft")
                    .isEqualTo(i < rings.size() - 1 || ring.path("tenants").size() > 0);
            for (JsonNode tenant : ring.path("tenants")) {
                assertThat(tenants.add(tenant.asText()))
                        .as("tenants are unique")
                        .isTrue();
            }
            ring.path("endpoints")
                    .forEach(endpoint -> members.add(endpoint.path("address").asText()));
        }
        assertThat(members).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(expected(receive));
    }

    private static List<String> expected(Receive receive) {
        return receive.ingestors().stream().flatMap(i -> i.members().stream()).toList();
    }
}
