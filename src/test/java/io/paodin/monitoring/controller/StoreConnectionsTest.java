package io.paodin.monitoring.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.paodin.monitoring.api.v1alpha1.StoreAddressStatus;
import io.paodin.monitoring.api.v1alpha1.StoreConnection;
import io.paodin.monitoring.api.v1alpha1.StoreStatus;
import io.paodin.monitoring.api.v1alpha1.Thanos;
import io.paodin.monitoring.api.v1alpha1.ThanosStatus;
import io.paodin.monitoring.model.Examples;
import io.paodin.monitoring.model.ProxyStats;
import io.paodin.monitoring.model.SecuredStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StoreConnectionsTest {

    private static final String ADDRESS = SecuredStore.addressId("one", "one:443");

    private record Read(String host, int port, CompletableFuture<ProxyStats> answer) {}

    private final Thanos central = Examples.thanos("query: {}");
    private final List<Pod> pods = new ArrayList<>();
    private final BlockingQueue<Read> reads = new LinkedBlockingQueue<>();
    private final AtomicInteger lookedAt = new AtomicInteger();
    private StoreConnections connections;

    @BeforeEach
    void start() {
        connections = new StoreConnections(
                (host, port) -> {
                    var read = new Read(host, port, new CompletableFuture<>());
                    reads.add(read);
                    return read.answer();
                },
                Duration.ofMillis(10));
        connections.setEventHandler(event -> lookedAt.incrementAndGet());
        connections.start();
        connections.find(thanos -> List.copyOf(pods));
    }

    @AfterEach
    void stop() {
        connections.stop();
    }

    private static ProxyStats counted(String counter, int count) {
        var stats = new ProxyStats();
        stats.accept("envoy_cluster_%s{envoy_cluster_name=\"%s\"} %d\n"
                .formatted(counter, ADDRESS, count)
                .getBytes(StandardCharsets.UTF_8));
        stats.end();
        return stats;
    }

    private Read next() throws InterruptedException {
        var read = reads.poll(10, TimeUnit.SECONDS);
        assertThat(read).isNotNull();
        return read;
    }

    private static Pod pod(String uid, String address, String port) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(uid)
                .withUid(uid)
                .withNamespace("monitoring")
                .endMetadata()
                .withNewSpec()
                .addNewInitContainer()
                .addNewPort()
                .withName(port)
                .withContainerPort(9902)
                .endPort()
                .endInitContainer()
                .endSpec()
                .withNewStatus()
                .withPhase("Running")
                .withPodIP(address)
                .endStatus()
                .build();
    }

    @Test
    void tellsWhatIsKnownWithoutWaitingAndAsksForALookWhenThatChanges() throws Exception {
        pods.add(pod("a", "10.0.0.1", "envoy"));
        assertThat(connections.of(central)).isEmpty();
        var first = next();
        assertThat(first.host()).isEqualTo("10.0.0.1");
        assertThat(first.port()).isEqualTo(9902);
        first.answer().complete(counted("ssl_fail_verify_san", 1));
        await().until(() -> lookedAt.get() == 1);
        assertThat(connections.of(central)).isEqualTo(Map.of(ADDRESS, StoreConnection.WrongName));

        next().answer().complete(counted("ssl_fail_verify_san", 2));
        var third = next();
        assertThat(lookedAt).as("nothing new").hasValue(1);
        third.answer().completeExceptionally(new IllegalStateException());
        next();
        assertThat(connections.of(central))
                .as("one read that fails says nothing")
                .isEqualTo(Map.of(ADDRESS, StoreConnection.WrongName));
    }

    @Test
    void theWorstThatOneOfThePodsTellsCounts() throws Exception {
        pods.add(pod("a", "10.0.0.1", "envoy"));
        pods.add(pod("b", "10.0.0.2", "envoy"));
        connections.of(central);
        for (int i = 0; i < 2; i++) {
            var read = next();
            read.answer()
                    .complete(
                            read.host().equals("10.0.0.1")
                                    ? counted("upstream_cx_connect_fail", 1)
                                    : counted("grpc_0", 1));
        }
        await().until(() -> connections.of(central).equals(Map.of(ADDRESS, StoreConnection.Unreachable)));
    }

    @Test
    void believesTheStatusOfAnEarlierProcessUntilAPodIsHeard() throws Exception {
        var address = new StoreAddressStatus();
        address.address = "one:443";
        address.connection = StoreConnection.Denied;
        var store = new StoreStatus();
        store.name = "one";
        store.addresses = List.of(address);
        central.setStatus(new ThanosStatus());
        central.getStatus().stores = List.of(store);
        pods.add(pod("a", "10.0.0.1", "envoy"));
        assertThat(connections.of(central)).isEqualTo(Map.of(ADDRESS, StoreConnection.Denied));
        next().answer().complete(counted("ssl_connection_error", 1));
        await().until(() -> connections.of(central).equals(Map.of(ADDRESS, StoreConnection.Refused)));
    }

    @Test
    void aSeriesTellsOfEachAddressWhetherItAnswers() {
        var store = new StoreStatus();
        store.name = "one";
        store.addresses = new ArrayList<>();
        for (var connection : new StoreConnection[] {StoreConnection.Established, StoreConnection.Denied, null}) {
            var address = new StoreAddressStatus();
            address.address = connection + ":443";
            address.connection = connection;
            store.addresses.add(address);
        }
        central.setStatus(new ThanosStatus());
        central.getStatus().stores = List.of(store);
        central.getMetadata().setUid("uid");
        var metrics = new ResourceMetrics(() -> true);
        metrics.report(() -> Stream.of(central));
        assertThat(metrics.collect().stream()
                        .filter(family -> family.name.equals("thanos_operator_store_connected"))
                        .flatMap(family -> family.samples.stream())
                        .map(sample -> sample.labelValues + " " + sample.value))
                .containsExactly(
                        "[monitoring, central, one, Established:443] 1.0",
                        "[monitoring, central, one, Denied:443] 0.0");
    }

    @Test
    void aPodWithoutAProxyIsNotAsked() {
        pods.add(pod("a", "10.0.0.1", "http"));
        assertThat(connections.of(central)).isEmpty();
        assertThat(reads).isEmpty();
    }

    @Test
    void podsThatAreGoneAreForgotten() throws Exception {
        pods.add(pod("a", "10.0.0.1", "envoy"));
        connections.of(central);
        next().answer().complete(counted("ssl_connection_error", 1));
        await().until(() -> lookedAt.get() == 1);
        pods.clear();
        assertThat(connections.of(central)).isEmpty();
    }
}
