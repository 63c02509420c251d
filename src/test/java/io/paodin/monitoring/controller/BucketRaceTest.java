package io.paodin.monitoring.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** In whatever order things happen, two compactors never work on one bucket, and in the end the right one does. */
class BucketRaceTest {

    private static final List<String> NAMES = List.of("a", "b", "c");
    private static final List<String> BUCKETS = List.of("one", "two");
    private static final int DEPTH = 10;
    private static final int WALKS = 5000;
    private static final int STEPS = 80;

    /** All orders of the first steps after two resources for one bucket were created in the same moment. */
    @Test
    void noOrderOfStepsLetsBothRun() {
        var orders = explore(new ArrayList<>());
        assertThat(orders).as("orders that were tried").isGreaterThan(1000);
    }

    private int explore(List<Integer> choices) {
        var world = new CompactorWorld();
        world.want("a", "one");
        world.want("b", "one");
        var trace = new ArrayList<String>();
        for (var choice : choices) {
            take(world, choice, trace);
        }
        assertAlone(world, trace);
        var possible = world.steps().size();
        if (choices.size() == DEPTH || possible == 0) {
            settle(world, trace);
            return 1;
        }
        var orders = 0;
        for (int choice = 0; choice < possible; choice++) {
            choices.add(choice);
            orders += explore(choices);
            choices.remove(choices.size() - 1);
        }
        return orders;
    }

    /** Long courses, in which users and crashes interfere. */
    @Test
    void noCourseOfEventsLetsTwoRun() {
        for (int seed = 0; seed < WALKS; seed++) {
            var trace = new ArrayList<String>();
            trace.add("course " + seed);
            walk(new Random(seed), trace);
        }
    }

    private static void walk(Random random, List<String> trace) {
        var world = new CompactorWorld();
        for (int step = 0; step < STEPS; step++) {
            var steps = world.steps().size();
            if (steps == 0 || random.nextInt(8) == 0) {
                interfere(world, random, trace);
            } else {
                take(world, random.nextInt(steps), trace);
            }
            assertAlone(world, trace);
        }
        NAMES.forEach(name -> world.pause(name, false));
        settle(world, trace);
    }

    private static void interfere(CompactorWorld world, Random random, List<String> trace) {
        var name = NAMES.get(random.nextInt(NAMES.size()));
        switch (random.nextInt(8)) {
            case 0 -> {
                trace.add("delete " + name);
                world.delete(name);
            }
            case 1 -> {
                trace.add("restart");
                world.restart();
            }
            case 2 -> {
                trace.add("pause " + name);
                world.pause(name, true);
            }
            case 3 -> {
                trace.add("unpause " + name);
                world.pause(name, false);
            }
            case 4 -> {
                if (world.exists(name)) {
                    trace.add(name + " wants none");
                    world.want(name, null);
                }
            }
            default -> {
                var bucket = BUCKETS.get(random.nextInt(BUCKETS.size()));
                trace.add(name + " wants " + bucket);
                world.want(name, bucket);
            }
        }
    }

    private static void take(CompactorWorld world, int choice, List<String> trace) {
        var step = List.copyOf(world.steps().entrySet()).get(choice);
        trace.add(step.getKey());
        step.getValue().run();
    }

    private static void assertAlone(CompactorWorld world, List<String> trace) {
        for (var bucket : BUCKETS) {
            var workers = world.workers(bucket);
            if (workers.size() > 1) {
                fail("%s work on %s after %s", workers, bucket, trace);
            }
        }
    }

    private static void settle(CompactorWorld world, List<String> trace) {
        for (int round = 0; round < 3; round++) {
            for (int step = 0; !world.rests(); step++) {
                take(world, 0, trace);
                assertAlone(world, trace);
                if (step > 1000) {
                    fail("never rests: %s", trace);
                }
            }
            trace.add("time");
            world.letTimePass();
        }
        for (var bucket : BUCKETS) {
            assertThat(world.workers(bucket))
                    .as("%s at last, after %s", bucket, trace)
                    .isEqualTo(world.rightful(bucket).map(Set::of).orElse(Set.of()));
        }
    }
}
