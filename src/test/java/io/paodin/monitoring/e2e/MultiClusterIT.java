package io.paodin.monitoring.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The three ways to use several clusters, by the files that {@code docs/usage.md} shows, unchanged: what the Prometheus of a
 * member has scraped is what a query of the host returns. They name their namespaces, so one test runs at a time.
 */
@EndToEnd
@Execution(ExecutionMode.SAME_THREAD)
class MultiClusterIT {

    private static final String HOST = "thanos-host";
    private static final String MEMBER = "thanos-member";
    private static final String FOLDER = "deploy/samples/multi-cluster/";

    private static final int PROMETHEUS = 9090;

    /** Every series that a Prometheus has of itself, of which there are this many at least. */
    private static final String ALL = "{__name__=~\".+\"}";

    private static final int MANY = 300;

    /** Thanos leaves out so many samples where it changes from one of a pair to the other. */
    private static final int SKIPPED = 2;

    private static final Predicate<Pod> INGESTORS =
            pod -> ThanosCluster.component(pod).equals("receive-ingestor");

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** Longer than a scrape takes: what is older has been stored. */
    private static final Duration SCRAPE = Duration.ofSeconds(2);

    @Test
    void hostQueriesTheSidecarsOfItsMembers(@Named(HOST) TestNamespace host, @Named(MEMBER) TestNamespace member) {
        member.applyObjects(file("member-sidecar.yaml"));
        var global = host.apply(file("host-queries-sidecars.yaml")).awaitReady();
        awaitScrapes(member, "prometheus-0", 2);
        awaitScrapes(member, "prometheus-1", 2);
        returnsWhatBothReplicasHave(global, member);

        replace(member, "prometheus-0");

        awaitMoreScrapes(member, "prometheus-0", 2);
        returnsWhatBothReplicasHave(global, member);
    }

    /** Every series of both, as they are; and as one, in which each sample is one that a replica has. */
    private static void returnsWhatBothReplicasHave(ThanosCluster global, TestNamespace member) {
        var end = Instant.now().minus(SCRAPE);
        var replicas = new Samples();
        var copies = new HashMap<Map<String, String>, List<SortedMap<Long, Double>>>();
        for (var pod : List.of("prometheus-0", "prometheus-1")) {
            var all = prometheus(member, pod).until(end).samples(ALL).with("cluster", "member-1");
            assertThat(all.series()).hasSizeGreaterThan(MANY);
            replicas.add(all.with("prometheus_replica", pod));
            all.series().forEach((labels, samples) -> copies.computeIfAbsent(labels, l -> new ArrayList<>())
                    .add(samples));
        }
        global.query().withReplicas().until(end).expectExactly(replicas, ALL);

        Kubernetes.within(PATIENCE).untilAsserted(() -> {
            var merged = global.query().until(end).samples(ALL).series();
            assertThat(merged.keySet()).isEqualTo(copies.keySet());
            merged.forEach((labels, samples) -> isMergedFrom(copies.get(labels), samples));
        });
    }

    private static void isMergedFrom(List<SortedMap<Long, Double>> copies, SortedMap<Long, Double> samples) {
        assertThat(samples.entrySet()).allSatisfy(sample -> assertThat(copies)
                .anySatisfy(copy -> assertThat(copy).containsEntry(sample.getKey(), sample.getValue())));
        assertThat(copies).allSatisfy(copy -> assertThat(samples).hasSizeGreaterThanOrEqualTo(copy.size() - SKIPPED));
    }

    @Test
    void membersWriteToTheHostAndKeepTheirOwn(@Named(HOST) TestNamespace host, @Named(MEMBER) TestNamespace member) {
        member.applyObjects(file("member-remote-write.yaml"));
        var central = host.apply(file("host-receives.yaml")).awaitReady();
        awaitScrapes(member, "prometheus-0", 2);
        returnsAllThatTheMemberHas(central, member);

        var before = central.uids(INGESTORS);
        central.pods(INGESTORS).forEach(MultiClusterIT::delete);
        Kubernetes.within(PATIENCE).untilAsserted(() -> {
            var now = central.uids(INGESTORS);
            assertThat(now).containsOnlyKeys(before.keySet());
            assertThat(now.values()).doesNotContainAnyElementsOf(before.values());
        });

        awaitMoreScrapes(member, "prometheus-0", 2);
        returnsAllThatTheMemberHas(central, member);
    }

    /** Every series of it. */
    private static void returnsAllThatTheMemberHas(ThanosCluster central, TestNamespace member) {
        var end = Instant.now().minus(SCRAPE);
        var all = prometheus(member, "prometheus-0").until(end).samples(ALL);
        assertThat(all.series()).hasSizeGreaterThan(MANY);
        central.query()
                .until(end)
                .expectExactly(
                        all.with("cluster", "member-1")
                                .with("prometheus_replica", "prometheus-0")
                                .with("tenant_id", "member-1"),
                        ALL);
    }

