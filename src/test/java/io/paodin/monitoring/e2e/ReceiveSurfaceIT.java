package io.paodin.monitoring.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.LocalPortForward;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What routers ask for, refuse and change, and what ingestors take, shown with what is read back. */
@EndToEnd
class ReceiveSurfaceIT {

    private static final String TENANT = "tenant_id";

    /** For the kubelet, which brings a change of a ConfigMap or Secret into the pods, and for Thanos, which looks. */
    private static final Duration UNTIL_READ = Duration.ofMinutes(3);

    private static String thanos(String spec) {
        return """
                apiVersion: monitoring.paodin.io/v1alpha1
                kind: Thanos
                metadata: {name: central}
                spec:
                  query: {replicaLabels: []}
                """ + spec.indent(2);
    }

    /** One series. */
    private static Samples samples(String metric, Instant start, int count, String... labels) {
        return Samples.of(metric, start, Duration.ofSeconds(1), count, i -> i * 1.5, labels);
    }

    private static Instant ago(int seconds) {
        return Instant.now().minusSeconds(seconds);
    }

    private static Http.Answer send(ThanosCluster thanos, String tenant, Samples samples) {
        var router = Http.to(thanos.get().getStatus().endpoints.remoteWrite);
        return new RemoteWrite(router, "THANOS-TENANT", Optional.of(tenant)).send(samples);
    }

    private static boolean isRouter(Pod pod) {
        return "receive-router".equals(ThanosCluster.component(pod));
    }

    private static boolean isIngestor(Pod pod) {
        return "receive-ingestor".equals(ThanosCluster.component(pod));
    }

    @Test
    void limitsAreChangedWhileTheRoutersRun(TestNamespace namespace) {
        var thanos = namespace.apply(thanos("""
                        receive:
                          router:
                            limits:
                              global:
                                metaMonitoringUrl: http://central-query.%s.svc:10902
                                metaMonitoringLimitQuery: max(head_series) by (tenant)
                              default: {request: {samplesLimit: 50}, headSeriesLimit: 100}
                              tenants: {large: {request: {samplesLimit: 0}}}
                          ingestors: [{name: others}]
                        """.formatted(namespace.name()))).awaitReady();
        var routers = thanos.identities(ReceiveSurfaceIT::isRouter);
        var few = samples("few", ago(100), 40);
        var many = samples("many", ago(100), 60);
        thanos.writer("team-a").write(few);
        assertThat(send(thanos, "team-a", many).status()).isEqualTo(413);
        thanos.writer("large").write(many);

        thanos.patch("{\"spec\": {\"receive\": {\"router\": {\"limits\": "
                + "{\"default\": {\"request\": {\"samplesLimit\": 60}}}}}}}");
        Kubernetes.within(UNTIL_READ)
                // 409 if a part of it has been stored before
                .untilAsserted(
                        () -> assertThat(send(thanos, "team-a", many).status()).isIn(200, 409));

        // what counts the series says that team-a has too many of them
        thanos.writer("large")
                .write(new Samples()
                        .add(
                                Samples.labels("head_series", "tenant", "team-a"),
                                Instant.now().toEpochMilli(),
                                1000));
        var probe = samples("probe", ago(100), 1);
        Kubernetes.within(UNTIL_READ)
                .untilAsserted(
                        () -> assertThat(send(thanos, "team-a", probe).status()).isEqualTo(429));
        var more = samples("more", ago(100), 10);
        assertThat(send(thanos, "team-a", more).status()).isEqualTo(429);
        thanos.writer("team-b").write(more);

        thanos.query()
                .expectExactly(
                        new Samples()
                                .add(few.with(TENANT, "team-a"))
                                .add(many.with(TENANT, "team-a"))
                                .add(many.with(TENANT, "large"))
                                .add(more.with(TENANT, "team-b")),
                        "{__name__=~'few|many|more'}");
        assertThat(thanos.identities(ReceiveSurfaceIT::isRouter)).isEqualTo(routers);
    }

