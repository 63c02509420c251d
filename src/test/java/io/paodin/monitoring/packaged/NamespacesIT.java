package io.paodin.monitoring.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.paodin.monitoring.apiserver.ApiServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which namespaces the operator looks after, as OLM and the overlays tell it. */
class NamespacesIT {

    private static final String SERVICE = "minimal-query";

    @TempDir
    Path directory;

    private ApiServer server;
    private KubernetesClient client;
    private Path kubeconfig;

    @BeforeEach
    void start() throws IOException {
        server = ApiServer.start();
        server.load(Files.readString(Path.of("deploy", "crd", "thanos.monitoring.paodin.io-v1.yml")));
        kubeconfig = Files.writeString(directory.resolve("kubeconfig"), server.kubeconfig());
        client = new KubernetesClientBuilder().withConfig(server.clientConfig()).build();
        for (var namespace : new String[] {"team-a", "team-b"}) {
            server.load("""
                    apiVersion: v1
                    kind: Namespace
                    metadata: {name: %s}
                    """.formatted(namespace));
            server.load(Files.readString(Path.of("deploy", "samples", "minimal.yaml"))
                    .replace("name: minimal", "name: minimal\n  namespace: " + namespace));
        }
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    /** What OLM's annotation holds for an operator of all namespaces. */
    @Test
    void noNameIsAllOfThem() {
        try (var operator = PackagedOperator.start(kubeconfig, "all", "paodin.namespaces=")) {
            awaiting().until(() -> isServed("team-a") && isServed("team-b"));
        }
    }

    @Test
    void othersAreLeftAlone() {
        try (var operator = PackagedOperator.start(kubeconfig, "one", "paodin.namespaces=team-b,team-c")) {
            awaiting().until(() -> isServed("team-b"));
            assertThat(isServed("team-a")).isFalse();
        }
    }

    private boolean isServed(String namespace) {
        return client.services().inNamespace(namespace).withName(SERVICE).get() != null;
    }

    private static ConditionFactory awaiting() {
        return await().atMost(Duration.ofSeconds(60));
    }
}
