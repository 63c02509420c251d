package io.paodin.monitoring.model;

import static io.paodin.monitoring.model.Examples.receive;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HashringTest {

    private static String file(String spec) {
        return receive(spec).router().hashrings().content();
    }

    @Test
    void listsEveryMemberOfEveryRing() {
        assertThat(file("""
                receive:
                  ingestors:
                  - {name: others, replicas: 2}
                  - {name: team-a, replicas: 1, tenants: [b, a]}
                """)).isEqualTo("""
                [
                  {"hashring":"team-a","tenants":["a","b"],"algorithm":"ketama","endpoints":[\
                {"address":"central-receive-ingestor-team-a-0.central-receive-ingestor-team-a-operated.monitoring.svc:10901"}]},
                  {"hashring":"soft","algorithm":"ketama","endpoints":[\
                {"address":"central-receive-ingestor-others-0.central-receive-ingestor-others-operated.monitoring.svc:10901"},\
                {"address":"central-receive-ingestor-others-1.central-receive-ingestor-others-operated.monitoring.svc:10901"}]}
                ]
                """);
    }

    @Test
    void allIngestorsWithoutTenantsAreOneRingAndItIsTheLast() {
        var rings = receive("""
                receive:
                  ingestors: [{name: x}, {name: a, tenants: [a]}, {name: y}, {name: b, tenants: [b]}, {name: soft}]
                """).hashrings();
        assertThat(rings).extracting(Hashring::name).containsExactly("a", "b", "soft");
        assertThat(rings).extracting(Hashring::isSoft).containsExactly(false, false, true);
        assertThat(rings.get(2).ingestorNames()).containsExactly("soft", "x", "y");
    }

    @Test
    void ringsOfIdsComeBeforeThoseOfPatterns() {
        var receive = receive("""
                receive:
                  ingestors:
                  - {name: a, tenantMatcher: glob, tenants: ["team-*"]}
                  - {name: b, tenantMatcher: exact, tenants: [team-b]}
                  - {name: c, tenantMatcher: glob, tenants: ["[0-9]*"]}
                  - {name: d}
                  - {name: e, tenants: [team-e]}
                """);
        assertThat(receive.hashrings()).extracting(Hashring::name).containsExactly("b", "e", "a", "c", "soft");
        assertThat(receive.router().hashrings().content().lines())
                .anyMatch(
                        line -> line.startsWith(
                                "  {\"hashring\":\"a\",\"tenants\":[\"team-*\"],\"tenant_matcher_type\":\"glob\",\"algorithm\":"))
                .anyMatch(line ->
                        line.startsWith("  {\"hashring\":\"b\",\"tenants\":[\"team-b\"],\"algorithm\":\"ketama\""));
    }

    @Test
    void theAlgorithmIsThatOfTheRing() {
        assertThat(file("""
                receive:
                  ingestors:
                  - {name: a, tenants: [a], hashringAlgorithm: hashmod}
                  - {name: b, tenants: [b]}
                  - {name: c, hashringAlgorithm: hashmod}
                  - {name: d, hashringAlgorithm: hashmod}
                """)
                        .lines()
                        .filter(line -> line.contains("hashring"))
                        .map(line -> line.replaceAll(",\"endpoints.*", "")))
                .containsExactly(
                        "  {\"hashring\":\"a\",\"tenants\":[\"a\"],\"algorithm\":\"hashmod\"",
                        "  {\"hashring\":\"b\",\"tenants\":[\"b\"],\"algorithm\":\"ketama\"",
                        "  {\"hashring\":\"soft\",\"algorithm\":\"hashmod\"");
    }

    @Test
    void withoutASoftIngestorThereIsNoSoftRing() {
        assertThat(receive("receive: {ingestors: [{name: a, tenants: [a]}]}").hashrings())
                .extracting(Hashring::name)
                .containsExactly("a");
    }

    @Test
    void theOrderOfTenantsDoesNotMatter() {
        assertThat(file("receive: {ingestors: [{name: a, tenants: [x, z, y]}]}"))
                .isEqualTo(file("receive: {ingestors: [{name: a, tenants: [z, y, x]}]}"));
    }

    @Test
    void theFileIsNeverEmptyOrNull() {
        // An invalid cluster is not applied; whatever is made of it must not end the routers all the same.
        assertThat(Examples.cluster("receive: {ingestors: []}")
                        .receive()
                        .orElseThrow()
                        .router()
                        .hashrings()
                        .content())
                .isNotBlank()
                .doesNotContain("null");
        assertThat(Examples.cluster("receive: {ingestors: []}").isValid()).isFalse();
    }

    @Test
    void anIngestorScaledToZeroIsNoMember() {
        assertThat(file("receive: {ingestors: [{name: x, replicas: 0}, {name: y}]}"))
                .contains("ingestor-y-0")
                .doesNotContain("ingestor-x");
    }

    @ParameterizedTest
    @CsvSource({"1,1", "2,1", "3,1", "4,1", "5,2", "6,2", "7,3"})
    void asManyMayBeDownAsAQuorumCanMiss(int replicationFactor, int maxUnavailable) {
        assertThat(Hashring.maxUnavailable(replicationFactor)).isEqualTo(maxUnavailable);
    }
}
