package io.paodin.monitoring.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** {@code deploy/samples/thanos.yaml}, as it is. */
@EndToEnd
class SampleIT {

    private static final String SAMPLE = Kubernetes.file("deploy/samples/thanos.yaml");
    private static final String TENANT_LABEL = "tenant_id";
    private static final String DEFAULT_TENANT = "default-tenant";

    @Test
    void returnsEachSampleThatWasWrittenOnce(TestNamespace namespace) {
        var thanos = namespace.apply(SAMPLE).awaitReady();
        var remote = Samples.of(
                "remote_written",
                Instant.now().minusSeconds(300),
                Duration.ofSeconds(15),
                20,
                i -> i * 1.5,
                "instance",
                "a");
        thanos.writer().write(remote);
        var otlp = Samples.of(
                "otlp_written",
                Instant.now().minusSeconds(200),
                Duration.ofSeconds(10),
                20,
                i -> i * 2.5,
                "instance",
                "b");
        var answer = thanos.otlp("team-a").send(otlp);
        assertThat(answer.isSuccess()).as(answer.toString()).isTrue();

        thanos.query().expectExactly(remote.with(TENANT_LABEL, DEFAULT_TENANT), "remote_written");
        thanos.query().expectExactly(otlp.with(TENANT_LABEL, "team-a"), "otlp_written");
        // each member of the ring that has to have it has it
        assertThat(thanos.query().withReplicas().samples("remote_written").count())
                .isEqualTo(2 * remote.count());
    }
}
