package io.paodin.monitoring.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.paodin.monitoring.api.v1alpha1.Thanos;
import io.paodin.monitoring.apiserver.Fault;
import io.paodin.monitoring.apiserver.Request;
import io.paodin.monitoring.config.OperatorConfig;
import io.paodin.monitoring.controller.FlowDriver.Stage;
import io.paodin.monitoring.render.ManifestRenderer;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Two resources want their compactors on one bucket. However that begins and ends, and wherever the operator is killed
 * meanwhile, never do both work there, and it ends in the same state.
 */
@QuarkusTest
class CompactorConflictTest {

    private static final int MOST_ROUNDS = 20;

    private static final String IDLE = """
            apiVersion: monitoring.paodin.io/v1alpha1
            kind: Thanos
            metadata:
              name: central
            spec:
              objectStorageConfig: {name: objstore, key: thanos.yaml}
            """;
    private static final String COMPACTING = IDLE + "  compact: {}\n";
    private static final String STOPPED = IDLE + "  compact: {replicas: 0}\n";
    private static final String BUCKET = bucket("a");
    private static final String ANOTHER_BUCKET = bucket("b");

    private static String bucket(String name) {
        return """
                apiVersion: v1
                kind: Secret
                metadata:
                  name: objstore
                stringData:
                  thanos.yaml: "{type: S3, config: {endpoint: s3.example.com, bucket: %s}}"
                """.formatted(name);
    }

    /**
     * @param before what happens first, and settles
     * @param then what happens last, with faults
     * @param running whose compactors run at last
     */
    private record Course(String name, Consumer<Pair> before, Consumer<Pair> then, Set<String> running) {}

    private static List<Course> courses() {
        Consumer<Pair> nothing = pair -> {};
        Consumer<Pair> olderCompacts = pair -> pair.older.apply(COMPACTING);
        Consumer<Pair> youngerCompacts = pair -> pair.younger.apply(COMPACTING);
        var bothCompact = olderCompacts.andThen(youngerCompacts);
        return List.of(
                new Course("the younger one comes second", olderCompacts, youngerCompacts, Set.of("older")),
                new Course("the older one comes second", youngerCompacts, olderCompacts, Set.of("older")),
                new Course("both come at once", nothing, bothCompact, Set.of("older")),
                new Course(
                        "the younger one takes another bucket",
                        bothCompact,
                        pair -> pair.younger.apply(ANOTHER_BUCKET),
                        Set.of("older", "younger")),
                new Course(
                        "the older one takes another bucket",
                        bothCompact,
                        pair -> pair.older.apply(ANOTHER_BUCKET),
                        Set.of("older", "younger")),
                new Course(
                        "the older one takes the bucket of the younger one",
                        bothCompact.andThen(pair -> pair.older.apply(ANOTHER_BUCKET)),
                        pair -> pair.older.apply(BUCKET),
                        Set.of("older")),
                new Course("the older one gives up", bothCompact, pair -> pair.older.apply(IDLE), Set.of("younger")),
                new Course("the older one stops", bothCompact, pair -> pair.older.apply(STOPPED), Set.of("younger")),
                new Course("the older one is deleted", bothCompact, Pair::deleteOlder, Set.of("younger")));
    }

    @Inject
    OperatorConfig config;

    @Inject
    ManifestRenderer renderer;

    private int pairs;

    @TestFactory
    Stream<DynamicTest> neverDoBothWorkOnTheBucket() {
        return courses().stream()
                .map(course -> DynamicTest.dynamicTest(course.name(), () -> {
                    try (var stage = Stage.open()) {
                        crash(stage, course);
                    }
                }));
    }

    private void crash(Stage stage, Course course) {
        var reference = new Pair(stage);
        course.before().accept(reference);
        reference.settle();
        course.then().accept(reference);
        var mark = stage.server().journal().mark();
        reference.settle();
        assertThat(reference.running()).isEqualTo(course.running());
        var writes = reference.older.operatorsWrites(mark).stream()
                .filter(CompactorConflictTest::isDecisive)
                .count();
        var expected = reference.state();
        reference.remove();
        assertThat(writes).isPositive();
        for (var fault : List.of(Fault.CRASH_BEFORE, Fault.CRASH_AFTER, Fault.error(500))) {
            for (int at = 0; at < writes; at++) {
                var pair = new Pair(stage);
                course.before().accept(pair);
                pair.settle();
                course.then().accept(pair);
                pair.settleWith(fault, at);
                assertThat(pair.state()).as("%s at write %d", fault, at).isEqualTo(expected);
                pair.remove();
            }
        }
    }

    /** Nothing depends on events. */
    private static boolean isDecisive(Request request) {
        return FlowDriver.isOperators(request) && !request.resource().equals("events");
    }

    /** Two resources that one operator looks after, told apart by their age. */
    private final class Pair {

        private final Stage stage;
        private final FlowDriver older;
        private final FlowDriver younger;
        private final Map<String, String> roles = new HashMap<>();
        private final Set<String> stopping = new HashSet<>();
        private int rounds;

