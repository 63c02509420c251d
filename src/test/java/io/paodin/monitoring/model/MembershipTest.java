package io.paodin.monitoring.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.paodin.monitoring.api.v1alpha1.RingPhase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of hashrings over time. The world checks after each write that no router writes to a pod that stops. */
class MembershipTest {

    private static final Duration MOMENT = Duration.ofSeconds(15);
    private static final int ALL = Integer.MAX_VALUE;

    private final ReceiveWorld world = new ReceiveWorld();

    private static String soft(int replicas) {
        return "receive: {ingestors: [{name: all, replicas: %d}]}".formatted(replicas);
    }

    private static String soft(int replicas, int replicationFactor) {
        return "receive: {router: {replicationFactor: %d}, ingestors: [{name: all, replicas: %d, minReadySeconds: 60}]}"
                .formatted(replicationFactor, replicas);
    }

    /** Each argument is an ingestor, as {@code name=tenant,tenant}. */
    private static String rings(String... ingestors) {
        var yaml = new StringBuilder("receive:\n  ingestors:\n");
        for (var ingestor : ingestors) {
            var parts = ingestor.split("=");
            yaml.append("  - {name: ").append(parts[0]);
            if (parts.length > 1) {
                yaml.append(", tenants: [").append(parts[1]).append(']');
            }
            yaml.append("}\n");
        }
        return yaml.toString();
    }

    @Test
    void theFirstFileHasAllMembersAtOnce() {
        world.want(rings("a=x", "all")).act(ALL);
        assertThat(world.members("a")).containsExactly("a-0");
        assertThat(world.members("soft")).containsExactly("all-0");
        assertThat(world.phase("a")).isEqualTo(RingPhase.STABLE);
    }

    @Test
    void newMembersComeInOneChangeWhenAllOfThemAreReady() {
        world.want(soft(1)).settle().broken.add("central-receive-ingestor-all-2");
        world.want(soft(3)).act(ALL);
        assertThat(world.members("soft")).as("pods first").containsExactly("all-0");
        world.pass(MOMENT);
        world.pass(MOMENT);
        world.act(ALL);
        assertThat(world.members("soft")).as("one is missing").containsExactly("all-0");
        assertThat(world.phase("soft")).isEqualTo(RingPhase.GROWING);
        assertThat(world.ring("soft").message()).contains("waits until central-receive-ingestor-all-2 is ready");

        world.broken.clear();
        world.settle();
        assertThat(world.members("soft")).containsExactly("all-0", "all-1", "all-2");
    }

    @Test
    void aMemberThatIsNotReadyStays() {
        world.want(soft(3)).settle().broken.add("central-receive-ingestor-all-1");
        for (int i = 0; i < 100; i++) {
            world.pass(Duration.ofHours(1));
            world.act(ALL);
        }
        assertThat(world.members("soft")).containsExactly("all-0", "all-1", "all-2");
        assertThat(world.phase("soft")).isEqualTo(RingPhase.STABLE);
    }

    @Test
    void oneMemberIsLeftOutIfThatIsAskedForAndComesBack() {
        var spec =
                "receive: {excludeUnreadyAfter: 1h, router: {replicationFactor: 2}, ingestors: [{name: all, replicas: 4}]}";
        world.want(spec).settle();
        world.broken.addAll(List.of("central-receive-ingestor-all-1", "central-receive-ingestor-all-2"));
        world.pass(MOMENT);
        world.pass(Duration.ofMinutes(59));
        world.act(ALL);
        assertThat(world.members("soft")).hasSize(4);
        world.pass(Duration.ofMinutes(2));
        world.act(ALL);
        assertThat(world.members("soft")).as("one, and no more").containsExactly("all-0", "all-2", "all-3");
        assertThat(world.ring("soft").message().orElseThrow())
                .contains("goes on without pod central-receive-ingestor-all-1");
        assertThat(world.pods()).as("it is not stopped").hasSize(4);

        world.broken.remove("central-receive-ingestor-all-1");
        world.pass(MOMENT);
        world.act(ALL);
        assertThat(world.members("soft")).as("one is out still").containsExactly("all-0", "all-1", "all-3");
        world.broken.clear();
        world.settle();
        assertThat(world.members("soft")).hasSize(4);
    }

