package io.paodin.monitoring.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.paodin.monitoring.api.v1alpha1.CompactSpec;
import io.paodin.monitoring.api.v1alpha1.Thanos;
import io.paodin.monitoring.api.v1alpha1.ThanosSpec;
import io.paodin.monitoring.model.Compaction;
import io.paodin.monitoring.model.Compaction.Verdict;
import io.paodin.monitoring.model.Labels;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a claim comes to. That no order of claims lets two run is what {@link BucketRaceTest} shows. */
class BucketClaimsTest {

    private static final String BUCKET = "0123456789abcdef";

    private final Seen seen = new Seen();
    private final Set<ResourceID> lookedAt = new HashSet<>();
    private final Thanos older = seen.create("older", "2026-01-01T00:00:00Z");
    private final Thanos younger = seen.create("younger", "2026-01-02T00:00:00Z");
    private final List<Runnable> later = new ArrayList<>();
    private BucketClaims claims;

    @BeforeEach
    void start() {
        claims = new BucketClaims(later::add);
        claims.setEventHandler(event -> lookedAt.add(event.getRelatedCustomResourceID()));
        claims.start();
    }

    @Test
    void theYoungerOneGivesWayAndIsLookedAtWhenTheOlderOneIsGone() {
        assertThat(verdict(younger)).isEqualTo(Verdict.RUN);
        assertThat(verdict(older)).as("the other one runs still").isEqualTo(Verdict.WAIT);
        assertThat(lookedAt).containsExactly(id(younger));
        assertThat(verdict(younger)).isEqualTo(Verdict.YIELD);

        lookedAt.clear();
        seen.delete(older);
        claims.onResourceDeleted(older);
        assertThat(lookedAt).containsExactly(id(younger));
    }

    @Test
    void looksAtNobodyWhenNothingHasChanged() {
        claims.claim(older, BUCKET, seen);
        claims.claim(younger, BUCKET, seen);
        claims.claim(older, BUCKET, seen);
        lookedAt.clear();
        claims.claim(older, BUCKET, seen);
        claims.claim(younger, BUCKET, seen);
        claims.release(seen.create("bystander", "2026-01-03T00:00:00Z"));
        assertThat(lookedAt).isEmpty();
    }

    @Test
    void aResourceThatIsBeingDeletedHoldsNoBucket() {
        claims.claim(older, BUCKET, seen);
        assertThat(verdict(younger)).isEqualTo(Verdict.YIELD);
        older.getMetadata().setDeletionTimestamp("2026-02-01T00:00:00Z");
        claims.onResourceUpdated(older, older);
        assertThat(lookedAt).contains(id(younger));
        assertThat(verdict(younger)).as("what it was let to do may still come").isEqualTo(Verdict.WAIT);
    }

    @Test
    void whoWaitsForWhatNeverComesIsLookedAtWhenThatIsCertain() {
        claims.claim(older, BUCKET, seen);
        claims.release(older);
        assertThat(verdict(younger)).isEqualTo(Verdict.WAIT);

        lookedAt.clear();
        later.forEach(Runnable::run);
        assertThat(lookedAt).containsExactly(id(younger));
        assertThat(verdict(younger)).isEqualTo(Verdict.RUN);
    }

    /** The time that has passed since it left before does not count. */
    @Test
    void whoLeavesASecondTimeMayStillAppear() {
        claims.claim(older, BUCKET, seen);
        older.getSpec().compact = null;
        claims.release(older);
        seen.run(older, 1);
        assertThat(verdict(younger)).isEqualTo(Verdict.WAIT);
        claims.claim(older, BUCKET, seen);
        claims.release(older);
        seen.sets.clear();

        later.get(0).run();
        assertThat(verdict(younger)).isEqualTo(Verdict.WAIT);
        later.get(1).run();
        assertThat(verdict(younger)).isEqualTo(Verdict.RUN);
    }

    @Test
    void aResourceThatIsGoneHoldsNoBucketWhateverEventsHaveToldOfIt() {
        claims.claim(older, BUCKET, seen);
        older.getMetadata().setDeletionTimestamp("2026-02-01T00:00:00Z");
        assertThat(verdict(younger)).isEqualTo(Verdict.WAIT);

        claims.claim(older, BUCKET, seen);
        seen.delete(older);
        seen.create("older", "2026-03-01T00:00:00Z").getMetadata().setUid("another");
        assertThat(verdict(younger)).isEqualTo(Verdict.WAIT);
    }

