package io.paodin.monitoring.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
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
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** Longer than a scrape takes: what is older has been stored. */
    private static final Duration SCRAPE = Duration.ofSeconds(2);

    /** Of three scrapes: Thanos skips two where it goes from one replica to the other. */
    private static final Duration LONGEST_GAP = Duration.ofSeconds(3 * 15 + 1);

    @Test
    void hostQueriesTheSidecarsOfItsMembers(@Named(HOST) TestNamespace host, @Named(MEMBER) TestNamespace member) {
        member.applyObjects(file("member-sidecar.yaml"));
        var global = host.apply(file("host-queries-sidecars.yaml")).awaitReady();
        awaitScrapes(member, "prometheus-0", 2);
        awaitScrapes(member, "prometheus-1", 2);
        returnsWhatBothReplicasHave(global, member);

        replace(member, "prometheus-0");

        awaitScrapes(member, "prometheus-0", 4);
        returnsWhatBothReplicasHave(global, member);
    }

    /** As they are, and as one: each sample of a deduplicated series is one that a replica has. */
    private static void returnsWhatBothReplicasHave(ThanosCluster global, TestNamespace member) {
        var end = Instant.now().minus(SCRAPE);
        var replicas = new Samples();
        for (var pod : List.of("prometheus-0", "prometheus-1")) {
            replicas.add(prometheus(member, pod)
                    .until(end)
                    .samples("up")
                    .with("cluster", "member-1")
                    .with("prometheus_replica", pod));
        }
        assertThat(replicas.series()).hasSize(4);
        global.query().withReplicas().until(end).expectExactly(replicas, "up");

        var merged = global.query().until(end).samples("up").series();
        assertThat(merged).hasSize(2);
        merged.forEach((labels, samples) -> {
            var copies = copiesOf(labels, replicas);
            assertThat(copies).hasSize(2);
            assertThat(longestGap(samples.keySet())).isLessThanOrEqualTo(LONGEST_GAP);
            assertThat(samples.entrySet()).allSatisfy(sample -> assertThat(copies)
                    .anySatisfy(copy -> assertThat(copy).containsEntry(sample.getKey(), sample.getValue())));
        });
    }

    private static Duration longestGap(Set<Long> times) {
        var longest = 0L;
        Long before = null;
        for (var time : times) {
            longest = before == null ? 0 : Math.max(longest, time - before);
            before = time;
        }
        return Duration.ofMillis(longest);
    }

    private static List<SortedMap<Long, Double>> copiesOf(Map<String, String> labels, Samples replicas) {
        return replicas.series().entrySet().stream()
                .filter(series -> series.getKey().entrySet().containsAll(labels.entrySet()))
                .map(Map.Entry::getValue)
                .toList();
    }

    @Test
    void membersWriteToTheHostAndKeepTheirOwn(@Named(HOST) TestNamespace host, @Named(MEMBER) TestNamespace member) {
        member.applyObjects(file("member-remote-write.yaml"));
        var central = host.apply(file("host-receives.yaml")).awaitReady();
        awaitScrapes(member, "prometheus-0", 2);
        returnsAllThatTheMemberHas(central, member);

        central.pods("receive-ingestor").forEach(MultiClusterIT::delete);

        awaitScrapes(member, "prometheus-0", 5);
        returnsAllThatTheMemberHas(central, member);
    }

    /** Every series of it. */
    private static void returnsAllThatTheMemberHas(ThanosCluster central, TestNamespace member) {
        var end = Instant.now().minus(SCRAPE);
        var all = prometheus(member, "prometheus-0").until(end).samples("{__name__=~\".+\"}");
        assertThat(all.series()).hasSizeGreaterThan(100);
        central.query()
                .until(end)
                .expectExactly(
                        all.with("cluster", "member-1")
                                .with("prometheus_replica", "prometheus-0")
                                .with("tenant_id", "member-1"),
                        "{__name__=~\".+\"}");
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
        Kubernetes.within(PATIENCE).until(() -> central.pods("receive-router").isEmpty());
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
            Kubernetes.within(PATIENCE).until(() -> {
                look();
                return seen.size() >= enough;
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
            Kubernetes.within(PATIENCE).untilAsserted(() -> {
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

    /** Waits until the Prometheus is ready and has so many samples of itself. */
    private static void awaitScrapes(TestNamespace member, String pod, int scrapes) {
        Kubernetes.within(PATIENCE).untilAsserted(() -> assertThat(
                        prometheus(member, pod).samples("up").series().values())
                .isNotEmpty()
                .allSatisfy(samples -> assertThat(samples).hasSizeGreaterThanOrEqualTo(scrapes)));
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