    @Test
    void noMemberIsLeftOutBelowTheReplicationFactor() {
        world.want(
                        "receive: {excludeUnreadyAfter: 1h, router: {replicationFactor: 2}, ingestors: [{name: all, replicas: 2}]}")
                .settle();
        world.broken.add("central-receive-ingestor-all-1");
        world.pass(MOMENT);
        world.pass(Duration.ofHours(2));
        world.act(ALL);
        assertThat(world.members("soft")).hasSize(2);
    }

    @Test
    void whoLeavesLeavesTheRingFirstAndStopsWhenEveryRouterHasConfirmed() {
        world.storage = null;
        world.want(soft(3)).settle();
        world.router(1).isStale(true);
        world.want(soft(1)).act(ALL);
        assertThat(world.members("soft")).containsExactly("all-0");
        assertThat(world.pods()).hasSize(3);
        for (int i = 0; i < 100; i++) {
            world.pass(Duration.ofMinutes(10));
            world.act(ALL);
        }
        assertThat(world.pods()).as("one router has the old file").hasSize(3);
        assertThat(world.phase("soft")).isEqualTo(RingPhase.SHRINKING);
        assertThat(world.ring("soft").message().orElseThrow())
                .contains("router pod router-1 is still using former hashrings");

        world.router(1).isStale(false);
        world.pass(Duration.ofSeconds(6));
        world.act(ALL);
        world.pass(Duration.ofSeconds(1));
        assertThat(world.pods()).as("what was under way may still arrive").hasSize(3);
        world.pass(Duration.ofSeconds(10));
        world.act(ALL);
        world.act(ALL);
        assertThat(world.sets.get("central-receive-ingestor-all").replicas)
                .as("one at a time")
                .isEqualTo(2);
        world.settle();
        assertThat(world.pods()).containsExactly("all-0");
    }

    @Test
    void aRouterThatDoesNotAnswerIsWaitedForWithinBounds() {
        world.storage = null;
        world.want(soft(2)).settle();
        world.router(0).isSilent(true);
        world.want(soft(1)).act(ALL);
        world.pass(Duration.ofMinutes(4));
        world.act(ALL);
        assertThat(world.pods()).hasSize(2);
        assertThat(world.ring("soft").message().orElseThrow())
                .contains("router pod router-0 is not answering", "until 20");
        world.pass(Duration.ofMinutes(2));
        world.act(ALL);
        world.pass(MOMENT);
        world.pass(MOMENT);
        assertThat(world.pods()).containsExactly("all-0");
    }

    /** Shrinks a ring of three to one, to the moment at which no router writes to the leavers any more. */
    private void shrinkUntilConfirmed() {
        world.want(soft(3)).settle().want(soft(1)).act(ALL);
        world.pass(MOMENT);
        world.pass(MOMENT);
    }

    private int replicas() {
        return world.sets.get("central-receive-ingestor-all").replicas;
    }

    /** What an ingestor uploads when it stops lacks its newest samples, unless it has nothing else. */
    @Test
    void leaversStartOnceMoreOneAfterAnotherBeforeTheyStop() {
        shrinkUntilConfirmed();
        assertThat(world.ring("soft").message().orElseThrow())
                .contains("restarts pod central-receive-ingestor-all-2, for it to upload its newest samples, too");
        world.act(ALL);
        assertThat(world.pods()).containsExactly("all-0", "all-1");
        world.act(ALL);
        assertThat(world.pods()).as("one at a time").containsExactly("all-0", "all-1");
        assertThat(world.ring("soft").message().orElseThrow())
                .contains("waits until pod central-receive-ingestor-all-2 has stopped");
        world.pass(MOMENT);
        world.act(ALL);
        assertThat(world.ring("soft").message().orElseThrow())
                .contains("waits until pod central-receive-ingestor-all-2 is ready again, or until 20");
        assertThat(world.pods()).as("it is there, but not ready").hasSize(3);
        world.pass(MOMENT);
        world.act(ALL);
        assertThat(world.pods()).containsExactly("all-0", "all-2");
        assertThat(replicas()).as("none stops before all are through").isEqualTo(3);
        world.settle();
        assertThat(world.pods()).containsExactly("all-0");
    }

    @Test
    void leaversThatHaveNoBucketStopAtOnce() {
        world.storage = null;
        shrinkUntilConfirmed();
        world.act(ALL);
        assertThat(replicas()).isEqualTo(2);
    }