    /** An agent answers no queries, but tells when it scraped last and how long that took, which is a sample too. */
    @Test
    void membersAreAgentsAndHoldNothing(@Named(HOST) TestNamespace host, @Named(MEMBER) TestNamespace member) {
        member.applyObjects(file("member-agent.yaml"));
        // Not Ready yet, since pods that replicate have to be available for two minutes: but they take samples.
        var central = host.apply(file("host-receives.yaml"));
        central.awaitReason("Ready", "RollingOut");
        var scrapes = new Scrapes(Http.toPod(member.name(), "prometheus-agent-0", PROMETHEUS));
        scrapes.await(2);
        scrapes.areIn(central);

        central.patch("{\"spec\": {\"receive\": {\"router\": {\"replicas\": 0}}}}");
        scrapes.awaitAnd(() -> assertThat(central.pods("receive-router")).isEmpty());
        scrapes.await(2);
        central.patch("{\"spec\": {\"receive\": {\"router\": {\"replicas\": 2}}}}");

        scrapes.await(1);
        scrapes.areIn(central);
    }

    /** What an agent has scraped while it was looked at: the time of each scrape, and its duration in seconds. */
    private static final class Scrapes {

        /** Prometheus moves the time of a sample a little to make the steps even. */
        private static final long TOLERANCE = 10;

        private final Http agent;
        private final SortedMap<Long, Double> seen = new TreeMap<>();

        Scrapes(Http agent) {
            this.agent = agent;
        }

        /** Sees so many more of them. */
        void await(int more) {
            var enough = seen.size() + more;
            awaitAnd(() -> assertThat(seen).hasSizeGreaterThanOrEqualTo(enough));
        }

        /** Misses none of them meanwhile. */
        void awaitAnd(ThrowingRunnable assertion) {
            Kubernetes.within(PATIENCE).untilAsserted(() -> {
                look();
                assertion.run();
            });
        }

        private void look() {
            var answer = agent.get("/api/v1/targets", Map.of("state", "active"));
            if (answer.isSuccess()) {
                answer.json().path("data").path("activeTargets").forEach(this::add);
            }
        }

        private void add(JsonNode target) {
            if (target.path("health").asText().equals("up")) {
                seen.put(
                        Instant.parse(target.path("lastScrape").asText()).toEpochMilli(),
                        target.path("lastScrapeDuration").asDouble());
            }
        }

        /** The host has each of them once, and between them nothing else. */
        void areIn(ThanosCluster central) {
            awaitAnd(() -> {
                var found = central.query()
                        .until(Instant.ofEpochMilli(seen.lastKey() + TOLERANCE))
                        .samples("scrape_duration_seconds{cluster=\"member-2\"}")
                        .series();
                assertThat(found.keySet())
                        .containsExactly(Samples.labels(
                                "scrape_duration_seconds",
                                "cluster",
                                "member-2",
                                "prometheus_replica",
                                "prometheus-agent-0",
                                "tenant_id",
                                "member-2",
                                "job",
                                "prometheus",
                                "instance",
                                "localhost:9090"));
                var samples = found.values().iterator().next().tailMap(seen.firstKey() - TOLERANCE);
                assertThat(samples.values()).containsExactlyElementsOf(seen.values());
                var times = new ArrayList<>(samples.keySet());
                assertThat(new ArrayList<>(seen.keySet())).zipSatisfy(times, (scraped, stored) -> assertThat(stored)
                        .isCloseTo(scraped, within(TOLERANCE)));
            });
        }
    }

    /** Waits until it has been scraped so many times from now on. */
    private static void awaitMoreScrapes(TestNamespace member, String pod, int scrapes) {
        var now = Instant.now().toEpochMilli();
        Kubernetes.within(PATIENCE).untilAsserted(() -> assertThat(
                        prometheus(member, pod).samples("up").series().values())
                .anySatisfy(samples -> assertThat(samples.tailMap(now).values())
                        .filteredOn(up -> up == 1)
                        .hasSizeGreaterThanOrEqualTo(scrapes)));
    }

    /** Waits until the Prometheus has scraped each target so many times: a pod has no name in DNS before it is ready. */
    private static void awaitScrapes(TestNamespace member, String pod, int scrapes) {
        Kubernetes.within(PATIENCE).untilAsserted(() -> assertThat(
                        prometheus(member, pod).samples("up").series().values())
                .isNotEmpty()
                .allSatisfy(samples ->
                        assertThat(samples.values()).filteredOn(up -> up == 1).hasSizeGreaterThanOrEqualTo(scrapes)));
    }

    private static Query prometheus(TestNamespace member, String pod) {
        return new Query(Http.toPod(member.name(), pod, PROMETHEUS));
    }

    private static void replace(TestNamespace namespace, String name) {
        var pods = Kubernetes.client().pods().inNamespace(namespace.name());
        var uid = pods.withName(name).get().getMetadata().getUid();
        pods.withName(name).delete();
        Kubernetes.within(PATIENCE).until(() -> {
            var pod = pods.withName(name).get();
            return pod != null && !pod.getMetadata().getUid().equals(uid);
        });
    }

    private static void delete(Pod pod) {
        Kubernetes.client().resource(pod).delete();
    }

    private static String file(String name) {
        return Kubernetes.file(FOLDER + name);
    }
}
