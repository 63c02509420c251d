package io.paodin.monitoring.status;

import static io.paodin.monitoring.status.Workloads.ready;
import static io.paodin.monitoring.status.Workloads.rolling;
import static io.paodin.monitoring.status.Workloads.states;
import static org.assertj.core.api.Assertions.assertThat;

import io.paodin.monitoring.api.v1alpha1.HashringStatus;
import io.paodin.monitoring.api.v1alpha1.RingPhase;
import io.paodin.monitoring.api.v1alpha1.Thanos;
import io.paodin.monitoring.api.v1alpha1.ThanosStatus;
import io.paodin.monitoring.model.Cluster;
import io.paodin.monitoring.model.Examples;
import io.paodin.monitoring.model.Inputs;
import io.paodin.monitoring.model.Notice;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AnnouncementTest {

    private static final Instant NOW = Instant.parse("2030-01-01T12:00:00Z");
    private static final Observation NOTHING = new Observation(List.of(), Map.of(), List.of(), false);
    private static final Observation ROLLING = new Observation(states(rolling("query")), Map.of(), List.of(), false);
    private static final Observation READY = new Observation(states(ready("query")), Map.of(), List.of(), false);

    private final Thanos thanos = Examples.thanos("query: {replicas: 2}");

    private static Observation foreign(String message) {
        return new Observation(
                states(ready("query")),
                Map.of(),
                List.of(Problem.blocking(ConditionReason.ForeignObject, message)),
                false);
    }

    /** What is announced, as {@code Type Reason}, when the resource is seen like that next. */
    private List<String> next(Observation seen) {
        return next(seen, List.of());
    }

    private List<String> next(Observation seen, List<Notice> notices) {
        var before = thanos.getStatus();
        ThanosStatus after = StatusCalculator.calculate(
                thanos, Cluster.of(thanos, Inputs.NONE, Examples.DEFAULT_SETTINGS), seen, NOW);
        thanos.setStatus(after);
        return Announcement.between(before, after, notices).stream()
                .map(a -> a.type() + " " + a.reason())
                .toList();
    }

    @Test
    void whatIsSaidOfAStoreIsToldOnceEachTimeItChanges() {
        thanos.getSpec().query = Examples.thanos(
                        "query: {stores: [{addresses: ['a:1'], tlsConfig: {insecureSkipVerify: true}}]}")
                .getSpec()
                .query;
        assertThat(next(ROLLING)).containsExactly("Warning StoreNotice");
        assertThat(next(ROLLING)).isEmpty();
        thanos.getSpec().query.stores.get(0).tlsConfig.insecureSkipVerify = null;
        assertThat(next(ROLLING)).isEmpty();
        thanos.getSpec().query.stores.get(0).tlsConfig.insecureSkipVerify = true;
        assertThat(next(ROLLING)).containsExactly("Warning StoreNotice");
    }

    @Test
    void readyIsToldOnceEachTimeItBegins() {
        assertThat(next(NOTHING)).isEmpty();
        assertThat(next(ROLLING)).isEmpty();
        assertThat(next(READY)).containsExactly("Normal Ready");
        assertThat(next(READY)).isEmpty();
        assertThat(next(ROLLING)).isEmpty();
        assertThat(next(READY)).containsExactly("Normal Ready");
    }

    @Test
    void aProblemIsToldWhenItBeginsWhenItChangesAndWhenItIsOver() {
        assertThat(next(READY)).containsExactly("Normal Ready");
        assertThat(next(foreign("a"))).containsExactly("Warning ForeignObject");
        assertThat(next(foreign("a"))).isEmpty();
        assertThat(next(foreign("b"))).containsExactly("Warning ForeignObject");
        assertThat(next(READY)).containsExactly("Normal Recovered", "Normal Ready");
        assertThat(next(READY)).isEmpty();
    }

    @Test
    void anInvalidSpecIsToldOnce() {
        thanos.getSpec().query.replicas = -1;
        assertThat(next(NOTHING)).containsExactly("Warning InvalidSpec");
        assertThat(next(NOTHING)).isEmpty();
        thanos.getSpec().query.image = "a b";
        assertThat(next(NOTHING)).containsExactly("Warning InvalidSpec");
    }

    @Test
    void aFailureIsToldWhenItBeginsAndNotAtEachAttempt() {
        var failed = new Observation(
                states(ready("query")), Map.of(), List.of(Problem.passing(ConditionReason.ApplyFailed, "one")), false);
        var failedAgain = new Observation(
                states(ready("query")), Map.of(), List.of(Problem.passing(ConditionReason.ApplyFailed, "two")), false);
        next(READY);
        assertThat(next(failed)).containsExactly("Warning ApplyFailed");
        assertThat(next(failedAgain)).isEmpty();
        assertThat(next(READY)).containsExactly("Normal Ready");
    }

    @Test
    void pausingAndGoingOnAreTold() {
        next(READY);
        thanos.getSpec().paused = true;
        assertThat(next(READY)).containsExactly("Normal Paused");
        assertThat(next(READY)).isEmpty();
        thanos.getSpec().paused = false;
        assertThat(next(READY)).containsExactly("Normal Resumed");
    }

    @Test
    void noticesAreToldOnceForEachGeneration() {
        var notices = List.of(Notice.unknownFlag("spec.query.additionalArgs[0]", "is passed on unchecked"));
        assertThat(next(READY, notices)).containsExactly("Normal Ready", "Warning UnknownFlag");
        assertThat(next(READY, notices)).isEmpty();
        thanos.getMetadata().setGeneration(2L);
        assertThat(next(READY, notices)).containsExactly("Warning UnknownFlag");
    }

    @Test
    void theFirstStatusOfAllCanBeAnnounced() {
        thanos.setStatus(null);
        assertThat(next(foreign("a"))).containsExactly("Warning ForeignObject");
    }

    @Test
    void eachPhaseThatAHashringEntersIsTold() {
        assertThat(phases("a", null)).as("a new resource").isEmpty();
        assertThat(phases("a", RingPhase.GROWING)).containsExactly("Normal HashringGrowing");
        assertThat(phases("a", RingPhase.GROWING)).isEmpty();
        assertThat(phases("a", RingPhase.STABLE)).containsExactly("Normal HashringStable");
        assertThat(phases("b", RingPhase.STABLE))
                .as("a new ring that is as wanted at once")
                .isEmpty();
        assertThat(phases("c", RingPhase.SHRINKING)).containsExactly("Normal HashringShrinking");
    }

    private List<String> phases(String ring, RingPhase phase) {
        next(READY);
        var before = thanos.getStatus().hashrings == null || phase == null ? null : lastPhases;
        var after = new ThanosStatus();
        after.conditions = thanos.getStatus().conditions;
        var status = new HashringStatus();
        status.name = ring;
        status.phase = phase;
        status.members = 1;
        status.desired = 1;
        after.hashrings = List.of(status);
        if (before != null) {
            before.conditions = after.conditions;
        }
        lastPhases = after;
        return Announcement.between(before, after, List.of()).stream()
                .map(a -> a.type() + " " + a.reason())
                .filter(a -> a.contains("Hashring"))
                .toList();
    }

    private ThanosStatus lastPhases;
}
