package io.paodin.monitoring.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.paodin.monitoring.api.v1alpha1.StoreStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Stores of another namespace behind TLS, each in its own way; the certificates are made here. */
@EndToEnd
class SecuredStoresIT {

    static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final Authority AUTHORITY = Authority.of("authority");
    private static final Authority STRANGER = Authority.of("stranger");

    private static final String CA = "ca: {secret: {name: access, key: ca.crt}}";
    private static final String CLIENT =
            "cert: {secret: {name: access, key: tls.crt}}, keySecret: {name: access, key: tls.key}";

    /** By the Service of the member, how the store is reached. */
    private static final Map<String, String> GOOD = new LinkedHashMap<>();

    /** The same for those that cannot be reached, with what the status says. */
    private static final Map<String, Map.Entry<String, String>> BAD = new LinkedHashMap<>();

    static {
        GOOD.put("tls", "caSecret: {name: access, key: ca.crt}");
        GOOD.put("mutual", "tlsConfig: {%s, %s}".formatted(CA, CLIENT));
        GOOD.put("sni", "tlsConfig: {%s, serverName: sni.example}".formatted(CA));
        GOOD.put("bearer", "tlsConfig: {%s}, authorization: {credentials: {name: access, key: token}}".formatted(CA));
        GOOD.put(
                "basic",
                "tlsConfig: {%s}, basicAuth: {username: {name: access, key: user}, password: {name: access, key: password}}"
                        .formatted(CA));
        BAD.put("other-ca", entry("caSecret: {name: access, key: other.crt}", "not of the authorities"));
        BAD.put(
                "other-name",
                entry("tlsConfig: {%s, subjectAltNames: [other.example]}".formatted(CA), "is for another name"));
        BAD.put("stranger", entry("tlsConfig: {%s}".formatted(CA), "ends the connection"));
        BAD.put(
                "denied",
                entry(
                        "tlsConfig: {%s}, authorization: {credentials: {name: access, key: wrong}}".formatted(CA),
                        "does not accept the credential"));
        BAD.put("expired", entry("tlsConfig: {%s}".formatted(CA), "or has ended"));
        BAD.put("nowhere", entry("tlsConfig: {%s}".formatted(CA), "nobody answers"));
        BAD.put("missing", entry("caSecret: {name: none, key: ca.crt}", "Secret none does not exist"));
    }

    private static Member member(TestNamespace namespace) {
        var server = AUTHORITY.issue("member", Member.wildcard(namespace), "sni.example");
        var yesterday = Instant.now().minus(1, ChronoUnit.DAYS);
        var expired =
                AUTHORITY.issue(yesterday, yesterday.plus(1, ChronoUnit.HOURS), "expired", Member.wildcard(namespace));
        return Member.start(namespace, server, expired, AUTHORITY.certificate());
    }

    private static void access(TestNamespace namespace) {
        var client = AUTHORITY.issue("query");
        secret(
                namespace,
                Map.of(
                        "ca.crt",
                        AUTHORITY.certificate(),
                        "other.crt",
                        STRANGER.certificate(),
                        "tls.crt",
                        client.certificate(),
                        "tls.key",
                        client.key(),
                        "token",
                        "first\n",
                        "wrong",
                        "other",
                        "user",
                        "query",
                        "password",
                        "secret"));
    }

    static void secret(TestNamespace namespace, Map<String, String> content) {
        Kubernetes.apply(new SecretBuilder()
                .withNewMetadata()
                .withName("access")
                .withNamespace(namespace.name())
                .endMetadata()
                .withStringData(content)
                .build());
    }

    private static String store(Member member, String service, String security) {
        return "    - {name: %s, addresses: ['%s'], %s}\n".formatted(service, member.address(service), security);
    }

    static ThanosCluster apply(TestNamespace namespace, String stores) {
        return namespace.apply("""
                apiVersion: monitoring.paodin.io/v1alpha1
                kind: Thanos
                metadata: {name: central}
                spec:
                  query:
                    replicas: 1
                    replicaLabels: []
                    stores:
                """ + stores);
    }

    static Map<String, StoreStatus> statuses(ThanosCluster thanos) {
        return thanos.get().getStatus().stores.stream().collect(Collectors.toMap(store -> store.name, store -> store));
    }

    /** The query, asking only what is behind the port of a store. */
    static Query only(ThanosCluster thanos, String store) {
        var status = statuses(thanos).get(store);
        assertThat(status).as(store).isNotNull();
        var port = status.addresses.get(0).listenerPort;
        assertThat(port).as(store).isNotNull();
        return thanos.query().of("127.0.0.1:" + port);
    }