    /** It may be on its way back, with all that it has. */
    @Test
    void aLeaverThatIsNotReadyIsWaitedForWithinBounds() {
        world.want(soft(2)).settle().broken.add("central-receive-ingestor-all-1");
        world.pass(MOMENT);
        world.want(soft(1)).act(ALL);
        world.pass(MOMENT);
        world.pass(MOMENT);
        world.act(ALL);
        assertThat(replicas()).isEqualTo(2);
        world.pass(Duration.ofMinutes(5));
        world.act(ALL);
        assertThat(replicas()).isEqualTo(1);
    }

    @Test
    void aStatefulSetThatIsMadeAnewTakesAllOfItsPodsOver() {
        world.want(soft(3)).settle().sets.get("central-receive-ingestor-all").isGone = true;
        world.want(soft(1)).act(ALL);
        assertThat(replicas()).isEqualTo(3);
        world.settle();
        assertThat(world.pods()).containsExactly("all-0");
    }

    /** It answered a moment ago, and does not use the file. */
    @Test
    void aRouterThatFailsToAnswerOnceIsAskedAgain() {
        world.want(soft(2)).settle();
        world.router(0).isStale(true);
        world.want(soft(1)).act(ALL);
        world.pass(Duration.ofMinutes(10));
        world.act(ALL);
        world.router(0).isSilent(true);
        world.pass(MOMENT);
        world.act(ALL);
        assertThat(world.pods()).hasSize(2);
        assertThat(world.ring("soft").message().orElseThrow()).contains("router-0 is not answering");
    }

    /** Those that they have replaced may have written to it until they had ended. */
    @Test
    void aLeaverThatIsAsOldAsTheRoutersStartsOnceMore() {
        shrinkUntilConfirmed();
        world.act(ALL);
        world.pass(MOMENT);
        world.pass(MOMENT);
        world.replaceRouters();
        world.pass(MOMENT);
        world.act(ALL);
        assertThat(world.ring("soft").message().orElseThrow())
                .contains("waits until pod central-receive-ingestor-all-2 has stopped");
        world.settle();
        assertThat(world.pods()).containsExactly("all-0");
    }

    @Test
    void aLeaverThatDoesNotComeBackIsWaitedForWithinBounds() {
        shrinkUntilConfirmed();
        world.act(ALL);
        world.broken.add("central-receive-ingestor-all-2");
        world.pass(MOMENT);
        world.pass(Duration.ofMinutes(4));
        world.act(ALL);
        assertThat(world.pods()).hasSize(3);
        world.pass(Duration.ofMinutes(2));
        world.act(ALL);
        assertThat(world.pods()).as("the other one has its turn").containsExactly("all-0", "all-2");
        world.settle();
        assertThat(world.pods()).containsExactly("all-0");
    }

    @Test
    void aLeaverThatCannotBeCreatedIsWaitedForWithinBounds() {
        shrinkUntilConfirmed();
        world.now = world.now.plus(Duration.ofMinutes(11));
        world.sets.get("central-receive-ingestor-all").pods.remove(2);
        world.act(ALL);
        assertThat(world.pods()).as("the other one has its turn").containsExactly("all-0");
    }

    @Test
    void growingThatIsTakenBackRestartsNobodyAndWaitsWithinBoundsForOneThatMightHaveLeft() {
        world.want(soft(1)).settle().broken.add("central-receive-ingestor-all-2");
        world.want(soft(3)).act(ALL);
        world.pass(MOMENT);
        world.pass(MOMENT);
        world.want(soft(1)).act(ALL);
        world.pass(Duration.ofMinutes(6));
        world.act(ALL);
        assertThat(replicas()).isEqualTo(2);
        assertThat(world.pods()).hasSize(3);
    }

    @Test
    void ofTwoIngestorsOfARingOnePodStopsAtATime() {
        world.want("receive: {ingestors: [{name: a, replicas: 2}, {name: b, replicas: 2}]}")
                .settle();
        world.want("receive: {ingestors: [{name: a}, {name: b}]}").act(ALL);
        for (int look = 0; look < 100; look++) {
            world.pass(MOMENT);
            world.act(ALL);
            assertThat(world.sets.values().stream()
                            .flatMap(set -> set.pods.entrySet().stream().filter(pod -> pod.getKey() >= set.replicas))
                            .count())
                    .isLessThanOrEqualTo(1);
        }
        assertThat(world.pods()).containsExactly("a-0", "b-0");
    }

