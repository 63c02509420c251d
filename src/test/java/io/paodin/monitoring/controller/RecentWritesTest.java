package io.paodin.monitoring.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.paodin.monitoring.apply.Applied;
import io.paodin.monitoring.apply.Outcome;
import io.paodin.monitoring.apply.OwnedObjects;
import io.paodin.monitoring.apply.Result;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RecentWritesTest {

    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");
    private static final ResourceID CENTRAL = new ResourceID("central", "monitoring");
    private static final ResourceID OTHER = new ResourceID("other", "monitoring");

    private Instant now = START;
    private final RecentWrites writes = new RecentWrites(() -> now);

    @Test
    void thereIsNothingToWaitForAtFirst() {
        assertThat(writes.areSeen(CENTRAL, showing())).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"CREATED", "CONFIGURED"})
    void waitsForTheVersionThatWasWrittenOrANewerOne(Result result) {
        writes.remember(CENTRAL, outcome(result, map("a", 10)));

        assertThat(writes.areSeen(CENTRAL, showing())).isFalse();
        assertThat(writes.areSeen(CENTRAL, showing(map("a", 9)))).isFalse();
        assertThat(writes.areSeen(OTHER, showing())).isTrue();
        assertThat(writes.areSeen(CENTRAL, showing(map("a", 11)))).isTrue();
        assertThat(writes.areSeen(CENTRAL, showing())).as("waits once").isTrue();
    }

    @Test
    void waitsForAllOfThem() {
        writes.remember(CENTRAL, outcome(Result.CREATED, map("a", 10), map("b", 11)));

        assertThat(writes.areSeen(CENTRAL, showing(map("a", 10)))).isFalse();
        assertThat(writes.areSeen(CENTRAL, showing(map("a", 10), map("b", 11)))).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"UNCHANGED", "FOREIGN", "TERMINATING", "RECREATING", "FAILED"})
    void doesNotWaitForWhatWasNotWritten(Result result) {
        writes.remember(CENTRAL, outcome(result, map("a", 10)));

        assertThat(writes.areSeen(CENTRAL, showing())).isTrue();
    }

    @Test
    void doesNotWaitForever() {
        writes.remember(CENTRAL, outcome(Result.CREATED, map("a", 10)));

        now = START.plusMillis(4999);
        assertThat(writes.areSeen(CENTRAL, showing())).isFalse();
        now = START.plusMillis(5000);
        assertThat(writes.areSeen(CENTRAL, showing())).isTrue();
    }

    @Test
    void aRunThatWritesNothingLeavesNothingToWaitFor() {
        writes.remember(CENTRAL, outcome(Result.CREATED, map("a", 10)));
        writes.remember(CENTRAL, outcome(Result.UNCHANGED, map("a", 10)));

        assertThat(writes.areSeen(CENTRAL, showing())).isTrue();
    }

    @Test
    void forgetsTheWritesForAResourceThatHasNoFurtherRun() {
        writes.remember(CENTRAL, outcome(Result.CREATED, map("a", 10)));
        now = START.plusSeconds(5);
        writes.remember(OTHER, outcome(Result.CREATED, map("b", 11)));
        // Had it been kept, this would bring it back.
        now = START;

        assertThat(writes.areSeen(CENTRAL, showing())).isTrue();
        assertThat(writes.areSeen(OTHER, showing())).isFalse();
    }

    private static Outcome outcome(Result result, ConfigMap... maps) {
        return new Outcome(Stream.of(maps)
                .map(map -> new Applied(map, result, map, "", null))
                .toList());
    }

    private static ConfigMap map(String name, int version) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .withResourceVersion(String.valueOf(version))
                .endMetadata()
                .build();
    }

    private static OwnedObjects showing(ConfigMap... maps) {
        return new OwnedObjects() {
            @Override
            public <T extends HasMetadata> Optional<T> get(Class<T> kind, String name) {
                return Stream.of(maps)
                        .filter(map -> map.getMetadata().getName().equals(name))
                        .map(kind::cast)
                        .findFirst();
            }

            @Override
            public Collection<HasMetadata> all() {
                return List.of(maps);
            }

            @Override
            public Collection<PersistentVolumeClaim> claims(Map<String, String> labels) {
                return List.of();
            }
        };
    }
}
