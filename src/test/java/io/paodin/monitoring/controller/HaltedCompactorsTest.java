package io.paodin.monitoring.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.paodin.monitoring.api.v1alpha1.Thanos;
import io.paodin.monitoring.api.v1alpha1.ThanosStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HaltedCompactorsTest {

    private static final String POD = "central-compact-0";

    /** What a pod is asked, until a test answers. */
    private record Read(String host, int port, CompletableFuture<PodMetrics.Values> answer) {}

    private final BlockingQueue<Read> reads = new LinkedBlockingQueue<>();
    private final AtomicInteger lookedAt = new AtomicInteger();
    private final Seen seen = new Seen();
    private final Thanos central = thanos("central");
    private HaltedCompactors compactors;

    @BeforeEach
    void start() {
        compactors = new HaltedCompactors(this::read, Duration.ofMillis(10));
        compactors.setEventHandler(event -> lookedAt.incrementAndGet());
        compactors.start();
    }

    @AfterEach
    void stop() {
        compactors.stop();
    }

    @Test
    void tellsWhatIsKnownWithoutWaitingAndAsksForALookWhenThatChanges() throws Exception {
        seen.pods.add(pod(POD, "10.0.0.1"));
        assertThat(halted()).isEmpty();
        var first = next();
        assertThat(first.host()).isEqualTo("10.0.0.1");
        assertThat(first.port()).isEqualTo(10902);
        assertThat(halted()).isEmpty();
        assertThat(reads).as("one is under way").isEmpty();

        first.answer().complete(RunningOperator.halted(true));
        await().until(() -> lookedAt.get() == 1);
        assertThat(halted()).contains(POD);

        next().answer().complete(RunningOperator.halted(true));
        var third = next();
        assertThat(lookedAt).as("nothing new").hasValue(1);
        third.answer().complete(RunningOperator.halted(false));
        await().until(() -> lookedAt.get() == 2);
        assertThat(halted()).isEmpty();
    }

    @Test
    void forgetsWhatAPodSaidOnlyWhenItGivesNoAnswerTwice() throws Exception {
        seen.pods.add(pod(POD, "10.0.0.1"));
        halted();
        next().answer().complete(RunningOperator.halted(true));
        next().answer().completeExceptionally(new IllegalStateException());
        var third = next();
        assertThat(halted()).contains(POD);
        third.answer().completeExceptionally(new IllegalStateException());
        await().until(() -> lookedAt.get() == 2);
        assertThat(halted()).isEmpty();
    }

    @Test
    void asksAPodThatIsGoneNoMore() throws Exception {
        seen.pods.add(pod(POD, "10.0.0.1"));
        halted();
        next().answer().complete(RunningOperator.halted(true));
        var last = next();
        seen.pods.clear();
        assertThat(halted()).isEmpty();
        last.answer().complete(RunningOperator.halted(false));
        assertThat(reads.poll(200, TimeUnit.MILLISECONDS)).isNull();
        assertThat(lookedAt).as("only of the first answer").hasValue(1);
    }

    @Test
    void forgetsTheResourceThatIsDeleted() throws Exception {
        seen.pods.add(pod(POD, "10.0.0.1"));
        halted();
        compactors.onResourceDeleted(central);
        next().answer().complete(RunningOperator.halted(true));
        assertThat(reads.poll(200, TimeUnit.MILLISECONDS)).isNull();
        assertThat(lookedAt).hasValue(0);
    }

    @Test
    void asksAnotherPodOfThatNameAnew() throws Exception {
        seen.pods.add(pod(POD, "10.0.0.1"));
        halted();
        next().answer().complete(RunningOperator.halted(true));
        await().until(() -> lookedAt.get() == 1);
        seen.pods.clear();
        seen.pods.add(pod(POD, "10.0.0.2"));
        assertThat(halted()).isEmpty();
        await().until(() -> next().host().equals("10.0.0.2"));
    }

    @Test
    void asksFourPodsAtATimeAndAllOfThem() throws Exception {
        for (int i = 0; i < 20; i++) {
            seen.pods.add(pod("pod-" + i, "10.0.0." + i));
        }
        halted();
        assertThat(reads).hasSize(4);
        halted();
        assertThat(reads).hasSize(4);
        var hosts = new ArrayList<String>();
        while (hosts.stream().distinct().count() < 20) {
            var read = next();
            hosts.add(read.host());
            read.answer().completeExceptionally(new IllegalStateException());
        }
    }

    @Test
    void believesTheStatusOfAnEarlierProcessUntilThePodIsHeard() throws Exception {
        seen.pods.add(pod(POD, "10.0.0.1"));
        central.setStatus(new ThanosStatus());
        central.getStatus().conditions = List.of(new ConditionBuilder()
                .withType("Degraded")
                .withStatus("True")
                .withMessage("compact: pod " + POD + " has halted, so nothing is compacted")
                .build());
        assertThat(halted()).contains(POD);
        next().answer().complete(RunningOperator.halted(false));
        await().until(() -> lookedAt.get() == 1);
        assertThat(halted()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Pending", "no address", "no port", "being deleted", "no status"})
    void asksOnlyPodsThatCanAnswer(String what) {
        var pod = pod(POD, "10.0.0.1");
        switch (what) {
            case "Pending" -> pod.getStatus().setPhase("Pending");
            case "no address" -> pod.getStatus().setPodIP(null);
            case "no port" ->
                pod.getSpec().getContainers().get(0).getPorts().get(0).setName("other");
            case "being deleted" -> pod.getMetadata().setDeletionTimestamp("2026-01-01T00:00:00Z");
            default -> pod.setStatus(null);
        }
        seen.pods.add(pod);
        assertThat(halted()).isEmpty();
        assertThat(reads).isEmpty();
    }

    private CompletableFuture<PodMetrics.Values> read(String host, int port, Set<String> metrics) {
        var read = new Read(host, port, new CompletableFuture<>());
        reads.add(read);
        return read.answer();
    }

    private Read next() throws InterruptedException {
        var read = reads.poll(10, TimeUnit.SECONDS);
        assertThat(read).isNotNull();
        return read;
    }

    private Optional<String> halted() {
        return compactors.haltedPod(central, seen);
    }

    private static Thanos thanos(String name) {
        var thanos = new Thanos();
        thanos.setMetadata(new ObjectMetaBuilder()
                .withName(name)
                .withNamespace("monitoring")
                .build());
        return thanos;
    }

    /** A pod that can be asked. */
    static Pod pod(String name, String address) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("monitoring")
                .withUid(name + address)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .addNewPort()
                .withName("http")
                .withContainerPort(10902)
                .endPort()
                .endContainer()
                .endSpec()
                .withNewStatus()
                .withPhase("Running")
                .withPodIP(address)
                .endStatus()
                .build();
    }

    /** Informers that show the pods of one compactor. */
    private static final class Seen implements Compactors {

        private final List<Pod> pods = new ArrayList<>();

        @Override
        public Optional<Thanos> resource(String namespace, String name) {
            return Optional.empty();
        }

        @Override
        public Collection<StatefulSet> sets(String bucket) {
            return List.of();
        }

        @Override
        public Collection<Pod> pods(String bucket) {
            return List.of();
        }

        @Override
        public Optional<StatefulSet> setOf(Thanos thanos) {
            return Optional.empty();
        }

        @Override
        public Collection<Pod> podsOf(Thanos thanos) {
            return List.copyOf(pods);
        }
    }
}