    @Test
    void aChangeThatIsTakenBackHalfWayEndsWell() {
        world.want(soft(5)).settle().want(soft(2)).act(ALL);
        world.pass(MOMENT);
        world.act(ALL);
        world.pass(MOMENT);
        world.act(ALL);
        assertThat(world.members("soft")).hasSize(2);
        world.want(soft(4)).act(ALL);
        world.settle();
        assertThat(world.members("soft")).containsExactly("all-0", "all-1", "all-2", "all-3");
        assertThat(world.pods()).hasSize(4);
    }

    @Test
    void anIngestorThatIsRemovedGoesInOrder() {
        world.want("receive: {ingestors: [{name: a, replicas: 2}, {name: b, replicas: 2}]}")
                .settle();
        world.want("receive: {ingestors: [{name: b, replicas: 2}]}").act(ALL);
        assertThat(world.members("soft")).containsExactly("b-0", "b-1");
        assertThat(world.pods()).contains("a-0", "a-1");
        assertThat(world.phase("a")).isEqualTo(RingPhase.SHRINKING);
        assertThat(world.decide().departures().leaving())
                .extracting(Departures.Leaver::statefulSet)
                .containsExactly("central-receive-ingestor-a");
        world.settle();
        assertThat(world.pods()).containsExactly("b-0", "b-1");
        assertThat(world.sets).containsOnlyKeys("central-receive-ingestor-b");
    }

    @Test
    void withoutReceiveTheRoutersGoFirstAndThenTheIngestorsInOrder() {
        world.want(soft(2) + "\nquery: {}").settle();
        world.want("query: {}").act(ALL);
        assertThat(world.pods()).hasSize(2);
        world.settle();
        assertThat(world.sets).isEmpty();
    }

    @Test
    void whatHoldsDataIsQueriedUntilItIsGone() {
        world.want("query: {}\n" + soft(3)).settle();
        world.want("query: {}\n" + soft(1)).act(ALL);
        assertThat(world.decide().query().orElseThrow().endpoints().addresses()).hasSize(3);
        world.settle();
        assertThat(world.decide().query().orElseThrow().endpoints().addresses()).hasSize(1);
    }

    @Test
    void aTenantGoesToItsNewRingWhenThatIsReady() {
        world.want(rings("a=x,y", "all")).settle().broken.add("central-receive-ingestor-b-0");
        world.want(rings("a=x", "b=y", "all")).act(ALL);
        world.pass(MOMENT);
        world.act(ALL);
        assertThat(world.tenants("a")).as("y is not with all others meanwhile").containsExactly("x", "y");
        assertThat(world.members("b")).isEmpty();

        world.broken.clear();
        world.settle();
        assertThat(world.tenants("a")).containsExactly("x");
        assertThat(world.tenants("b")).containsExactly("y");
    }

    @Test
    void aTenantGoesToAnotherRingAtOnceIfThatIsThere() {
        world.want(rings("a=x,y", "b=z")).settle().want(rings("a=x", "b=y,z")).act(ALL);
        assertThat(world.tenants("a")).containsExactly("x");
        assertThat(world.tenants("b")).containsExactly("y", "z");
    }

    @Test
    void aRingThatIsReplacedStaysUntilTheOtherIsReady() {
        world.want(rings("a=x")).settle().want(rings("b=x")).act(ALL);
        assertThat(world.members("a")).containsExactly("a-0");
        assertThat(world.tenants("a")).containsExactly("x");
        world.settle();
        assertThat(world.members("a")).isEmpty();
        assertThat(world.members("b")).containsExactly("b-0");
        assertThat(world.pods()).containsExactly("b-0");
    }

    @Test
    void theRingOfAllOthersStaysUntilWhatReplacesItIsReady() {
        world.want(rings("all")).settle().want(rings("b=x")).act(ALL);
        assertThat(world.members("soft")).containsExactly("all-0");
        world.settle();
        assertThat(world.members("soft")).isEmpty();
        assertThat(world.members("b")).containsExactly("b-0");
    }