    @Test
    void whoCannotSayItsBucketKeepsTheOneItHad() {
        claims.claim(older, BUCKET, seen);
        assertThat(claims.keep(older, seen)).map(Compaction::verdict).contains(Verdict.RUN);
        assertThat(verdict(younger)).isEqualTo(Verdict.YIELD);
        assertThat(claims.keep(seen.create("new", "2026-01-03T00:00:00Z"), seen))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1, true, YIELD", "0, true, YIELD", "1, false, WAIT", "0, false, RUN"})
    void afterARestartTheStatefulSetSpeaksForWhoHasNotBeenLookedAt(int replicas, boolean isWanted, Verdict expected) {
        seen.run(older, replicas);
        older.getSpec().compact.replicas = isWanted ? null : 0;
        assertThat(verdict(younger)).isEqualTo(expected);

        var kept = claims.keep(older, seen).map(Compaction::verdict);
        assertThat(kept.isPresent()).isEqualTo(isWanted || replicas == 1);
    }

    @Test
    void aStatefulSetWithoutItsResourceIsWaitedFor() {
        seen.run(older, 1);
        seen.delete(older);
        var compaction = claims.claim(younger, BUCKET, seen);
        assertThat(compaction.verdict()).isEqualTo(Verdict.WAIT);
        assertThat(compaction.message()).contains("Thanos older");
        assertThat(claims.waiting(BUCKET)).containsExactly(id(younger));
        assertThat(claims.waiting("another")).isEmpty();
    }

    @Test
    void ofManyThreadsOnlyOneMayRun() throws Exception {
        int threads = 8;
        var executor = Executors.newFixedThreadPool(threads);
        try {
            for (int round = 0; round < 300; round++) {
                var bucket = "bucket-" + round;
                var barrier = new CyclicBarrier(threads);
                var calls = new ArrayList<Callable<Compaction>>();
                for (int thread = 0; thread < threads; thread++) {
                    var thanos = seen.create("thanos-" + round + "-" + thread, "2026-01-01T00:00:00Z");
                    calls.add(() -> {
                        barrier.await();
                        return claims.claim(thanos, bucket, seen);
                    });
                }
                var running = 0;
                for (var answer : executor.invokeAll(calls)) {
                    running += answer.get().mayRun() ? 1 : 0;
                }
                assertThat(running).isEqualTo(1);
            }
        } finally {
            executor.shutdownNow();
        }
    }

    @ParameterizedTest
    @CsvSource({
        // replicas, generation, of the status: generation and replicas
        "1, 1,  , , true",
        "1, 1, 1, 1, true",
        "0, 1,  , , false",
        "0, 2,  , , true",
        "0, 2, 1, 0, true",
        "0, 2, 2, 1, true",
        "0, 2, 2, 0, false",
        " , 1, 1, 1, true",
    })
    void aStatefulSetIsAtRestOnceItsControllerSaysSo(
            Integer replicas, long generation, Long observed, Integer pods, boolean expected) {
        var set = new StatefulSetBuilder()
                .withNewMetadata()
                .withGeneration(generation)
                .endMetadata()
                .withNewSpec()
                .withReplicas(replicas)
                .endSpec()
                .build();
        if (observed != null) {
            set = set.edit()
                    .withNewStatus()
                    .withObservedGeneration(observed)
                    .withReplicas(pods)
                    .endStatus()
                    .build();
        }
        assertThat(CompactorObjects.mayWork(set)).isEqualTo(expected);
    }

    private Verdict verdict(Thanos thanos) {
        return claims.claim(thanos, BUCKET, seen).verdict();
    }

    private static ResourceID id(Thanos thanos) {
        return ResourceID.fromResource(thanos);
    }

    /** Informers that show what a test says. */
    private static final class Seen implements Compactors {

        private final Map<String, Thanos> resources = new ConcurrentHashMap<>();
        private final List<StatefulSet> sets = new ArrayList<>();

        Thanos create(String name, String createdAt) {
            var thanos = new Thanos();
            thanos.setMetadata(new ObjectMetaBuilder()
                    .withName(name)
                    .withNamespace("monitoring")
                    .withUid("uid of " + name)
                    .withCreationTimestamp(createdAt)
                    .build());
            thanos.setSpec(new ThanosSpec());
            thanos.getSpec().compact = new CompactSpec();
            resources.put(name, thanos);
            return thanos;
        }

        void delete(Thanos thanos) {
            resources.remove(thanos.getMetadata().getName());
        }

        void run(Thanos owner, int replicas) {
            sets.add(new StatefulSetBuilder()
                    .withNewMetadata()
                    .withNamespace("monitoring")
                    .withGeneration(1L)
                    .addToLabels(Labels.INSTANCE, owner.getMetadata().getName())
                    .withOwnerReferences(new OwnerReferenceBuilder()
                            .withName(owner.getMetadata().getName())
                            .withUid(owner.getMetadata().getUid())
                            .withController(true)
                            .build())
                    .endMetadata()
                    .withNewSpec()
                    .withReplicas(replicas)
                    .withNewTemplate()
                    .withNewMetadata()
                    .addToAnnotations(Compaction.BUCKET_ANNOTATION, BUCKET)
                    .endMetadata()
                    .endTemplate()
                    .endSpec()
                    .build());
        }

        @Override
        public Optional<Thanos> resource(String namespace, String name) {
            return Optional.ofNullable(resources.get(name));
        }

        @Override
        public Collection<StatefulSet> sets(String bucket) {
            return bucket.equals(BUCKET) ? sets : List.of();
        }

        @Override
        public Collection<Pod> pods(String bucket) {
            return List.of();
        }

        @Override
        public Optional<StatefulSet> setOf(Thanos thanos) {
            return sets.stream()
                    .filter(set ->
                            CompactorObjects.isOwnedBy(set, thanos.getMetadata().getUid()))
                    .findFirst();
        }

        @Override
        public Collection<Pod> podsOf(Thanos thanos) {
            return List.of();
        }
    }
}
