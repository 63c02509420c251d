package io.paodin.monitoring.e2e;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Another cluster's stores behind TLS, with data in them; see {@code e2e/member.yaml}. */
final class Member {

    private static final String SERVICES = "mutual:10901 stranger:10901 tls:10443 other-ca:10443 other-name:10443 "
            + "sni:10444 bearer:10445 basic:10445 denied:10445 expired:10446 slow:10447 renewing:10448";
    private static final int ADMIN = 9901;

    private final TestNamespace namespace;

    private Member(TestNamespace namespace) {
        this.namespace = namespace;
    }

    /** @param server shown by all but the one that has expired */
    static Member start(
            TestNamespace namespace, Authority.Issued server, Authority.Issued expired, String clientAuthorities) {
        var member = new Member(namespace);
        member.certificates(server, expired, clientAuthorities);
        namespace.applyObjects(Kubernetes.file("src/test/resources/e2e/member.yaml"));
        Stream.of(SERVICES.split(" ")).forEach(member::service);
        return member;
    }

    void certificates(Authority.Issued server, Authority.Issued expired, String clientAuthorities) {
        secret(
                "tls",
                Map.of(
                        "server.crt", server.certificate(),
                        "server.key", server.key(),
                        "expired.crt", expired.certificate(),
                        "expired.key", expired.key(),
                        "clients.crt", clientAuthorities));
    }

    private void secret(String name, Map<String, String> content) {
        Kubernetes.apply(new SecretBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace.name())
                .endMetadata()
                .withStringData(content)
                .build());
    }

    /** @param nameAndPort with the port of the container, such as {@code tls:10443} */
    void service(String nameAndPort) {
        var parts = nameAndPort.split(":");
        namespace.applyObjects("""
                apiVersion: v1
                kind: Service
                metadata: {name: %s}
                spec:
                  selector: {app: %s}
                  ports: [{port: 443, targetPort: %s}]
                """.formatted(parts[0], parts[1].equals("10901") ? "mutual" : "ingress", parts[1]));
    }

    /** Where a store is, for those of another namespace. */
    String host(String service) {
        return "%s.%s.svc.cluster.local".formatted(service, namespace.name());
    }

    String address(String service) {
        return host(service) + ":443";
    }

    /** A name for all of them. */
    static String wildcard(TestNamespace namespace) {
        return "*.%s.svc.cluster.local".formatted(namespace.name());
    }

    /** Writes to one of the two. */
    Samples write(String app, String metric, int series) {
        var samples = new Samples();
        var now = Instant.now().minus(Duration.ofSeconds(30)).toEpochMilli();
        for (int i = 0; i < series; i++) {
            samples.add(
                    Samples.labels(metric, "series", "a series of the member with a long label, number " + i), now, i);
        }
        var pods = Kubernetes.client().pods().inNamespace(namespace.name()).withLabel("app", app);
        Kubernetes.within(Operator.PATIENCE)
                .until(() -> pods.list().getItems().stream().anyMatch(pod -> pod.getStatus().getConditions().stream()
                        .anyMatch(c ->
                                c.getType().equals("Ready") && c.getStatus().equals("True"))));
        var pod = pods.list().getItems().get(0).getMetadata().getName();
        var write = Http.toPod(namespace.name(), pod, 19291);
        new Writer(new RemoteWrite(new Http(write.base() + "/api/v1/receive"), "THANOS-TENANT", Optional.empty()))
                .write(samples);
        return samples.with("cluster", app).with("tenant_id", "default-tenant");
    }

    /** How many requests have come with the new certificate and the new token. */
    double renewedRequests() {
        return stat("cluster.renewed.upstream_rq_total");
    }

    /** How many connections the listener of the renewing store has had. */
    double connections() {
        return stat("http.renewing.downstream_cx_total");
    }

    /** What the ingress shows: the names of the certificates that it has read. */
    String shownCertificates() {
        return admin().get("/certs", Map.of()).body();
    }

    private double stat(String name) {
        var answer = admin().get("/stats", Map.of("filter", "^" + name.replace(".", "\\.") + "$"));
        return answer.body()
                .lines()
                .mapToDouble(line -> Double.parseDouble(line.replaceAll(".*: ", "")))
                .sum();
    }

    private Http admin() {
        var pod = Kubernetes.client()
                .pods()
                .inNamespace(namespace.name())
                .withLabel("app", "ingress")
                .list()
                .getItems()
                .get(0);
        return Http.toPod(namespace.name(), pod.getMetadata().getName(), ADMIN);
    }
}
