package io.paodin.monitoring.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.paodin.monitoring.apiserver.ApiServer;
import io.paodin.monitoring.apiserver.Fault;
import io.paodin.monitoring.apiserver.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several instances: one acts, another takes over, and never do both write. */
class LeaderElectionIT {

    @TempDir
    Path directory;

    private final List<PackagedOperator> operators = new ArrayList<>();
    private ApiServer server;
    private KubernetesClient client;
    private Path kubeconfig;

    @BeforeEach
    void startServer() throws IOException {
        server = ApiServer.start();
        server.load(Files.readString(Path.of("deploy", "crd", "thanos.monitoring.paodin.io-v1.yml")));
        kubeconfig = Files.writeString(directory.resolve("kubeconfig"), server.kubeconfig());
        client = new KubernetesClientBuilder().withConfig(server.clientConfig()).build();
    }

    @AfterEach
    void stop() {
        operators.forEach(PackagedOperator::close);
        client.close();
        server.close();
    }

    @Test
    void handsTheLeaseOverWhenItIsStopped() throws IOException {
        // A lease so long that nobody could take it over by waiting.
        var first = start("first", "paodin.leader-election.lease-duration=1h");
        awaitLog(first, "Leading as");
        var second = start("second", "paodin.leader-election.lease-duration=1h");
        awaitLog(second, "'thanos' controller started");
        server.load(Files.readString(Path.of("deploy", "samples", "thanos.yaml")));
        awaiting().until(() -> !writesOf("first").isEmpty());
        assertThat(second.log()).doesNotContain("Leading as");
        assertThat(first.get("/q/metrics")).contains("thanos_operator_leader 1.0", "thanos_operator_thanos_info{");
        assertThat(second.get("/q/metrics"))
                .contains("thanos_operator_leader 0.0")
                .doesNotContain("thanos_operator_thanos_info{");

        first.terminate();

        assertThat(first.awaitEnd()).isEqualTo(143);
        assertThat(first.log()).contains("Handed over the lease").doesNotContain("Lost the lease", "ERROR");
        awaitLog(second, "Leading as");
        int lastOfFirst = last("first");
        client.services().inNamespace("default").withName("thanos-sample-query").delete();
        awaiting().until(() -> !writesOf("second").isEmpty());
        assertThat(last("first")).as("the last write of the first").isEqualTo(lastOfFirst);
        assertThat(first("second")).as("the first write of the second").isGreaterThan(lastOfFirst);
    }

    @Test
    void endsAtOnceWhenTheLeaseIsTakenAway() {
        var operator = start("first", "paodin.leader-election.retry-period=200ms");
        awaitLog(operator, "Leading as");

        // A conflict with its own renewal is nothing to fail for.
        awaiting().ignoreExceptions().until(() -> {
            client.leases().inNamespace("default").withName("paodin-monitoring").edit(lease -> {
                lease.getSpec().setHolderIdentity("somebody-else");
                return lease;
            });
            return true;
        });

        assertThat(operator.awaitEnd()).isEqualTo(1);
        assertThat(operator.log()).contains("Lost the lease");
    }

    @Test
    void endsWhenTheLeaseCannotBeRenewed() {
        var operator = start(
                "first",
                "paodin.leader-election.lease-duration=4s",
                "paodin.leader-election.renew-deadline=2s",
                "paodin.leader-election.retry-period=200ms");
        awaitLog(operator, "Leading as");

        server.onWrite(request -> request.resource().equals("leases"), (index, request) -> Fault.error(403));

        assertThat(operator.awaitEnd()).isEqualTo(1);
        assertThat(operator.log()).contains("Lost the lease");
    }

    @Test
    void leadsWithoutElectionIfThatIsTurnedOff() throws IOException {
        var operator = start("first", "paodin.leader-election.enabled=false");
        awaitLog(operator, "'thanos' controller started");
        server.load(Files.readString(Path.of("deploy", "samples", "thanos.yaml")));

        awaiting().until(() -> !writesOf("first").isEmpty());
        assertThat(server.journal().all())
                .noneMatch(request -> request.resource().equals("leases"));
        operator.terminate();
        assertThat(operator.awaitEnd()).isEqualTo(143);
        assertThat(operator.log()).doesNotContain("ERROR");
    }

    private PackagedOperator start(String name, String... settings) {
        var operator = PackagedOperator.start(kubeconfig, name, settings);
        operators.add(operator);
        return operator;
    }

    private static void awaitLog(PackagedOperator operator, String text) {
        awaiting().until(() -> {
            assertThat(operator.isAlive()).as(operator.log()).isTrue();
            return operator.log().contains(text);
        });
    }

    private List<Request> writesOf(String name) {
        return server.journal().all().stream()
                .filter(request -> isWriteOf(name, request))
                .toList();
    }

    private int first(String name) {
        var all = server.journal().all();
        for (int i = 0; i < all.size(); i++) {
            if (isWriteOf(name, all.get(i))) {
                return i;
            }
        }
        return -1;
    }

    private int last(String name) {
        var all = server.journal().all();
        for (int i = all.size() - 1; i >= 0; i--) {
            if (isWriteOf(name, all.get(i))) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isWriteOf(String name, Request request) {
        return request.isWrite()
                && request.userAgent().equals(name)
                && !request.resource().equals("leases");
    }

    private static ConditionFactory awaiting() {
        return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(100));
    }
}