    @Test
    void theProtocolOfReplicationIsChangedWithoutARestartOfIngestors(TestNamespace namespace) {
        var thanos = namespace.apply(thanos("""
                        receive:
                          router: {replicationFactor: 2, replicationProtocol: capnproto}
                          ingestors: [{name: others, replicas: 2, minReadySeconds: 0}]
                        """)).awaitReady();
        var ingestors = thanos.identities(ReceiveSurfaceIT::isIngestor);
        var written = samples("requests", ago(100), 40, "protocol", "capnproto");
        thanos.writer("team-a").write(written);
        expectTwice(written, thanos);
        assertThat(writesByGrpc(thanos)).isFalse();

        thanos.patch("{\"spec\": {\"receive\": {\"router\": {\"replicationProtocol\": \"protobuf\"}}}}")
                .awaitReady();
        var others = samples("requests", ago(50), 40, "protocol", "protobuf");
        thanos.writer("team-a").write(others);
        expectTwice(written.add(others), thanos);
        assertThat(writesByGrpc(thanos)).isTrue();
        assertThat(thanos.identities(ReceiveSurfaceIT::isIngestor)).isEqualTo(ingestors);
    }

    private static void expectTwice(Samples written, ThanosCluster thanos) {
        var stored = written.with(TENANT, "team-a");
        var copies = new Samples();
        for (int i = 0; i < 2; i++) {
            copies.add(stored.with("receive_replica", "central-receive-ingestor-others-" + i));
        }
        thanos.query().expectExactly(stored, "requests");
        thanos.query().withReplicas().expectExactly(copies, "requests");
    }

    private static boolean writesByGrpc(ThanosCluster thanos) {
        return thanos.pods(ReceiveSurfaceIT::isIngestor).stream()
                .flatMap(
                        pod -> thanos.http(pod).get("/metrics", Map.of()).body().lines())
                .filter(line -> line.startsWith("grpc_server_handled_total{"))
                .filter(line -> line.contains("grpc_method=\"RemoteWrite\""))
                .anyMatch(line -> !line.endsWith(" 0"));
    }

    @Test
    void aLabelNamesTheTenantOfASeriesAndOthersAreChangedOnTheWay(TestNamespace namespace) {
        var thanos = namespace.apply(thanos("""
                        receive:
                          router:
                            splitTenantLabelName: tenant_id
                            relabelConfigs:
                            - {action: drop, sourceLabels: [__name__], regex: "unwanted_.*"}
                            - {action: labeldrop, regex: "tmp"}
                            - {sourceLabels: [cluster, zone], regex: "(.+);(.+)", targetLabel: place, replacement: "$2/$1"}
                          ingestors:
                          - {name: team-a, tenants: [team-a]}
                          - {name: others}
                        """)).awaitReady();
        var start = ago(100);
        var request = new Samples();
        var expected = new Samples();
        for (var tenant : new String[] {"team-a", "team-b"}) {
            request.add(samples("requests", start, 20, TENANT, tenant, "tmp", "x", "cluster", "c", "zone", "z"));
            expected.add(samples("requests", start, 20, TENANT, tenant, "place", "z/c", "cluster", "c", "zone", "z"));
        }
        request.add(samples("requests", start, 20, "of", "nobody"));
        expected.add(samples("requests", start, 20, "of", "nobody", TENANT, "team-c"));
        request.add(samples("unwanted_requests", start, 20));
        thanos.writer("team-c").write(request);

        thanos.query().expectExactly(expected, "{__name__=~'.*requests'}");
        var ofTeamA = thanos.query()
                .withReplicas()
                .samples("requests{tenant_id='team-a'}")
                .series()
                .keySet();
        assertThat(ofTeamA)
                .extracting(labels -> labels.get("receive_replica"))
                .containsExactly("central-receive-ingestor-team-a-0");
    }