    @Test
    void eachIsReachedInItsWayAndWhatIsWrongWithOneIsToldAndConcernsNoOther(
            TestNamespace namespace, @Named("e2e-secured-member") TestNamespace other) {
        var member = member(other);
        access(namespace);
        var stores = new StringBuilder();
        GOOD.forEach((service, security) -> stores.append(store(member, service, security)));
        BAD.forEach((service, security) -> stores.append(store(member, service, security.getKey())));
        var thanos = apply(namespace, stores.toString()).awaitReady();
        var ingress = member.write("ingress", "requests", 5);
        var mutual = member.write("mutual", "requests", 5);

        GOOD.keySet().forEach(store -> only(thanos, store)
                .expectExactly(store.equals("mutual") ? mutual : ingress, "requests"));
        thanos.query().expectExactly(new Samples().add(ingress).add(mutual), "requests");
        BAD.forEach((store, security) -> Kubernetes.within(PATIENCE)
                .untilAsserted(() -> assertThat(statuses(thanos).get(store).message)
                        .as(store)
                        .isNotNull()
                        .contains(security.getValue())));
        GOOD.keySet().forEach(store -> assertThat(statuses(thanos).get(store).message)
                .as(store)
                .isNull());
        BAD.keySet().stream().filter(store -> !store.equals("missing")).forEach(store -> assertThat(
                        only(thanos, store).samples("requests").count())
                .as(store)
                .isZero());
        assertThat(thanos.awaitReason("Degraded", "StoreUnusable")).contains(BAD.keySet());
        assertThat(thanos.condition("Ready").orElseThrow().getStatus()).isEqualTo("True");
        assertThat(events(namespace)).anyMatch(event -> event.contains("StoreUnusable"));
    }

    private static List<String> events(TestNamespace namespace) {
        return Kubernetes.client().resources(Event.class).inNamespace(namespace.name()).list().getItems().stream()
                .map(event -> event.getReason() + " " + event.getMessage())
                .toList();
    }

    @Test
    void storesComeAndGoWithoutARestartAndALongAnswerComesToItsEnd(
            TestNamespace namespace, @Named("e2e-slow-member") TestNamespace other) {
        var member = member(other);
        access(namespace);
        var slow = store(member, "slow", "tlsConfig: {%s}".formatted(CA));
        var thanos = apply(namespace, slow).awaitReady();
        var stream = member.write("ingress", "stream", 600);
        var few = member.write("ingress", "requests", 5);
        thanos.query().expectExactly(few, "requests");
        var pods = thanos.identities(pod -> true);
        var port = statuses(thanos).get("slow").addresses.get(0).listenerPort;

        var start = Instant.now();
        assertThat(thanos.query().patient().samples("stream")).isEqualTo(stream);
        var took = Duration.between(start, Instant.now());
        Report.add(namespace.name(), "an answer of %d s came to its end", took.toSeconds());
        assertThat(took).isGreaterThan(Duration.ofSeconds(30));

        start = Instant.now();
        apply(namespace, store(member, "bearer", GOOD.get("bearer")) + slow);
        Kubernetes.within(PATIENCE)
                .untilAsserted(() ->
                        assertThat(only(thanos, "bearer").samples("requests")).isEqualTo(few));
        Report.add(
                namespace.name(),
                "a second store was asked after %d s",
                Duration.between(start, Instant.now()).toSeconds());
        assertThat(statuses(thanos).get("slow").addresses.get(0).listenerPort).isEqualTo(port);

        apply(namespace, slow);
        Kubernetes.within(PATIENCE).untilAsserted(() -> {
            assertThat(statuses(thanos)).containsOnlyKeys("slow");
            assertThat(thanos.query().stores().toString()).doesNotContain("127.0.0.1:" + (port + 1));
        });
        assertThat(thanos.identities(pod -> true)).isEqualTo(pods);
    }

    @Test
    void fiftyOfThemAreReadySoonAndTakeLittleMemory(
            TestNamespace namespace, @Named("e2e-many-members") TestNamespace other) {
        var member = member(other);
        access(namespace);
        IntStream.range(0, 50).forEach(i -> member.service("many-%d:10443".formatted(i)));
        var stores = IntStream.range(0, 50)
                .mapToObj(i -> store(member, "many-" + i, "caSecret: {name: access, key: ca.crt}"))
                .collect(Collectors.joining());
        var start = Instant.now();
        var thanos = apply(namespace, stores).awaitReady();
        var ready = Duration.between(start, Instant.now());
        var few = member.write("ingress", "requests", 5);
        Kubernetes.within(PATIENCE).untilAsserted(() -> IntStream.range(0, 50)
                .forEach(i -> assertThat(only(thanos, "many-" + i).samples("requests"))
                        .isEqualTo(few)));
        Report.add(
                namespace.name(),
                "50 secured stores: Ready after %d s, all asked after %d s, the proxy has %d MiB allocated, %d MiB of heap",
                ready.toSeconds(),
                Duration.between(start, Instant.now()).toSeconds(),
                (long) proxy(thanos, "envoy_server_memory_allocated") >> 20,
                (long) proxy(thanos, "envoy_server_memory_heap_size") >> 20);
        assertThat(proxy(thanos, "envoy_server_memory_heap_size")).isLessThan(256 << 20);
    }

    /** A metric of the proxy that has no labels. */
    private static double proxy(ThanosCluster thanos, String metric) {
        var pod = thanos.pods("query").get(0).getMetadata().getName();
        return Http.toPod(thanos.namespace().name(), pod, 9902)
                .get("/stats/prometheus", Map.of("filter", "^server\\.memory"))
                .body()
                .lines()
                .filter(line -> line.startsWith(metric + "{"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll(".* ", "")))
                .findFirst()
                .orElseThrow();
    }
}