        Pair(Stage stage) {
            this.stage = stage;
            var one = new FlowDriver(stage, "pair-%03d-a".formatted(pairs), config, renderer);
            var other = one.beside("pair-%03d-b".formatted(pairs++));
            Stream.of(one, other).forEach(driver -> {
                driver.apply(BUCKET);
                driver.apply(IDLE);
            });
            var isOlder = age(one.thanos()).compareTo(age(other.thanos())) < 0;
            older = isOlder ? one : other;
            younger = isOlder ? other : one;
            roles.put(older.namespace, "older");
            roles.put(younger.namespace, "younger");
        }

        private static String age(Thanos thanos) {
            return thanos.getMetadata().getCreationTimestamp()
                    + thanos.getMetadata().getUid();
        }

        void deleteOlder() {
            stage.user().resource(older.thanos()).delete();
            await().atMost(Duration.ofSeconds(30))
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> sets().noneMatch(set -> role(set).equals("older")));
        }

        /** Until nothing is written and nobody waits for anything; who is looked at first takes turns. */
        void settle() {
            for (int round = 0; round < MOST_ROUNDS; round++) {
                if (rests(rounds++ % 2 == 0 ? List.of(younger, older) : List.of(older, younger))) {
                    return;
                }
            }
            throw new AssertionError("does not come to rest");
        }

        void settleWith(Fault fault, int at) {
            stage.server()
                    .onWrite(CompactorConflictTest::isDecisive, (index, request) -> index == at ? fault : Fault.NONE);
            try {
                settle();
            } catch (KubernetesClientException e) {
                // The process ends here.
            } finally {
                stage.server().revive();
            }
            assertAlone();
            older.restart();
            settle();
        }

        /** What everybody does, one after the other. */
        private boolean rests(List<FlowDriver> order) {
            var mark = stage.server().journal().mark();
            var isWaiting = false;
            for (var driver : order) {
                driver.makeReady();
                var thanos = driver.thanos();
                if (thanos != null) {
                    driver.reconcile(thanos);
                    assertAlone();
                    isWaiting |= thanos.getStatus() == null
                            || thanos.getStatus().conditions.toString().contains("waits until");
                }
            }
            var isMoving = managePods();
            assertAlone();
            return !isWaiting && !isMoving && older.operatorsWrites(mark).isEmpty();
        }

        /** As the controller of StatefulSets and the kubelet do: a pod takes a round to stop. */
        private boolean managePods() {
            var wanted = new HashMap<String, StatefulSet>();
            sets().filter(set -> CompactorObjects.replicas(set) > 0).forEach(set -> wanted.put(role(set), set));
            var isMoving = false;
            for (var pod : pods().toList()) {
                var set = wanted.remove(role(pod));
                if (set == null || !CompactorObjects.bucket(set).equals(CompactorObjects.bucket(pod))) {
                    isMoving = true;
                    if (!stopping.add(pod.getMetadata().getUid())) {
                        stage.user().resource(pod).withGracePeriod(0).delete();
                    }
                }
            }
            for (var set : wanted.values()) {
                stage.user().resource(pod(set)).create();
                isMoving = true;
            }
            return isMoving;
        }

        private void assertAlone() {
            var workers = new HashMap<String, Set<String>>();
            sets().filter(set -> CompactorObjects.replicas(set) > 0).forEach(set -> workers.computeIfAbsent(
                            CompactorObjects.bucket(set).orElseThrow(), bucket -> new HashSet<>())
                    .add(role(set)));
            pods().forEach(pod -> workers.computeIfAbsent(
                            CompactorObjects.bucket(pod).orElseThrow(), bucket -> new HashSet<>())
                    .add(role(pod)));
            assertThat(workers.values()).as("on one bucket").allMatch(roles -> roles.size() == 1);
        }

        Set<String> running() {
            return pods().map(this::role).collect(Collectors.toSet());
        }

        String state() {
            return older.state() + younger.state();
        }

        void remove() {
            older.remove();
            younger.remove();
        }

        private String role(HasMetadata object) {
            return roles.get(object.getMetadata().getNamespace());
        }

        private Stream<StatefulSet> sets() {
            return stage.user().apps().statefulSets().inAnyNamespace().list().getItems().stream()
                    .filter(set -> role(set) != null);
        }

        private Stream<Pod> pods() {
            return stage.user().pods().inAnyNamespace().list().getItems().stream()
                    .filter(pod -> role(pod) != null);
        }

        private static Pod pod(StatefulSet set) {
            var template = set.getSpec().getTemplate();
            return new PodBuilder()
                    .withMetadata(new ObjectMetaBuilder()
                            .withName(set.getMetadata().getName() + "-0")
                            .withNamespace(set.getMetadata().getNamespace())
                            .withLabels(template.getMetadata().getLabels())
                            .withAnnotations(template.getMetadata().getAnnotations())
                            .build())
                    .withSpec(template.getSpec())
                    .build();
        }
    }
}
