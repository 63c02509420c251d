package io.paodin.monitoring.model;

import static io.paodin.monitoring.model.Examples.args;
import static io.paodin.monitoring.model.Examples.receive;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReceiveTest {

    private static Ingestor ingestor(String fields) {
        return receive("receive: {ingestors: [{name: a, " + fields + "}]}")
                .ingestors()
                .get(0);
    }

    @Test
    void theRouterKnowsTheRingsAndTheTenant() {
        var router = receive("""
                receive:
                  router: {replicationFactor: 2, tenantHeader: X-Scope-OrgID, defaultTenantId: nobody, tenantLabelName: tenant}
                  ingestors: [{name: a, replicas: 2}]
                """).router();
        assertThat(args(router))
                .containsExactly(
                        "receive",
                        "--log.level=info",
                        "--log.format=logfmt",
                        "--enable-auto-gomemlimit",
                        "--http-address=0.0.0.0:10902",
                        "--grpc-address=0.0.0.0:10901",
                        "--http-grace-period=45s",
                        "--grpc-grace-period=45s",
                        "--remote-write.address=0.0.0.0:19291",
                        "--receive.capnproto-address=127.0.0.1:19391",
                        "--label=receive_replica=\"$(POD_NAME)\"",
                        "--receive.hashrings-file=/etc/thanos/hashrings/hashrings.json",
                        "--receive.hashrings-algorithm=ketama",
                        "--receive.hashrings-file-refresh-interval=5s",
                        "--receive.replication-factor=2",
                        "--receive.tenant-header=X-Scope-OrgID",
                        "--receive.default-tenant-id=nobody");
    }

    @Test
    void theRouterSplitsTranslatesAndReplicatesAsItIsTold() {
        assertThat(args(receive("""
                receive:
                  router:
                    splitTenantLabelName: team
                    replicationProtocol: capnproto
                    otlp: {enableTargetInfo: false, promoteResourceAttributes: [service.name, service.namespace]}
                  ingestors: [{name: a}]
                """).router()))
                .contains(
                        "--receive.split-tenant-label-name=team",
                        "--receive.replication-protocol=capnproto",
                        "--no-receive.otlp-enable-target-info",
                        "--receive.otlp-promote-resource-attributes=service.name",
                        "--receive.otlp-promote-resource-attributes=service.namespace",
                        "--receive.capnproto-address=127.0.0.1:19391");
        assertThat(args(receive("receive: {router: {otlp: {enableTargetInfo: true}}, ingestors: [{name: a}]}")
                        .router()))
                .contains("--receive.otlp-enable-target-info");
    }

    /** So that a change of the protocol restarts no ingestor, and none is missed by routers that have changed already. */
    @Test
    void ingestorsTakeBothProtocolsWhateverTheRoutersSpeak() {
        var one = receive("receive: {ingestors: [{name: a}]}");
        var other = receive("receive: {router: {replicationProtocol: capnproto}, ingestors: [{name: a}]}");
        assertThat(one.ingestors()).isEqualTo(other.ingestors());
        assertThat(one.router().hashrings()).isEqualTo(other.router().hashrings());
        assertThat(one.ingestors().get(0).service().ports()).contains(Service.GRPC, Ingestor.CAPNPROTO);
    }

    @Test
    void theIngestorLabelsItsSeriesAndKeepsThemOnItsVolume() {
        var ingestor = receive("""
                receive:
                  router: {tenantHeader: X-Scope-OrgID, defaultTenantId: nobody, tenantLabelName: tenant}
                  ingestors: [{name: a, localTsdbRetention: 2d, blockDuration: 1h, tenants: [t]}]
                """).ingestors().get(0);
        assertThat(args(ingestor))
                .containsExactly(
                        "receive",
                        "--log.level=info",
                        "--log.format=logfmt",
                        "--enable-auto-gomemlimit",
                        "--http-address=0.0.0.0:10902",
                        "--grpc-address=0.0.0.0:10901",
                        "--http-grace-period=2m",
                        "--grpc-grace-period=2m",
                        "--remote-write.address=0.0.0.0:19291",
                        "--receive.capnproto-address=0.0.0.0:19391",
                        "--label=receive_replica=\"$(POD_NAME)\"",
                        "--receive.tenant-label-name=tenant",
                        "--receive.default-tenant-id=nobody",
                        "--tsdb.path=/data",
                        "--tsdb.retention=2d",
                        "--tsdb.min-block-duration=1h",
                        "--tsdb.max-block-duration=4h48m",
                        "--tsdb.too-far-in-future.time-window=5m");
    }

    @Test
    void anIngestorTakesWhatIsLateOrEarlyAsFarAsItIsTold() {
        var open = ingestor("outOfOrderTimeWindow: 30m, tooFarInFutureTimeWindow: 0s, maxExemplars: 1000");
        assertThat(args(open))
                .contains(
                        "--tsdb.out-of-order.time-window=30m",
                        "--tsdb.too-far-in-future.time-window=0s",
                        "--tsdb.max-exemplars=1000");
        assertThat(open.takesOutOfOrder()).isTrue();
        var strict = ingestor("outOfOrderTimeWindow: 0s, additionalArgs: [{name: label, value: 'r=\"1\"'}]");
        assertThat(args(strict))
                .contains("--tsdb.out-of-order.time-window=0s", "--tsdb.too-far-in-future.time-window=5m")
                .endsWith("--label=r=\"1\"")
                .noneMatch(arg -> arg.startsWith("--tsdb.max-exemplars"));
        assertThat(strict.takesOutOfOrder()).isFalse();
    }

    /** Without a bucket nobody else merges blocks: up to a tenth of the retention, a month at most. */
    @ParameterizedTest
    @CsvSource({
        "15d,2h,36h",
        "2h,2h,2h",
        "10h,2h,2h",
        "20h,2h,2h",
        "40h,2h,4h",
        "2y,2h,744h",
        "10d,1d,24h",
        "1w,1m,16h48m"
    })
    void blocksGrowWithTheRetention(String retention, String shortest, String longest) {
        var args = args(ingestor("localTsdbRetention: " + retention + ", blockDuration: " + shortest));
        assertThat(args)
                .contains(
                        "--tsdb.retention=" + retention,
                        "--tsdb.min-block-duration=" + shortest,
                        "--tsdb.max-block-duration=" + longest);
    }

    @Test
    void blocksThatAreUploadedAreNeverMergedByTheIngestor() {
        var bucket = "objectStorageConfig: {name: objstore, key: thanos.yaml}\n";
        var ingestor = Examples.receive(bucket + "receive: {ingestors: [{name: a, localTsdbRetention: 30d}]}")
                .ingestors()
                .get(0);
        assertThat(args(ingestor))
                .contains(
                        "--tsdb.min-block-duration=2h",
                        "--tsdb.max-block-duration=2h",
                        "--objstore.config-file=/etc/thanos/object-storage/config.yaml");
    }

    @Test
    void aReturnedIngestorIsGivenTimeBeforeTheNextIsRestartedWhereSamplesAreReplicated() {
        assertThat(ingestor("replicas: 1").minReadySeconds()).isZero();
        assertThat(receive("receive: {router: {replicationFactor: 2}, ingestors: [{name: a, replicas: 2}]}")
                        .ingestors()
                        .get(0)
                        .minReadySeconds())
                .isEqualTo(120);
        assertThat(receive("""
                receive: {router: {replicationFactor: 2}, ingestors: [{name: a, replicas: 2, minReadySeconds: 0}]}
                """).ingestors().get(0).minReadySeconds()).isZero();
    }

    @Test
    void aBudgetForEachRingOfMoreThanOneMember() {
        var budgets = receive("""
                receive:
                  router: {replicationFactor: 1}
                  ingestors: [{name: a, tenants: [a]}, {name: b, tenants: [b], replicas: 2}, {name: x}, {name: y}]
                """).ringBudgets();
        assertThat(budgets)
                .extracting(DisruptionBudget::name)
                .containsExactly("central-receive-ring-b", "central-receive-ring-soft");
        assertThat(budgets).extracting(DisruptionBudget::ingestors).containsExactly(List.of("b"), List.of("x", "y"));
        assertThat(budgets).allSatisfy(budget -> {
            assertThat(budget.maxUnavailable()).isEqualTo(1);
            assertThat(budget.selector()).doesNotContainKey(Labels.INGESTOR);
        });
    }

    @Test
    void theBudgetFollowsTheQuorum() {
        var budgets = receive("receive: {router: {replicationFactor: 5}, ingestors: [{name: a, replicas: 5}]}")
                .ringBudgets();
        assertThat(budgets).extracting(DisruptionBudget::maxUnavailable).containsExactly(2);
    }

    @Test
    void membersResolveWhileTheyRestart() {
        var ingestor = ingestor("replicas: 2");
        assertThat(ingestor.service().publishNotReadyAddresses()).isTrue();
        assertThat(ingestor.service().headless()).isTrue();
        assertThat(ingestor.service().name()).isEqualTo("central-receive-ingestor-a-operated");
    }

    @Test
    void ingestorsHaveOneReplicaUnlessTheSpecSaysMoreAndTheRouterIsLeftToAScaler() {
        var receive = receive("receive: {ingestors: [{name: a}, {name: b, replicas: 3}]}");
        assertThat(receive.ingestors()).extracting(i -> i.workload().replicas()).containsExactly(1, 3);
        assertThat(receive.router().workload().replicas()).isNull();
        assertThat(receive("receive: {router: {replicas: 0}, ingestors: [{name: a}]}")
                        .router()
                        .workload()
                        .replicas())
                .isZero();
    }

    @Test
    void clientsWriteToAServiceWithOneAddress() {
        assertThat(receive("receive: {ingestors: [{name: a}]}").router().services())
                .extracting(Service::name, Service::headless)
                .containsExactly(
                        tuple("central-receive-router", false), tuple("central-receive-router-operated", true));
    }
}