    @Test
    void aPatternGoesToItsNewRingWhenThatIsReady() {
        var before = "receive: {ingestors: [{name: a, tenantMatcher: glob, tenants: ['x-*', 'y-*']}, {name: all}]}";
        var after = "receive: {ingestors: [{name: a, tenantMatcher: glob, tenants: ['x-*']},"
                + " {name: b, tenantMatcher: glob, tenants: ['y-*']}, {name: all}]}";
        world.want(before).settle().want(after).act(ALL);
        assertThat(world.tenants("a")).containsExactly("x-*", "y-*");
        world.settle();
        assertThat(world.tenants("b")).containsExactly("y-*");
    }

    @Test
    void aRingThatNeverGetsReadyHoldsBackNoOther() {
        world.want(rings("a=x", "all")).settle().broken.add("central-receive-ingestor-b-0");
        world.want(rings("a=x", "b=y", "c=z", "all"));
        for (int i = 0; i < 10; i++) {
            world.act(ALL);
            world.pass(MOMENT);
        }
        assertThat(world.members("b")).isEmpty();
        assertThat(world.members("c")).containsExactly("c-0");
        assertThat(world.phase("b")).isEqualTo(RingPhase.GROWING);
        assertThat(world.phase("c")).isEqualTo(RingPhase.STABLE);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void routersReplicateToNoMoreMembersThanAnyRingHas(boolean up) {
        world.want(up ? soft(1, 1) : soft(3, 3)).settle();
        world.want(up ? soft(3, 3) : soft(1, 1)).settle();
        assertThat(world.members("soft")).hasSize(up ? 3 : 1);
        assertThat(Examples.args(world.decide().receive().orElseThrow().router()))
                .contains("--receive.replication-factor=" + (up ? 3 : 1));
    }

    @Test
    void ifTheFileIsLostThePodsThatAreThereAreTheMembers() {
        world.want(soft(2)).settle().want(soft(4)).act(ALL);
        world.published = null;
        world.decide();
        assertThat(HashringFile.parse(world.decide()
                                .receive()
                                .orElseThrow()
                                .router()
                                .hashrings()
                                .content())
                        .orElseThrow()
                        .ring("soft")
                        .orElseThrow()
                        .members())
                .hasSize(2);
    }

    @Test
    void somebodysFileIsReplaced() {
        world.want(soft(2)).settle().published = "[]";
        assertThat(world.decide().receive().orElseThrow().router().hashrings().content())
                .contains("all-0", "all-1");
    }

    @Test
    void zonesAreThoseOfTheMembersAndChangeOnlyWithThem() {
        world.want(soft(2)).settle();
        world.zones.putAll(Map.of("central-receive-ingestor-all-0", "one", "central-receive-ingestor-all-1", "two"));
        world.act(ALL);
        assertThat(world.published).as("the members are the same").doesNotContain("\"az\"");

        world.want(soft(3)).settle();
        assertThat(world.published).as("of one nobody knows it").doesNotContain("\"az\"");
        world.want(soft(2)).settle();
        assertThat(world.published).contains("\"az\":\"one\"", "\"az\":\"two\"");
        world.zones.put("central-receive-ingestor-all-1", "three");
        world.settle();
        assertThat(world.published).contains("\"az\":\"two\"").doesNotContain("three");
    }

    @ParameterizedTest
    @CsvSource({"3, true", "4, false"})
    void zonesOverWhichCopiesCannotBeSpreadAreLeftOut(int replicationFactor, boolean hasZones) {
        world.want(soft(5, replicationFactor)).settle();
        for (int i = 0; i < 4; i++) {
            world.zones.put("central-receive-ingestor-all-" + i, i == 0 ? "one" : "two");
        }
        world.want(soft(4, replicationFactor)).settle();
        assertThat(world.published.contains("\"az\"")).isEqualTo(hasZones);
    }

    @Test
    void hashmodKnowsNoZones() {
        world.zones.put("central-receive-ingestor-all-1", "two");
        world.zones.put("central-receive-ingestor-all-0", "one");
        world.want("receive: {ingestors: [{name: all, hashringAlgorithm: hashmod, replicas: 1}]}")
                .settle();
        world.want("receive: {ingestors: [{name: all, hashringAlgorithm: hashmod, replicas: 2}]}")
                .settle();
        assertThat(world.published).doesNotContain("\"az\"");
    }

    @Test
    void podsAreReplacedOneAtATimeInARing() {
        world.want(
                        "receive: {router: {replicationFactor: 2}, ingestors: [{name: a, replicas: 2}, {name: b, replicas: 1}]}")
                .settle();
        world.pass(Duration.ofMinutes(2));
        world.template("2").act(ALL);
        world.act(ALL);
        assertThat(world.pods()).as("the last one first").containsExactly("a-0", "a-1");
        assertThat(world.phase("soft")).isEqualTo(RingPhase.UPDATING);
        world.pass(MOMENT);
        world.pass(MOMENT);
        world.act(ALL);
        assertThat(world.pods()).as("it has to be ready for two minutes").hasSize(3);
        assertThat(world.ring("soft").message().orElseThrow())
                .contains("central-receive-ingestor-b-0 has been ready for 120 s");
        world.pass(Duration.ofMinutes(2));
        world.act(ALL);
        assertThat(world.pods()).containsExactly("a-0", "b-0");
        world.settle();
        assertThat(world.members("soft")).as("nobody left the ring").hasSize(3);
    }

    @Test
    void oneRingIsUpdatedFirstAndThenSomeSideBySide() {
        var spec = rings("a=a", "b=b", "c=c", "d=d", "e=e");
        world.want(spec).settle().template("2").act(ALL);
        world.act(ALL);
        assertThat(world.pods()).as("one ring").containsExactly("b-0", "c-0", "d-0", "e-0");
        assertThat(world.ring("b").message()).contains("is updated after hashring a");
        world.pass(MOMENT);
        world.act(ALL);
        world.act(ALL);
        assertThat(world.pods()).as("the first is new, but not well yet").hasSize(5);
        world.pass(MOMENT);
        world.act(ALL);
        assertThat(world.pods()).as("three at a time").containsExactly("a-0", "e-0");
        world.settle();
    }

    @Test
    void aTemplateThatDoesNotWorkStopsAtOnePodAndCanBeUndone() {
        world.want(rings("a=a", "b=b")).settle();
        world.brokenTemplates.add("2");
        world.template("2");
        for (int i = 0; i < 20; i++) {
            world.act(ALL);
            world.pass(MOMENT);
        }
        assertThat(world.sets.get("central-receive-ingestor-b").pods.get(0).template)
                .isEqualTo("1");
        world.template("1").settle();
        assertThat(world.sets.get("central-receive-ingestor-a").pods.get(0).template)
                .isEqualTo("1");
        assertThat(world.sets.get("central-receive-ingestor-a").pods.get(0).ready)
                .isTrue();
    }

    /** It would make a second broken one of a pod that is only away for a moment. */
    @Test
    void aTemplateThatDoesNotWorkIsGivenToNobodyElse() {
        world.want(soft(3, 2)).settle();
        world.brokenTemplates.add("2");
        world.template("2");
        for (int i = 0; i < 5; i++) {
            world.act(ALL);
            world.pass(MOMENT);
        }
        world.broken.add("central-receive-ingestor-all-0");
        for (int i = 0; i < 5; i++) {
            world.act(ALL);
            world.pass(MOMENT);
        }
        assertThat(world.sets.get("central-receive-ingestor-all").pods.get(0).template)
                .isEqualTo("1");
        world.pass(Duration.ofMinutes(5));
        world.act(ALL);
        assertThat(world.pods()).as("it does not come back by itself").doesNotContain("all-0");
    }

    @Test
    void aRingWhoseTemplateStaysIsNoProofForOthers() {
        world.want(rings("a=a", "b=b", "c=c", "d=d")).settle();
        world.pass(Duration.ofMinutes(10));
        world.template("2").keptTemplates.put("central-receive-ingestor-b", "1");
        world.act(ALL);
        world.act(ALL);
        assertThat(world.pods()).as("one ring").hasSize(3);
        world.settle();
        assertThat(world.sets.get("central-receive-ingestor-d").pods.get(0).template)
                .isEqualTo("2");
    }

    @Test
    void anotherTemplateReplacesABrokenPodFirst() {
        world.want(soft(3, 2)).settle();
        world.brokenTemplates.add("2");
        world.template("2");
        for (int i = 0; i < 5; i++) {
            world.act(ALL);
            world.pass(MOMENT);
        }
        world.template("3").act(ALL);
        world.act(ALL);
        assertThat(world.pods()).as("the broken one").containsExactly("all-0", "all-1");
        world.settle();
    }
}