    @Test
    void certificatesLetWritersInAndNameTheirTenants(TestNamespace namespace, @TempDir Path directory)
            throws IOException {
        var names = "DNS:localhost";
        var certificates = Certificates.create(directory)
                .issue("router", "CN=router", names)
                .issue("team-a", "CN=prometheus,OU=team-a", names)
                .issue("nobody", "CN=prometheus", names);
        applySecret(namespace, certificates);
        var thanos = namespace.apply(thanos("""
                        receive:
                          router:
                            remoteWriteTls:
                              certSecret: {name: router-tls, key: tls.crt}
                              keySecret: {name: router-tls, key: tls.key}
                              clientCaSecret: {name: router-tls, key: ca.crt}
                            tenantCertificateField: organizationalUnit
                          ingestors: [{name: others}]
                        """)).awaitReady();
        assertThat(thanos.get().getStatus().endpoints.remoteWrite).startsWith("https://");
        var routers = thanos.identities(ReceiveSurfaceIT::isRouter);
        // One sample, since it is sent again if that fails.
        var written = samples("requests", ago(100), 1);

        try (var router = forward(thanos)) {
            // A router may take an ingestor that has just become ready for one that is down, as writers know.
            Kubernetes.within(Duration.ofMinutes(2)).untilAsserted(() -> assertThat(
                            post(router, certificates, "team-a", written).statusCode())
                    .isEqualTo(200));
            assertThat(post(router, certificates, "nobody", written).statusCode())
                    .isEqualTo(400);
            assertThatThrownBy(() -> post(router, certificates, null, written)).isInstanceOf(IOException.class);
        }
        thanos.query().expectExactly(written.with(TENANT, "team-a"), "requests");

        // renewed, while nothing is restarted
        var renewed = certificates.issue("router", "CN=renewed", names);
        applySecret(namespace, renewed);
        Kubernetes.within(UNTIL_READ)
                .ignoreExceptionsInstanceOf(IOException.class)
                .untilAsserted(() -> {
                    try (var router = forward(thanos)) {
                        var session = post(router, renewed, "team-a", written)
                                .sslSession()
                                .orElseThrow();
                        assertThat(subject(session)).isEqualTo("CN=renewed");
                    }
                });
        assertThat(thanos.identities(ReceiveSurfaceIT::isRouter)).isEqualTo(routers);
    }

    private static void applySecret(TestNamespace namespace, Certificates certificates) {
        Kubernetes.apply(new SecretBuilder()
                .withNewMetadata()
                .withName("router-tls")
                .withNamespace(namespace.name())
                .endMetadata()
                .addToStringData("tls.crt", certificates.certificate("router"))
                .addToStringData("tls.key", certificates.key("router"))
                .addToStringData("ca.crt", certificates.authority())
                .build());
    }

    private static LocalPortForward forward(ThanosCluster thanos) {
        var pod = thanos.pods(ReceiveSurfaceIT::isRouter).get(0).getMetadata();
        return Kubernetes.client()
                .pods()
                .inNamespace(pod.getNamespace())
                .withName(pod.getName())
                .portForward(19291);
    }

    /** @param writer the name of its certificate; null for none */
    private static HttpResponse<String> post(
            LocalPortForward router, Certificates certificates, String writer, Samples samples) throws IOException {
        var request = HttpRequest.newBuilder(
                        URI.create("https://localhost:%d/api/v1/receive".formatted(router.getLocalPort())))
                .timeout(Duration.ofSeconds(30))
                // which nobody is to listen to
                .header("THANOS-TENANT", "team-x")
                .header("Content-Type", RemoteWrite.CONTENT_TYPE)
                .POST(HttpRequest.BodyPublishers.ofByteArray(RemoteWrite.body(samples)));
        RemoteWrite.HEADERS.forEach(request::header);
        try {
            return HttpClient.newBuilder()
                    .sslContext(certificates.client(writer))
                    .build()
                    .send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String subject(SSLSession session) throws IOException {
        return ((X509Certificate) session.getPeerCertificates()[0])
                .getSubjectX500Principal()
                .getName();
    }

    @Test
    void lateSamplesAreTakenByThoseWhoAreToldTo(TestNamespace namespace) {
        var thanos = namespace.apply(thanos("""
                        receive:
                          ingestors:
                          - {name: strict, tenants: [strict]}
                          - {name: others, outOfOrderTimeWindow: 30m}
                        """)).awaitReady();
        var newest = samples("requests", ago(60), 30);
        var late = samples("requests", ago(1200), 30);
        var future = samples("requests", Instant.now().plusSeconds(3600), 1);
        for (var tenant : new String[] {"strict", "team-a"}) {
            thanos.writer(tenant).write(newest);
            assertThat(send(thanos, tenant, future).status()).isEqualTo(409);
        }
        assertThat(send(thanos, "strict", late).status()).isEqualTo(409);
        assertThat(send(thanos, "team-a", late).status()).isEqualTo(200);

        var expected = newest.with(TENANT, "strict").add(newest.with(TENANT, "team-a"));
        thanos.query().expectExactly(expected.add(late.with(TENANT, "team-a")), "requests");
    }
}
