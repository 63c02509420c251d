package io.paodin.monitoring.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The samples in {@code deploy/samples} that are clusters for themselves, as they are but for what is to be replaced. */
@EndToEnd
class SampleIT {

    private static final String SAMPLE = Kubernetes.file("deploy/samples/thanos.yaml");
    private static final String TENANT_LABEL = "tenant_id";
    private static final String DEFAULT_TENANT = "default-tenant";

    private static final String PROMETHEUS = "deploy/samples/multi-cluster/member-remote-write.yaml";

    @Test
    void returnsEachSampleThatWasWrittenOnce(TestNamespace namespace) {
        var thanos = namespace.apply(SAMPLE);
        namespace.applyObjects(prometheusWritingTo(thanos));
        thanos.awaitReady();
        var remote = Samples.of("remote_written", ago(300), Duration.ofSeconds(15), 20, i -> i * 1.5, "instance", "a");
        thanos.writer().write(remote);
        var otlp = Samples.of("otlp_written", ago(200), Duration.ofSeconds(10), 20, i -> i * 2.5, "instance", "b");
        assertThat(thanos.otlp("team-a").send(otlp)).matches(Http.Answer::isSuccess);

        var query = thanos.query();
        query.expectExactly(remote.with(TENANT_LABEL, DEFAULT_TENANT), "remote_written");
        query.expectExactly(otlp.with(TENANT_LABEL, "team-a"), "otlp_written");
        expectCopies(
                2, remote.with(TENANT_LABEL, DEFAULT_TENANT), "thanos-sample-receive-ingestor-soft-tenants", query);

        // a scrape that is under way is not stored yet
        var end = ago(2);
        var scraped = new Query(Http.toPod(namespace.name(), "prometheus-0", 9090))
                .until(end)
                .samples("{job='prometheus'}");
        assertThat(scraped.series()).hasSizeGreaterThan(100);
        query.until(end)
                .expectExactly(
                        scraped.with("cluster", "member-1")
                                .with("prometheus_replica", "prometheus-0")
                                .with(TENANT_LABEL, "member-1"),
                        "{cluster='member-1'}");
    }

    /** Each member of a ring has each sample, if there are as many as copies. */
    private static void expectCopies(int copies, Samples written, String ingestor, Query query) {
        var all = new Samples();
        for (int i = 0; i < copies; i++) {
            all.add(written.with("receive_replica", ingestor + "-" + i));
        }
        var metric = written.series().keySet().iterator().next().get("__name__");
        query.withReplicas().expectExactly(all, metric);
    }

    private static Instant ago(int seconds) {
        return Instant.now().minusSeconds(seconds);
    }

    /** A real one, which writes what it scrapes from itself. */
    private static String prometheusWritingTo(ThanosCluster thanos) {
        var router = thanos.name() + "-receive-router." + thanos.namespace().name();
        return Kubernetes.file(PROMETHEUS, yaml -> yaml.replace("central-receive-router.thanos-host", router));
    }

    @Test
    void withABucketReturnsEachSampleOnceAndKeepsItsClaims(TestNamespace namespace, ObjectStore objectStore) {
        var secret = objectStore.bucket(namespace.name()).secret("first");
        var thanos = namespace
                .apply(Kubernetes.file(
                        "deploy/samples/object-storage.yaml",
                        sample -> secret
                                + sample.substring(sample.indexOf("---"))
                                        .replace("name: others", "name: others\n      minReadySeconds: 0")))
                .awaitReady();
        var written = Samples.of(
                "requests", Instant.now().minusSeconds(300), Duration.ofSeconds(15), 20, i -> i * 1.5, "instance", "a");
        thanos.writer("team-a").write(written);

        thanos.query().expectExactly(written.with(TENANT_LABEL, "team-a"), "requests");
        expectCopies(2, written.with(TENANT_LABEL, "team-a"), "long-term-receive-ingestor-others", thanos.query());

        thanos.delete();
        assertThat(namespace.claims())
                .extracting(claim -> claim.getMetadata().getName().replaceFirst("^[a-z-]*long-term-", ""))
                .containsExactlyInAnyOrder(
                        "receive-ingestor-others-0", "receive-ingestor-others-1", "storegateway-0", "compact-0");
    }
}
