package io.paodin.monitoring.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StoreGatewayTest {

    private static final String BUCKET = "objectStorageConfig: {name: objstore, key: thanos.yaml}\n";

    private static StoreGateway gateway(String fields) {
        return Examples.valid(BUCKET + "storeGateway: {" + fields + "}")
                .storeGateway()
                .orElseThrow();
    }

    private static List<String> args(String fields) {
        return gateway(fields).workload().container().args();
    }

    private static List<String> notices(String spec) {
        return Examples.valid(BUCKET + spec).notices().stream()
                .map(Notice::path)
                .toList();
    }

    @Test
    void readsTheBucketFromAFileAndKeepsItsCacheOnItsVolume() {
        assertThat(args(""))
                .startsWith("store")
                .contains("--data-dir=/data", "--objstore.config-file=/etc/thanos/object-storage/config.yaml")
                .noneMatch(arg -> arg.startsWith("--min-time") || arg.startsWith("--sync-block-duration"));
    }

    @Test
    void boundsIntervalAndLazyReaderBecomeFlags() {
        assertThat(args("minTime: -6w, maxTime: '2024-01-01T00:00:00Z', syncBlockDuration: 5m"))
                .contains("--min-time=-6w", "--max-time=2024-01-01T00:00:00Z", "--sync-block-duration=5m");
        assertThat(args("enableIndexHeaderLazyReader: true")).contains("--store.enable-index-header-lazy-reader");
        assertThat(args("enableIndexHeaderLazyReader: false"))
                .noneMatch(arg -> arg.contains("index-header-lazy-reader"));
    }

    @Test
    void letsGoOfABlockWhenHalfOfTheDeleteDelayIsOver() {
        assertThat(args("")).contains("--ignore-deletion-marks-delay=24h");
        var cluster = Examples.valid(BUCKET + "storeGateway: {}\ncompact: {deleteDelay: 10h}");
        assertThat(cluster.storeGateway().orElseThrow().workload().container().args())
                .contains("--ignore-deletion-marks-delay=5h");
        assertThat(args("additionalArgs: [{name: ignore-deletion-marks-delay, value: 1h}]"))
                .contains("--ignore-deletion-marks-delay=1h")
                .doesNotContain("--ignore-deletion-marks-delay=24h");
    }

    @Test
    void advisesAgainstADeleteDelayThatTheSyncIntervalMisses() {
        assertThat(notices("storeGateway: {}\ncompact: {deleteDelay: 29m}"))
                .containsExactly("spec.compact.deleteDelay");
        assertThat(notices("storeGateway: {}\ncompact: {deleteDelay: 30m}")).isEmpty();
        assertThat(notices("storeGateway: {syncBlockDuration: 1m}\ncompact: {deleteDelay: 2m}"))
                .isEmpty();
        assertThat(notices("storeGateway: {}\ncompact: {deleteDelay: 0s}")).isNotEmpty();
    }

    @Test
    void advisesAgainstAGapBetweenBucketAndIngestors() {
        var receive = "receive: {ingestors: [{name: a, localTsdbRetention: %s}]}\n";
        var gateway = "storeGateway: {maxTime: -1d}";
        assertThat(notices(receive.formatted("1d") + gateway))
                .containsExactly("spec.receive.ingestors[0].localTsdbRetention");
        assertThat(notices(receive.formatted("25h") + gateway)).isEmpty();
        assertThat(notices(receive.formatted("6h") + "storeGateway: {maxTime: '2024-01-01T00:00:00Z'}"))
                .isEmpty();
        assertThat(notices("receive: {ingestors: [{name: a}]}\nstoreGateway: {maxTime: -15d}"))
                .isNotEmpty();
    }

    @Test
    void advisesAgainstARetentionThatTheStoreGatewayCannotFollow() {
        var receive = "receive: {ingestors: [{name: a, localTsdbRetention: 2h}]}\n";
        assertThat(notices(receive + "storeGateway: {syncBlockDuration: 61m}"))
                .containsExactly("spec.receive.ingestors[0].localTsdbRetention");
        assertThat(notices(receive + "storeGateway: {syncBlockDuration: 1h}")).isEmpty();
        assertThat(notices(receive + "storeGateway: {}")).isEmpty();
        assertThat(Examples.valid(receive
                                + "storeGateway: {syncBlockDuration: 61m, objectStorageConfig: {name: a, key: b}}")
                        .notices())
                .as("uploads nothing")
                .isEmpty();
    }

    @Test
    void queryFindsAllPodsByOneName() {
        var query = "query: {}\n";
        assertThat(Examples.query(BUCKET + query + "storeGateway: {}")
                        .endpoints()
                        .addresses())
                .containsExactly("dns+central-storegateway-operated.monitoring.svc:10901");
        assertThat(Examples.query(BUCKET + query + "storeGateway: {replicas: 0}")
                        .endpoints()
                        .addresses())
                .isEmpty();
    }

    @Test
    void queryTellsApartTheCopiesThatIngestorsHaveUploaded() {
        assertThat(Examples.query(BUCKET + "query: {}\nstoreGateway: {}")
                        .workload()
                        .container()
                        .args())
                .contains("--query.replica-label=receive_replica");
    }

    @Test
    void replicasBelongToAScalerUnlessTheResourceSetsThem() {
        assertThat(gateway("").workload().replicas()).isNull();
        assertThat(gateway("replicas: 0").workload().replicas()).isZero();
        assertThat(gateway("replicas: 3").workload().replicas()).isEqualTo(3);
    }

    @Test
    void hasAGoverningServiceAndABudget() {
        assertThat(gateway("").service().name()).isEqualTo("central-storegateway-operated");
        assertThat(gateway("").service().headless()).isTrue();
        assertThat(gateway("").budget().maxUnavailable()).isEqualTo(1);
    }
}
