package io.paodin.monitoring.status;

import static io.paodin.monitoring.status.Workloads.ready;
import static io.paodin.monitoring.status.Workloads.readyIngestor;
import static io.paodin.monitoring.status.Workloads.rolling;
import static io.paodin.monitoring.status.Workloads.states;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.paodin.monitoring.api.v1alpha1.RingPhase;
import io.paodin.monitoring.api.v1alpha1.Thanos;
import io.paodin.monitoring.api.v1alpha1.ThanosStatus;
import io.paodin.monitoring.model.Cluster;
import io.paodin.monitoring.model.Compaction;
import io.paodin.monitoring.model.Examples;
import io.paodin.monitoring.model.Holdup;
import io.paodin.monitoring.model.Inputs;
import io.paodin.monitoring.model.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StatusCalculatorTest {

    private static final Instant NOW = Instant.parse("2030-01-01T12:00:00.123Z");
    private static final String QUERY = "query: {replicas: 2}";
    private static final String ALL = """
            query: {replicas: 2, stores: [{name: s, addresses: ["a:1"]}]}
            receive: {router: {replicas: 2}, ingestors: [{name: a, replicas: 2, tenants: [t, u]}, {name: x, replicas: 2}]}
            """;
    private static final String INVALID = "query: {replicas: -1}";

    private static ThanosStatus calculate(Thanos thanos, Observation seen, Instant now) {
        return StatusCalculator.calculate(
                thanos, Cluster.of(thanos, Inputs.NONE, Examples.DEFAULT_SETTINGS), seen, now);
    }

    private static ThanosStatus calculate(String spec, Observation seen) {
        return calculate(Examples.thanos(spec), seen, NOW);
    }

    private static Observation seen(List<WorkloadState> workloads, Problem... problems) {
        return new Observation(workloads, Map.of(), List.of(problems), false);
    }

    private static Observation pending(WorkloadState... workloads) {
        return new Observation(List.of(workloads), Map.of(), List.of(), true);
    }

    /** The conditions as {@code Type=Status/Reason}. */
    private static String conditions(ThanosStatus status) {
        return status.conditions.stream()
                .map(c -> c.getType() + "=" + c.getStatus() + "/" + c.getReason())
                .collect(Collectors.joining(" "));
    }

    private static String message(ThanosStatus status, String type) {
        return Conditions.find(status, type).orElseThrow().getMessage();
    }

    @Test
    void atFirstNothingIsThere() {
        var status = calculate(QUERY, seen(List.of()));
        assertThat(conditions(status))
                .isEqualTo("Ready=False/RollingOut Progressing=True/RollingOut Degraded=False/AsExpected");
        assertThat(message(status, "Ready")).isEqualTo("query: not created yet");
    }

    @Test
    void aRolloutIsProgress() {
        var status = calculate(QUERY, seen(states(rolling("query"))));
        assertThat(conditions(status))
                .isEqualTo("Ready=False/RollingOut Progressing=True/RollingOut Degraded=False/AsExpected");
        assertThat(message(status, "Progressing")).isEqualTo("query: 2 of 2 ready, 1 updated, 1 more to end");
    }

    @Test
    void readyIsWhenEverythingIs() {
        var status = calculate(QUERY, seen(states(ready("query"))));
        assertThat(conditions(status)).isEqualTo("Ready=True/Ready Progressing=False/Stable Degraded=False/AsExpected");
        assertThat(message(status, "Ready")).isEqualTo("1 component is ready");
        var all = seen(states(ready("query"), ready("receive-router"), readyIngestor("a"), readyIngestor("x")));
        assertThat(message(calculate(ALL, all), "Ready")).isEqualTo("4 components are ready");
    }

    @Test
    void oneComponentThatIsNotReadyIsEnough() {
        var status = calculate(
                ALL, seen(states(ready("query"), rolling("receive-router"), readyIngestor("a"), readyIngestor("x"))));
        assertThat(conditions(status)).startsWith("Ready=False/RollingOut");
        assertThat(message(status, "Ready")).isEqualTo("receive-router: 2 of 2 ready, 1 updated, 1 more to end");
    }

    @Test
    void aWorkloadThatHasNotSeenItsNewestGenerationIsNotReady() {
        var status = calculate(
                QUERY,
                seen(
                        states(
                                Workloads.deployment(
                                        "query",
                                        "{observedGeneration: 1, replicas: 2, updatedReplicas: 2, readyReplicas: 2, availableReplicas: 2}"))));
        assertThat(conditions(status)).startsWith("Ready=False/RollingOut");
    }

    @Test
    void whatIsStuckIsExplained() {
        var stuck = Workloads.deployment("query", """
                {observedGeneration: 2, conditions: [{type: ReplicaFailure, status: "True", message: "exceeded quota"}]}
                """);
        assertThat(message(calculate(QUERY, seen(states(stuck))), "Ready"))
                .isEqualTo("query: 0 of 2 ready, 0 updated (exceeded quota)");
    }

    @Test
    void anInvalidSpecNeedsAPersonAndSaysAllThatIsWrong() {
        var status = calculate("query: {replicas: -1, image: 'a b'}", seen(states(ready("query"))));
        assertThat(conditions(status))
                .isEqualTo("Ready=False/InvalidSpec Progressing=False/InvalidSpec Degraded=True/InvalidSpec");
        assertThat(message(status, "Degraded"))
                .contains("spec.query.image: must be", "; spec.query.replicas: must be from 0 to 1000, is -1");
    }

    @Test
    void anUnsupportedVersionHasAReasonOfItsOwn() {
        assertThat(conditions(calculate("query: {image: 'a:v0.1.0'}", seen(List.of()))))
                .isEqualTo("Ready=False/UnsupportedVersion Progressing=False/UnsupportedVersion "
                        + "Degraded=True/UnsupportedVersion");
    }

    @Test
    void anInvalidSpecKeepsWhatWasPublished() {
        var before = Examples.thanos(ALL);
        before.setStatus(calculate(before, seen(List.of()), NOW));
        var thanos = Examples.thanos(INVALID);
        thanos.setStatus(before.getStatus());
        var status = calculate(thanos, seen(states(readyIngestor("a"), ready("receive-router"))), NOW);
        assertThat(status.hashrings).isEqualTo(before.getStatus().hashrings).hasSize(2);
        assertThat(status.stores).isEqualTo(before.getStatus().stores).hasSize(1);
        assertThat(status.endpoints).isEqualTo(before.getStatus().endpoints);
        assertThat(status.components)
                .extracting(c -> c.name, c -> c.ready)
                .containsExactly(
                        tuple("query", 0),
                        tuple("receive-ingestor-a", 2),
                        tuple("receive-ingestor-x", 0),
                        tuple("receive-router", 2));
    }

    @Test
    void anInvalidSpecTellsWhatIsAwayUntilItIsValid() {
        var before = Examples.thanos(ALL);
        before.setStatus(calculate(before, seen(List.of()), NOW));
        var thanos = Examples.thanos(INVALID);
        var seen = seen(states(ready("query"), readyIngestor("x"), ready("receive-router")));
        // It is remembered for as long as it takes.
        for (int run = 0; run < 3; run++) {
            thanos.setStatus(run == 0 ? before.getStatus() : calculate(thanos, seen, NOW));
            assertThat(message(calculate(thanos, seen, NOW), "Progressing"))
                    .isEqualTo("nothing is applied until the spec is valid; what runs goes on; until then "
                            + "StatefulSet central-receive-ingestor-a cannot be created, nor any pod of it replaced");
        }
    }

    @Test
    void aPausedResourceTellsWhatIsAwayUntilItGoesOn() {
        var status = calculate("{paused: true, query: {}}", seen(List.of()));
        assertThat(message(status, "Progressing"))
                .isEqualTo("spec.paused is true: nothing is applied; until then Deployment central-query cannot be "
                        + "created, nor any pod of it replaced");
    }

    @Test
    void aSpecThatWasNeverValidHasPublishedNothing() {
        var thanos = Examples.thanos("{query: {replicas: -1}, receive: {ingestors: [{name: a}]}}");
        for (var former : new ThanosStatus[] {null, new ThanosStatus()}) {
            thanos.setStatus(former);
            var status = calculate(thanos, seen(List.of()), NOW);
            assertThat(status.hashrings).isNull();
            assertThat(status.endpoints).isNull();
            assertThat(status.stores).isNull();
            assertThat(status.components).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ForeignObject", "ImmutableField", "Rejected"})
    void whatOnlyAPersonCanSolveDegrades(ConditionReason reason) {
        var status =
                calculate(QUERY, seen(states(ready("query")), Problem.blocking(reason, "Service a: is in the way")));
        assertThat(conditions(status))
                .isEqualTo("Ready=False/%s Progressing=False/Stable Degraded=True/%1$s".formatted(reason));
        assertThat(message(status, "Degraded")).isEqualTo("Service a: is in the way");
    }

    @Test
    void aFailedRequestIsTriedAgainAndDegradesNothing() {
        var status = calculate(
                QUERY,
                seen(states(ready("query")), Problem.passing(ConditionReason.ApplyFailed, "Service a: timeout")));
        assertThat(conditions(status))
                .isEqualTo("Ready=False/ApplyFailed Progressing=True/ApplyFailed Degraded=False/AsExpected");
    }

    @Test
    void theFirstProblemNamesTheConditionAndAllAreInTheMessage() {
        var status = calculate(
                QUERY,
                seen(
                        states(ready("query")),
                        Problem.blocking(ConditionReason.ForeignObject, "one"),
                        Problem.blocking(ConditionReason.ImmutableField, "two"),
                        Problem.passing(ConditionReason.ApplyFailed, "three")));
        assertThat(conditions(status))
                .isEqualTo("Ready=False/ForeignObject Progressing=True/ApplyFailed Degraded=True/ForeignObject");
        assertThat(message(status, "Ready")).isEqualTo("one; two; three");
        assertThat(message(status, "Degraded")).isEqualTo("one; two");
    }

    @Test
    void pausedWithoutChangesIsAsReadyAsBefore() {
        assertThat(conditions(calculate("{paused: true, query: {replicas: 2}}", seen(states(ready("query"))))))
                .isEqualTo("Ready=True/Ready Progressing=False/Paused Degraded=False/AsExpected");
    }

    @Test
    void pausedWithChangesThatWaitIsNotReady() {
        var status = calculate("{paused: true, query: {replicas: 2}}", pending());
        assertThat(conditions(status))
                .isEqualTo("Ready=False/Paused Progressing=False/Paused Degraded=False/AsExpected");
        assertThat(message(status, "Ready")).contains("set spec.paused to false");
    }

    @Test
    void pausedAndInvalidSaysBoth() {
        assertThat(conditions(calculate("{paused: true, query: {replicas: -1}}", seen(List.of()))))
                .isEqualTo("Ready=False/InvalidSpec Progressing=False/Paused Degraded=True/InvalidSpec");
    }

    @Test
    void theTimeOfATransitionIsKeptUntilTheNext() {
        var thanos = Examples.thanos(QUERY);
        thanos.setStatus(calculate(thanos, seen(List.of()), NOW));
        thanos.setStatus(calculate(thanos, seen(states(rolling("query"))), NOW.plusSeconds(60)));
        assertThat(thanos.getStatus().conditions)
                .extracting(Condition::getLastTransitionTime)
                .containsOnly("2030-01-01T12:00:00Z");
        thanos.setStatus(calculate(thanos, seen(states(ready("query"))), NOW.plusSeconds(120)));
        assertThat(thanos.getStatus().conditions)
                .extracting(Condition::getType, Condition::getLastTransitionTime)
                .containsExactly(
                        tuple("Ready", "2030-01-01T12:02:00Z"),
                        tuple("Progressing", "2030-01-01T12:02:00Z"),
                        tuple("Degraded", "2030-01-01T12:00:00Z"));
    }

    @Test
    void theSameObservationGivesTheSameStatus() {
        var thanos = Examples.thanos(ALL);
        var seen = seen(states(ready("query"), rolling("receive-router"), readyIngestor("a")));
        thanos.setStatus(calculate(thanos, seen, NOW));
        var serialization = new KubernetesSerialization();
        assertThat(serialization.asJson(calculate(thanos, seen, NOW.plusSeconds(3600))))
                .isEqualTo(serialization.asJson(thanos.getStatus()));
    }

    @Test
    void everyConditionSaysOfWhichGenerationItSpeaks() {
        var thanos = Examples.thanos(QUERY);
        thanos.getMetadata().setGeneration(7L);
        var status = calculate(thanos, seen(List.of()), NOW);
        assertThat(status.observedGeneration).isEqualTo(7);
        assertThat(status.conditions)
                .extracting(Condition::getObservedGeneration)
                .containsOnly(7L);
    }

    @Test
    void listsWhatIsWantedAndWhatIsThere() {
        var status = calculate(ALL, seen(states(rolling("query"), readyIngestor("a"))));
        assertThat(status.components)
                .extracting(c -> c.name, c -> c.kind, c -> c.object, c -> c.desired, c -> c.ready, c -> c.updated)
                .containsExactly(
                        tuple("receive-router", "Deployment", "central-receive-router", 2, 0, 0),
                        tuple("receive-ingestor-a", "StatefulSet", "central-receive-ingestor-a", 2, 2, 2),
                        tuple("receive-ingestor-x", "StatefulSet", "central-receive-ingestor-x", 2, 0, 0),
                        tuple("query", "Deployment", "central-query", 2, 2, 1));
        assertThat(status.components).extracting(c -> c.image).containsOnly("quay.io/thanos/thanos:v0.42.4");
        assertThat(status.components).extracting(c -> c.version).containsOnly("v0.42.4");
    }

    @Test
    void listsRingsStoresAndEndpoints() {
        var rings = Map.of(
                "a",
                Cluster.of(Examples.thanos(ALL), Inputs.NONE, Examples.DEFAULT_SETTINGS)
                        .receive()
                        .orElseThrow()
                        .hashrings()
                        .get(0)
                        .members());
        var status = calculate(ALL, new Observation(states(readyIngestor("a")), rings, List.of(), false));
        assertThat(status.hashrings)
                .extracting(r -> r.name, r -> r.tenants, r -> r.members, r -> r.desired, r -> r.ready, r -> r.phase)
                .containsExactly(
                        tuple("a", 2, 2, 2, 2, RingPhase.STABLE), tuple("soft", 0, 0, 2, 0, RingPhase.GROWING));
        assertThat(status.stores).extracting(s -> s.name, s -> s.secured).containsExactly(tuple("s", false));
        assertThat(status.endpoints.query).isEqualTo("http://central-query.monitoring.svc:10902");
        assertThat(status.endpoints.remoteWrite)
                .isEqualTo("http://central-receive-router.monitoring.svc:19291/api/v1/receive");
    }

    @Test
    void ringsAreThosePublishedAndNotThoseWanted() {
        var rings = Map.of("x", List.of("1", "2", "3"));
        var status = calculate(
                "{paused: true, receive: {ingestors: [{name: x, tenants: [t], replicas: 1}]}}",
                new Observation(List.of(), rings, List.of(), true));
        assertThat(status.hashrings)
                .extracting(r -> r.members, r -> r.desired, r -> r.phase)
                .containsExactly(tuple(3, 1, RingPhase.SHRINKING));
        assertThat(status.endpoints).as("nothing was applied yet").isNull();
    }

    @Test
    void readyPodsThatAreTooYoungAreNotAvailable() {
        var young = Workloads.deployment(
                "query",
                "{observedGeneration: 2, replicas: 2, updatedReplicas: 2, readyReplicas: 2, availableReplicas: 0}");
        assertThat(message(calculate(QUERY, seen(states(young))), "Ready"))
                .isEqualTo("query: 2 of 2 ready, 2 updated, 0 for long enough");
    }

    @Test
    void whatIsRefusedIsNotUnderWay() {
        var refused = Problem.blocking(ConditionReason.Rejected, "Deployment central-query", "no");
        assertThat(conditions(calculate(QUERY, seen(List.of(), refused))))
                .isEqualTo("Ready=False/Rejected Progressing=False/Stable Degraded=True/Rejected");
    }

    @Test
    void conditionsOfOthersAreNotOwn() {
        var status = calculate(QUERY, seen(List.of()));
        var withTheirs = calculate(QUERY, seen(List.of()));
        withTheirs.conditions = new ArrayList<>(withTheirs.conditions);
        withTheirs.conditions.add(new ConditionBuilder().withType("Theirs").build());
        assertThat(StatusCalculator.own(withTheirs).conditions).isEqualTo(status.conditions);
    }

    /** An object that has lost its last field is one that the server makes null, and then refuses. */
    @Test
    void hasNoEndpointsWithoutQueryAndReceive() {
        assertThat(calculate("{}", seen(List.of())).endpoints).isNull();
    }

    @Test
    void theAddressForRemoteWriteTellsOfTls() {
        assertThat(calculate("""
                receive:
                  router: {remoteWriteTls: {certSecret: {name: a, key: b}, keySecret: {name: a, key: c}}}
                  ingestors: [{name: a}]
                """, seen(List.of())).endpoints.remoteWrite)
                .isEqualTo("https://central-receive-router.monitoring.svc:19291/api/v1/receive");
    }

    @Test
    void endpointsAreThoseOfWhatIsThere() {
        assertThat(calculate(QUERY, seen(List.of())).endpoints.remoteWrite).isNull();
        assertThat(calculate("receive: {ingestors: [{name: a}]}", seen(List.of())).endpoints.query)
                .isNull();
    }

    @Test
    void aMessageFitsTheApi() {
        var problems = IntStream.range(0, 40)
                .mapToObj(i -> Problem.blocking(ConditionReason.Rejected, "😀".repeat(999) + i))
                .toArray(Problem[]::new);
        var message = message(calculate(QUERY, seen(List.of(), problems)), "Degraded");
        assertThat(message.codePointCount(0, message.length())).isEqualTo(32768);
        assertThat(message).endsWith("...");
        assertThat(message.codePoints()).as("no half of a pair is left").noneMatch(p -> p >= 0xd800 && p <= 0xdfff);
    }

    @Test
    void aResourceWithoutASpecIsNoReasonToFail() {
        var thanos = Examples.thanos("{}");
        thanos.setSpec(null);
        assertThat(conditions(calculate(thanos, seen(List.of()), NOW))).startsWith("Ready=True/Ready");
    }

    private static final String STORED =
            "objectStorageConfig: {name: objstore, key: thanos.yaml}\nstoreGateway: {replicas: 1}\ncompact: {}";

    private static Cluster stored(Optional<Compaction> compaction, Optional<String> haltedPod) {
        return Cluster.of(
                Examples.thanos(STORED),
                new Inputs(Map.of(), Map.of(), compaction, haltedPod),
                Examples.DEFAULT_SETTINGS);
    }

    private static ThanosStatus stored(Cluster cluster, Problem... problems) {
        var workloads = cluster.components().stream()
                .map(component -> new WorkloadState(
                        component.id(),
                        component.kind(),
                        component.workload().name(),
                        1,
                        1,
                        1,
                        1,
                        0,
                        true,
                        "image",
                        Optional.empty()))
                .toList();
        return StatusCalculator.calculate(Examples.thanos(STORED), cluster, seen(workloads, problems), NOW);
    }

    @Test
    void aHaltedCompactorIsADefectOfWhatServes() {
        var status = stored(stored(Optional.empty(), Optional.of("central-compact-0")));
        assertThat(conditions(status))
                .isEqualTo("Ready=True/Ready Progressing=False/Stable Degraded=True/CompactorHalted");
        assertThat(message(status, "Degraded")).contains("central-compact-0", "repair them, then delete the pod");
    }

    @Test
    void aCompactorThatMakesWayIsNotReady() {
        var yields = new Compaction(Compaction.Verdict.YIELD, "bucket", "an older one has the bucket");
        var status = stored(stored(Optional.of(yields), Optional.empty()));
        assertThat(conditions(status))
                .isEqualTo("Ready=False/CompactorConflict Progressing=False/Stable Degraded=True/CompactorConflict");
        assertThat(message(status, "Degraded")).isEqualTo("compact: an older one has the bucket");
    }

    @Test
    void aCompactorThatWaitsStartsByItself() {
        var waits = new Compaction(Compaction.Verdict.WAIT, "bucket", "waits until another one has stopped");
        var status = stored(stored(Optional.of(waits), Optional.empty()));
        assertThat(conditions(status))
                .isEqualTo("Ready=False/RollingOut Progressing=True/RollingOut Degraded=False/AsExpected");
        assertThat(message(status, "Progressing")).isEqualTo("compact: waits until another one has stopped");
    }

    @Test
    void whatIsHeldUpIsADefectIfItIsAsWantedAndElseNotReady() {
        var cluster = stored(Optional.empty(), Optional.empty());
        var missing = new Holdup(Reason.MissingSecret, "Secret objstore does not exist");
        var harmless = Problem.of(missing, cluster.components(), Set.of()).orElseThrow();
        assertThat(conditions(stored(cluster, harmless)))
                .isEqualTo("Ready=True/Ready Progressing=False/Stable Degraded=True/MissingSecret");

        var differing =
                Problem.of(missing, cluster.components(), Set.of("compact")).orElseThrow();
        assertThat(conditions(stored(cluster, differing)))
                .isEqualTo("Ready=False/MissingSecret Progressing=False/Stable Degraded=True/MissingSecret");
        assertThat(message(stored(cluster, differing), "Degraded"))
                .isEqualTo("store-gateway, compact: left as they are: Secret objstore does not exist");
    }

    @Test
    void aSecretThatCannotBeReadNowMattersOnlyWhereSomethingIsToBeApplied() {
        var cluster = stored(Optional.empty(), Optional.empty());
        var unreadable = new Holdup(Reason.UnreadableSecret, "Secret objstore cannot be read: timeout");
        assertThat(Problem.of(unreadable, cluster.components(), Set.of())).isEmpty();
        var differing =
                Problem.of(unreadable, cluster.components(), Set.of("compact")).orElseThrow();
        assertThat(conditions(stored(cluster, differing)))
                .isEqualTo("Ready=False/ApplyFailed Progressing=True/ApplyFailed Degraded=False/AsExpected");
    }

    @Test
    void aRunThatFailsForgetsNothing() {
        var thanos = Examples.thanos(QUERY);
        var foreign = Problem.blocking(ConditionReason.ForeignObject, "Service central-query is somebody else's");
        thanos.setStatus(calculate(thanos, seen(List.of(), foreign), NOW));
        var failure = Problem.passing(ConditionReason.ApplyFailed, "timeout");

        var status = StatusCalculator.afterFailure(
                thanos,
                Cluster.of(thanos, Inputs.NONE, Examples.DEFAULT_SETTINGS),
                seen(List.of(), failure),
                NOW.plusSeconds(60));

        assertThat(conditions(status))
                .isEqualTo("Ready=False/ApplyFailed Progressing=True/ApplyFailed Degraded=True/ForeignObject");
        assertThat(Conditions.find(status, "Degraded")).isEqualTo(Conditions.find(thanos.getStatus(), "Degraded"));
    }
}
