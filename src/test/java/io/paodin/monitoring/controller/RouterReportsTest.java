package io.paodin.monitoring.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.paodin.monitoring.api.v1alpha1.Thanos;
import io.paodin.monitoring.model.Examples;
import io.paodin.monitoring.model.ReceiveState.RouterPod;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RouterReportsTest {

    private static final Thanos CENTRAL = Examples.thanos("query: {}");
    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

    /** What pods are asked, until a test answers. */
    private final ArrayDeque<CompletableFuture<PodMetrics.Values>> asked = new ArrayDeque<>();

    private final AtomicInteger looks = new AtomicInteger();
    private Instant now = START;
    private final RouterReports reports = new RouterReports(this::read, () -> now);

    @BeforeEach
    void start() {
        reports.setEventHandler(event -> looks.incrementAndGet());
        reports.start();
    }

    private CompletionStage<PodMetrics.Values> read(String host, int port, Set<String> metrics) {
        assertThat(host).isEqualTo("192.0.2.1");
        assertThat(port).isEqualTo(10902);
        assertThat(metrics)
                .containsExactlyInAnyOrder(
                        "thanos_receive_config_hash", "thanos_receive_config_last_reload_success_timestamp_seconds");
        asked.add(new CompletableFuture<>());
        return asked.getLast();
    }

    private static Pod router(String phase) {
        return new PodBuilder(HaltedCompactorsTest.pod("router", "192.0.2.1"))
                .editStatus()
                .withPhase(phase)
                .endStatus()
                .build();
    }

    private RouterPod.Answer answer() {
        return reports.answer(CENTRAL, router("Running"));
    }

    /** By a clock of the router's own. */
    private static PodMetrics.Values values(double hash, Duration age) {
        var its = START.minus(Duration.ofHours(1));
        return new PodMetrics.Values(
                Map.of(
                        "thanos_receive_config_hash",
                        hash,
                        "thanos_receive_config_last_reload_success_timestamp_seconds",
                        (double) its.minus(age).getEpochSecond()),
                Optional.of(its));
    }

    @Test
    void tellsWhatIsKnownAndAsksForALookWhenThatChanges() {
        assertThat(answer()).isEqualTo(new RouterPod.Unasked());
        assertThat(answer()).isEqualTo(new RouterPod.Unasked());
        assertThat(asked).as("once at a time").hasSize(1);
        asked.remove().complete(values(7, Duration.ofSeconds(3)));
        assertThat(looks).hasValue(1);
        assertThat(answer()).isEqualTo(new RouterPod.Report(7, Duration.ofSeconds(3)));

        now = now.plusSeconds(5);
        assertThat(answer()).as("time passes").isEqualTo(new RouterPod.Report(7, Duration.ofSeconds(8)));
        asked.remove().complete(values(7, Duration.ofSeconds(8)));
        assertThat(looks).as("nothing new").hasValue(1);

        now = now.plusSeconds(5);
        answer();
        asked.remove().complete(values(8, Duration.ZERO));
        assertThat(looks).hasValue(2);
        assertThat(answer()).isEqualTo(new RouterPod.Report(8, Duration.ZERO));
    }

    @Test
    void whoDoesNotAnswerIsSilentFromThenOn() {
        answer();
        asked.remove().completeExceptionally(new IllegalStateException("no answer in time"));
        assertThat(answer()).isEqualTo(new RouterPod.Silent(START));
        assertThat(looks).hasValue(1);

        now = now.plusSeconds(2);
        answer();
        asked.remove().complete(values(7, Duration.ZERO));
        now = now.plusSeconds(2);
        answer();
        asked.remove().completeExceptionally(new IllegalStateException("no answer in time"));
        assertThat(answer()).as("since it answered last").isEqualTo(new RouterPod.Silent(START.plusSeconds(2)));
    }

    @Test
    void anOldAnswerIsForgottenAndTheNextOneIsTold() {
        answer();
        asked.remove().complete(values(7, Duration.ZERO));
        now = now.plusSeconds(11);
        assertThat(answer()).isEqualTo(new RouterPod.Unasked());
        asked.remove().complete(values(7, Duration.ofSeconds(11)));
        assertThat(looks).hasValue(2);
        assertThat(answer()).isEqualTo(new RouterPod.Report(7, Duration.ofSeconds(11)));
    }

    @Test
    void whoDoesNotRunIsNotAsked() {
        assertThat(reports.answer(CENTRAL, router("Pending"))).isEqualTo(new RouterPod.Silent(START));
        assertThat(asked).isEmpty();
    }

    @Test
    void nobodyIsAskedUnlessSomebodyWantsToKnow() {
        answer();
        asked.remove().complete(values(7, Duration.ZERO));
        now = now.plus(Duration.ofHours(1));
        assertThat(asked).isEmpty();
    }
}
