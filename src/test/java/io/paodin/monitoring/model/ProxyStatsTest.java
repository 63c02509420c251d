package io.paodin.monitoring.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.paodin.monitoring.api.v1alpha1.StoreConnection;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyStatsTest {

    private static final Map<String, StoreConnection> NOTHING = Map.of();

    private static ProxyStats stats(String lines) {
        var stats = new ProxyStats();
        stats.accept(lines.getBytes(StandardCharsets.UTF_8));
        stats.end();
        return stats;
    }

    private static String counter(String name, int count) {
        return name.startsWith("rq_")
                ? "envoy_cluster_upstream_rq{envoy_response_code=\"%s\",envoy_cluster_name=\"a\"} %d\n"
                        .formatted(name.substring(3), count)
                : "envoy_cluster_%s{envoy_cluster_name=\"a\"} %d\n".formatted(name, count);
    }

    @ParameterizedTest
    @CsvSource({
        "grpc_0, Established",
        "grpc_16, Denied",
        "grpc_7, Denied",
        "rq_401, Denied",
        "rq_403, Denied",
        "ssl_fail_verify_san, WrongName",
        "ssl_fail_verify_error, Untrusted",
        "ssl_connection_error, Refused",
        "upstream_cx_connect_fail, Unreachable",
        "upstream_cx_none_healthy, Unreachable"
    })
    void whatHasGrownTellsWhatBecameOfTheConnections(String name, StoreConnection connection) {
        var before = stats(counter(name, 3) + counter("grpc_0", 5));
        var after = stats(counter(name, 4) + counter("grpc_0", name.equals("grpc_0") ? 6 : 5));
        assertThat(after.since(before, NOTHING)).isEqualTo(Map.of("a", connection));
        assertThat(stats(counter(name, 1)).since(new ProxyStats(), NOTHING)).isEqualTo(Map.of("a", connection));
    }

    @Test
    void ofSeveralReasonsTheOneThatSaysMostCounts() {
        var failing = stats(counter("ssl_fail_verify_san", 1) + counter("upstream_cx_connect_fail", 1));
        assertThat(failing.since(new ProxyStats(), NOTHING)).containsValue(StoreConnection.WrongName);
        var working = stats(
                counter("ssl_fail_verify_san", 2) + counter("upstream_cx_connect_fail", 2) + counter("grpc_0", 1));
        assertThat(working.since(failing, NOTHING)).containsValue(StoreConnection.Established);
    }

    @Test
    void whatHasNotGrownTellsNothingNew() {
        var stats = stats(counter("grpc_0", 1));
        assertThat(stats.since(stats, NOTHING)).isEmpty();
        assertThat(stats.since(stats, Map.of("a", StoreConnection.Denied, "gone", StoreConnection.Denied)))
                .isEqualTo(Map.of("a", StoreConnection.Denied));
    }

    @Test
    void aProxyThatHasJustBeenMetSaysNothingIfItHasSeenBoth() {
        var both = stats(counter("grpc_0", 7) + counter("upstream_cx_connect_fail", 2));
        assertThat(both.since(new ProxyStats(), NOTHING)).isEmpty();
        assertThat(both.since(new ProxyStats(), Map.of("a", StoreConnection.Unreachable)))
                .isEqualTo(Map.of("a", StoreConnection.Unreachable));
    }

    @Test
    void aServerThatIsNotTriedForAWhileIsAsItWas() {
        var before = stats(counter("upstream_cx_none_healthy", 1));
        var after = stats(counter("upstream_cx_none_healthy", 2));
        assertThat(after.since(before, Map.of("a", StoreConnection.Untrusted)))
                .containsValue(StoreConnection.Untrusted);
        assertThat(after.since(before, Map.of("a", StoreConnection.Established)))
                .containsValue(StoreConnection.Unreachable);
    }

    @Test
    void countersThatBeginAnewWithTheProcessAreUnderstood() {
        assertThat(stats(counter("rq_401", 1)).since(stats(counter("rq_401", 9)), NOTHING))
                .containsValue(StoreConnection.Denied);
    }

    @Test
    void aPageInPiecesIsThePage() {
        var stats = new ProxyStats();
        for (var b : ("# HELP x\n" + counter("grpc_0", 12)).getBytes(StandardCharsets.UTF_8)) {
            stats.accept(new byte[] {b});
        }
        stats.end();
        assertThat(stats.since(new ProxyStats(), NOTHING)).containsValue(StoreConnection.Established);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "envoy_cluster_upstream_rq{",
                "envoy_cluster_upstream_rq{envoy_cluster_name=\"a\"} 1",
                "envoy_cluster_grpc_0{} 1",
                "envoy_cluster_upstream_rq{envoy_response_code=\"503\",envoy_cluster_name=\"a\"} 1",
                "envoy_cluster_grpc_14{envoy_cluster_name=\"a\"} 1",
                "envoy_cluster_ssl_handshake{envoy_cluster_name=\"a\"} 1",
                "envoy_cluster_ssl_fail_verify_san{envoy_cluster_name=\"a\"} NaN",
                "\u0000\ufffd"
            })
    void anythingElseTellsNothing(String page) {
        assertThat(stats(page).since(new ProxyStats(), NOTHING)).isEmpty();
        assertThat(stats("x".repeat(10_000) + "\n" + page).since(new ProxyStats(), NOTHING))
                .isEmpty();
    }

    @Test
    void aNumberOfAnyLengthIsNoReasonToFail() {
        var page = "envoy_cluster_ssl_fail_verify_san{envoy_cluster_name=\"a\"} " + "9".repeat(60);
        assertThat(stats(page).since(new ProxyStats(), NOTHING)).containsValue(StoreConnection.WrongName);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cluster.a-b-1.ssl.fail_verify_san",
                "cluster.a-b-1.ssl.connection_error",
                "cluster.a-b-1.upstream_cx_connect_fail",
                "cluster.a-b-1.upstream_rq_401",
                "cluster.a-b-1.grpc.16"
            })
    void onlyWhatIsOfUseIsAskedFor(String name) {
        var filter = Pattern.compile(ProxyStats.FILTER);
        assertThat(filter.matcher(name).find()).isTrue();
        assertThat(filter.matcher(name + "_x").find()).isFalse();
        assertThat(filter.matcher("listener." + name).find()).isFalse();
    }
}
