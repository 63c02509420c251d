package io.paodin.monitoring.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever happens on the way, in whatever order, no router ever writes to a pod that stops, no running router is told of a
 * ring that is too small for it, no tenant is in two rings (all that is checked after each single write), and in the end all
 * is as if it had been made so at once.
 */
class MembershipPropertiesTest {

    private static final List<String> NAMES = List.of("a", "b", "c", "d");
    private static final List<String> TENANTS = List.of("t1", "t2", "t3", "t4", "t5");
    private static final int COURSES = 60;
    private static final int DISTURBANCES = 25;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void everyCourseEndsWell(long seed) {
        for (int course = 0; course < COURSES; course++) {
            var random = new Random(seed * 1000 + course);
            var world = new ReceiveWorld();
            var specs = new ArrayList<String>();
            specs.add(spec(random));
            world.want(specs.get(0));
            for (int i = 0; i < DISTURBANCES; i++) {
                disturb(world, random, specs);
            }
            world.broken.clear();
            world.brokenTemplates.clear();
            world.routers().forEach(router -> {
                router.isSilent(false);
                router.isStale(false);
            });
            world.settle();

            var fresh = new ReceiveWorld().want(specs.get(specs.size() - 1)).settle();
            assertThat(world.published)
                    .as("seed %d, course %d, %s", seed, course, specs)
                    .isEqualTo(fresh.published);
            assertThat(world.pods()).isEqualTo(fresh.pods());
        }
    }

    private static void disturb(ReceiveWorld world, Random random, List<String> specs) {
        switch (random.nextInt(10)) {
            case 0 -> {
                specs.add(spec(random));
                world.want(specs.get(specs.size() - 1));
            }
            case 1 -> {
                // Back to what was wanted before.
                specs.add(specs.get(random.nextInt(specs.size())));
                world.want(specs.get(specs.size() - 1));
            }
            case 2 -> world.act(random.nextInt(4));
            case 3 -> {
                if (!world.broken.isEmpty()) {
                    world.broken.clear();
                } else if (!world.pods().isEmpty()) {
                    world.broken.add("central-receive-ingestor-"
                            + world.pods().get(random.nextInt(world.pods().size())));
                }
            }
            case 4 ->
                world.routers().stream()
                        .skip(random.nextInt(2))
                        .findFirst()
                        .ifPresent(router -> router.isSilent(random.nextBoolean()));
            case 5 -> world.template(String.valueOf(random.nextInt(3)));
            case 6 -> world.brokenTemplates.add(String.valueOf(random.nextInt(3)));
            default -> {
                world.act(Integer.MAX_VALUE);
                world.pass(Duration.ofSeconds(random.nextInt(60)));
            }
        }
    }

    private static String spec(Random random) {
        var replicationFactor = 1 + random.nextInt(3);
        var yaml = new StringBuilder(
                "receive:\n  router: {replicationFactor: %d}\n  ingestors:\n".formatted(replicationFactor));
        var tenants = new ArrayList<>(TENANTS);
        var any = false;
        for (var name : NAMES) {
            if (random.nextInt(3) == 0 && (any || !name.equals("d"))) {
                continue;
            }
            any = true;
            yaml.append("  - {name: %s, minReadySeconds: 10, replicas: %d"
                    .formatted(name, replicationFactor + random.nextInt(3)));
            if (random.nextBoolean() && tenants.size() > 1) {
                var own = List.of(
                        tenants.remove(random.nextInt(tenants.size())), tenants.remove(random.nextInt(tenants.size())));
                yaml.append(", tenants: [%s]".formatted(String.join(", ", own)));
            }
            yaml.append("}\n");
        }
        return yaml.toString();
    }
}
