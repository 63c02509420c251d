package io.paodin.monitoring.model;

import static io.paodin.monitoring.model.Examples.args;
import static io.paodin.monitoring.model.Examples.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryTest {

    @Test
    void readsItsEndpointsFromAFileAndKnowsReplicasApart() {
        assertThat(args(query("{query: {}, receive: {ingestors: [{name: a}]}}")))
                .containsExactly(
                        "query",
                        "--log.level=info",
                        "--log.format=logfmt",
                        "--enable-auto-gomemlimit",
                        "--http-address=0.0.0.0:10902",
                        "--grpc-address=0.0.0.0:10901",
                        "--http-grace-period=45s",
                        "--grpc-grace-period=45s",
                        "--endpoint.sd-config-file=/etc/thanos/endpoints/endpoints.yaml",
                        "--endpoint.sd-config-reload-interval=15s",
                        "--query.replica-label=receive_replica",
                        "--query.replica-label=prometheus_replica",
                        "--query.auto-downsampling");
    }

    @Test
    void replicaLabelsOfTheSpecReplaceTheDefaultButNotThatOfReceive() {
        assertThat(args(query("{query: {replicaLabels: [x, receive_replica]}, receive: {ingestors: [{name: a}]}}")))
                .filteredOn(arg -> arg.startsWith("--query.replica-label"))
                .containsExactly("--query.replica-label=receive_replica", "--query.replica-label=x");
        assertThat(args(query("query: {replicaLabels: []}")))
                .filteredOn(arg -> arg.startsWith("--query.replica-label"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    query: {replicaLabels: []}, receive: {ingestors: [{name: a}]}                | chain
                    query: {replicaLabels: [receive_replica]}, receive: {ingestors: [{name: a}]} | chain
                    query: {replicaLabels: [receive_replica]}                                    | chain
                    query: {replicaLabels: []}                                                   |
                    query: {}, receive: {ingestors: [{name: a}]}                                 |
                    query: {replicaLabels: [x]}, receive: {ingestors: [{name: a}]}               |
                    query: {}                                                                    |
                    """)
    void copiesOfAHashringAreMergedOneToOneUnlessPairsOfServersMayBeAmongThem(String spec, String function) {
        assertThat(args(query("{" + spec + "}")))
                .filteredOn(arg -> arg.startsWith("--deduplication.func"))
                .isEqualTo(function == null ? List.of() : List.of("--deduplication.func=" + function));
    }

    @Test
    void theWayOfMergingCanBeGivenAsAnAdditionalArgument() {
        assertThat(args(query("""
                query: {replicaLabels: [receive_replica], additionalArgs: [{name: deduplication.func, value: penalty}]}
                """)))
                .filteredOn(arg -> arg.startsWith("--deduplication.func"))
                .containsExactly("--deduplication.func=penalty");
    }

    @Test
    void selectorLabelsAreSortedAndQuotedAsGoReadsThem() {
        assertThat(args(query("""
                query:
                  selectorLabels: {zone: 'a"b', region: eu, back: 'c:\\', money: '$(HOME)', unicode: "ü\\n"}
                """)))
                .filteredOn(arg -> arg.startsWith("--selector-label"))
                .containsExactly(
                        "--selector-label=back=\"c:\\\\\"",
                        "--selector-label=money=\"$$(HOME)\"",
                        "--selector-label=region=\"eu\"",
                        "--selector-label=unicode=\"ü\\n\"",
                        "--selector-label=zone=\"a\\\"b\"");
    }

    @Test
    void endpointsAreTheStoresAndEveryPodThatHoldsData() {
        assertThat(query("""
                query:
                  stores:
                  - {name: b, addresses: ["b.example.com:10901", "dns+c.example.com:10901"]}
                  - addresses: [dnssrv+_grpc._tcp.d.example.com, "[::1]:10901"]
                receive: {ingestors: [{name: x, replicas: 2}]}
                """).endpoints().addresses())
                .containsExactly(
                        "b.example.com:10901",
                        "dns+c.example.com:10901",
                        "dnssrv+_grpc._tcp.d.example.com",
                        "[::1]:10901",
                        "central-receive-ingestor-x-0.central-receive-ingestor-x-operated.monitoring.svc:10901",
                        "central-receive-ingestor-x-1.central-receive-ingestor-x-operated.monitoring.svc:10901");
    }

    @Test
    void aStoreWithoutANameIsCalledByItsFirstAddress() {
        assertThat(query("query: {stores: [{addresses: ['a:1', 'b:1']}, {name: n, addresses: ['c:1']}]}")
                        .stores())
                .extracting(Store::name)
                .containsExactly("a:1", "n");
    }

    @Test
    void aChangeOfStoresChangesNothingInThePod() {
        assertThat(query("query: {stores: [{addresses: ['a:1']}]}").workload())
                .isEqualTo(query("query: {}").workload());
    }

    @Test
    void hasAServiceForClientsAndOneForItsPods() {
        assertThat(query("query: {}").services())
                .extracting(Service::name, Service::headless)
                .containsExactly(tuple("central-query", false), tuple("central-query-operated", true));
    }

    @Test
    void settingsOfTheOperatorReachTheArguments() {
        var settings = Examples.settings(Map.of("paodin.endpoint-reload-interval", "1m"));
        var cluster = Cluster.of(Examples.thanos("query: {}"), Inputs.NONE, settings);
        assertThat(args(cluster.query().orElseThrow())).contains("--endpoint.sd-config-reload-interval=1m");
    }
}
