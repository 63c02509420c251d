package io.paodin.monitoring.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.paodin.monitoring.api.v1alpha1.RingPhase;
import io.paodin.monitoring.model.ReceiveState.IngestorPod;
import io.paodin.monitoring.model.ReceiveState.Published;
import io.paodin.monitoring.model.ReceiveState.RouterPod;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A cluster of which there are only pods, files and time: what an operator reads and changes of receive. It plays the
 * operator, which forgets all between two looks, and everybody else, and watches that no sample can get lost.
 */
final class ReceiveWorld {

    static final Duration FORWARDING = Duration.ofSeconds(5);

    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    /** More looks than any change takes. */
    private static final int MOST = 400;

    static final class Pod {

        final Instant created;
        boolean ready;
        Instant since;
        String template;
        boolean stopping;

        /** Whether it ends, and is made anew. */
        boolean restarting;

        /** Whether it has been written to, and so has something that it does not upload when it stops. */
        boolean written;

        Pod(Instant now) {
            created = now;
            since = now;
        }
    }

    static final class PodSet {

        String component;
        int replicas;
        String template;

        /** Whether somebody has deleted it and left its pods. */
        boolean isGone;

        final Map<Integer, Pod> pods = new TreeMap<>();
    }

    private static final class RouterProcess {

        int factor;
        String read;
        Instant readAt;
        /** What it has read before, and may still be writing to. */
        String former;

        Instant created;
        boolean answers = true;
        Instant silentSince;
        boolean stale;
    }

    Instant now = BEGIN;
    String published;
    Instant publishedAt;
    final Map<String, PodSet> sets = new TreeMap<>();
    private final Map<String, RouterProcess> routers = new LinkedHashMap<>();
    private int routersMade;

    /** Of pods, by name. */
    final Map<String, String> zones = new HashMap<>();

    /** Pods that do not become ready, by name. */
    final Set<String> broken = new HashSet<>();

    /** Templates of which no pod becomes ready. */
    final Set<String> brokenTemplates = new HashSet<>();

    /** The version of the bucket's configuration that ingestors have; null if they have no bucket. */
    String storage = "1";

    private String spec;
    private String template = "1";

    /** Of StatefulSets whose template stays, by name. */
    final Map<String, String> keptTemplates = new HashMap<>();

    private Receive receive;
    private Departures departures;
    private Cluster cluster;

    ReceiveWorld want(String newSpec) {
        spec = newSpec;
        return this;
    }

    ReceiveWorld template(String another) {
        template = another;
        return this;
    }

    /** What the operator would decide now. */
    Cluster decide() {
        var running = new HashMap<String, Inputs.Running>();
        sets.entrySet().stream().filter(set -> !set.getValue().isGone).forEach(entry -> {
            var name = entry.getKey();
            var set = entry.getValue();
            running.put(name, new Inputs.Running(set.component, set.replicas, storage, null, false, true));
        });
        cluster = Cluster.of(
                Examples.thanos(spec),
                new Inputs(Map.of(), running, Optional.empty(), Optional.empty()).with(state()),
                Examples.DEFAULT_SETTINGS);
        assertThat(cluster.violations()).isEmpty();
        receive = cluster.receive().orElse(null);
        departures = cluster.departures();
        return cluster;
    }

    private ReceiveState state() {
        var ingestors = new ArrayList<IngestorPod>();
        sets.forEach((name, set) -> set.pods.forEach((ordinal, pod) -> ingestors.add(new IngestorPod(
                name,
                ordinal,
                pod.created,
                pod.ready,
                Optional.of(pod.since),
                pod.template.equals(set.template),
                pod.stopping || pod.restarting,
                Optional.ofNullable(zones.get(name + "-" + ordinal))))));
        var pods = new ArrayList<RouterPod>();
        routers.values().forEach(router -> {
            if (router.answers) {
                router.silentSince = now;
            }
        });
        routers.forEach((name, router) -> pods.add(new RouterPod(
                name,
                router.created,
                Optional.empty(),
                true,
                false,
                router.factor,
                router.answers
                        ? new RouterPod.Report(HashringFile.hash(router.read), Duration.between(router.readAt, now))
                        : new RouterPod.Silent(router.silentSince))));
        return new ReceiveState(
                Optional.ofNullable(published).map(content -> new Published(content, Optional.of(publishedAt))),
                ingestors,
                pods,
                Optional.of(now));
    }

    /**
     * One look of the operator, which may end after any number of its writes.
     *
     * @return how many writes there were to do
     */
    int act(int mostWrites) {
        decide();
        var writes = new ArrayList<Runnable>();
        if (receive != null) {
            var content = receive.router().hashrings().content();
            if (!content.equals(published)) {
                writes.add(() -> {
                    published = content;
                    publishedAt = now;
                });
            }
            var factor = Integer.parseInt(Examples.args(receive.router()).stream()
                    .filter(arg -> arg.startsWith("--receive.replication-factor="))
                    .findFirst()
                    .orElseThrow()
                    .replaceAll(".*=", ""));
            if (routers.isEmpty() || routers.values().stream().anyMatch(router -> router.factor != factor)) {
                writes.add(() -> rollRouters(factor));
            }
            receive.ingestors().forEach(ingestor -> {
                var name = ingestor.workload().name();
                var set = sets.get(name);
                if (set == null
                        || set.isGone
                        || set.replicas != ingestor.workload().replicas()
                        || !set.template.equals(templateOf(name))) {
                    writes.add(() -> apply(ingestor));
                }
            });
            receive.replacedPods().forEach(pod -> writes.add(() -> replace(pod)));
        } else if (published != null || !routers.isEmpty()) {
            writes.add(() -> {
                published = null;
                routers.clear();
            });
        }
        departures.leaving().forEach(leaver -> {
            var set = sets.get(leaver.statefulSet());
            if (set.replicas != leaver.replicas()) {
                writes.add(() -> set.replicas = leaver.replicas());
            }
        });
        sets.keySet().stream()
                .filter(name -> departures.leaving().stream()
                        .noneMatch(l -> l.statefulSet().equals(name)))
                .filter(name -> receive == null
                        || receive.ingestors().stream()
                                .noneMatch(i -> i.workload().name().equals(name)))
                .toList()
                .forEach(name -> writes.add(() -> {
                    assertThat(sets.get(name).pods)
                            .as("pruned with pods: " + name)
                            .isEmpty();
                    sets.remove(name);
                }));
        writes.stream().limit(mostWrites).forEach(write -> {
            write.run();
            check();
        });
        return writes.size();
    }

    private void apply(Ingestor ingestor) {
        var set = sets.computeIfAbsent(ingestor.workload().name(), name -> new PodSet());
        set.isGone = false;
        set.component = ingestor.id();
        set.replicas = ingestor.workload().replicas();
        set.template = templateOf(ingestor.workload().name());
    }

    private String templateOf(String statefulSet) {
        return keptTemplates.getOrDefault(statefulSet, template);
    }

    /** By others, which read what is published. */
    void replaceRouters() {
        rollRouters(routers.values().iterator().next().factor);
    }

    private void replace(String name) {
        var set = sets.get(name.substring(0, name.lastIndexOf('-')));
        set.pods.get(Integer.parseInt(name.substring(name.lastIndexOf('-') + 1))).restarting = true;
    }

    private void rollRouters(int factor) {
        routers.clear();
        for (int i = 0; i < 2; i++) {
            var router = new RouterProcess();
            router.factor = factor;
            router.created = now;
            router.silentSince = now;
            router.read = published;
            router.former = published;
            router.readAt = now;
            routers.put("router-" + routersMade++, router);
        }
    }

    /** A while passes, in which everybody else does what is to be done, and one pod at most of each set comes or goes. */
    void pass(Duration time) {
        now = now.plus(time);
        sets.forEach((name, set) -> {
            set.pods.values().removeIf(pod -> pod.stopping || pod.restarting);
            set.pods.forEach((ordinal, pod) -> {
                if (ordinal >= set.replicas) {
                    pod.stopping = true;
                    pod.ready = false;
                }
                var works = !broken.contains(name + "-" + ordinal)
                        && !brokenTemplates.contains(pod.template)
                        && !pod.stopping;
                if (pod.ready != works) {
                    pod.ready = works;
                    pod.since = now;
                }
            });
            for (int ordinal = 0; ordinal < set.replicas; ordinal++) {
                set.pods.computeIfAbsent(ordinal, o -> {
                    var pod = new Pod(now);
                    pod.template = set.template;
                    return pod;
                });
            }
        });
        routers.values().forEach(router -> targets(router).forEach(this::writeTo));
        routers.values().stream().filter(router -> !router.stale).forEach(router -> {
            if (!router.read.equals(published)) {
                router.former = router.read;
                router.read = published;
                router.readAt = now;
            }
        });
        check();
    }

    /** Lets the operator work, and time pass, until there is nothing to do any more. */
    ReceiveWorld settle() {
        for (int look = 0; look < MOST; look++) {
            int writes = act(Integer.MAX_VALUE);
            if (writes == 0 && isStable() && isQuiet()) {
                return this;
            }
            pass(Duration.ofSeconds(15));
        }
        throw new AssertionError("does not come to rest: " + cluster.rings());
    }

    private boolean isQuiet() {
        return sets.values().stream()
                .allMatch(set -> set.pods.size() == set.replicas
                        && set.pods.values().stream().allMatch(p -> p.ready));
    }

    boolean isStable() {
        return decide().rings().stream().allMatch(RingProgress::isStable);
    }

    RingProgress ring(String name) {
        return decide().rings().stream()
                .filter(ring -> ring.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    RingPhase phase(String name) {
        return ring(name).phase();
    }

    HashringFile file() {
        return HashringFile.parse(published).orElseThrow();
    }

    /** The names of a ring's published pods, without what they have in common. */
    List<String> members(String ring) {
        return file().ring(ring).map(HashringFile.Ring::members).orElse(List.of()).stream()
                .map(Address::pod)
                .map(pod -> pod.replace("central-receive-ingestor-", ""))
                .toList();
    }

    List<String> tenants(String ring) {
        return file().ring(ring).map(HashringFile.Ring::tenants).orElse(List.of());
    }

    /** The names of the pods that there are and that do not end to be made anew. */
    List<String> pods() {
        var names = new ArrayList<String>();
        sets.forEach((name, set) -> set.pods.forEach((ordinal, pod) -> {
            if (!pod.restarting) {
                names.add(name.replace("central-receive-ingestor-", "") + "-" + ordinal);
            }
        }));
        return names;
    }

    List<RouterProcessHandle> routers() {
        return routers.values().stream().map(RouterProcessHandle::new).toList();
    }

    RouterProcessHandle router(int index) {
        return routers().get(index);
    }

    /** What a test may do to a router. */
    record RouterProcessHandle(RouterProcess process) {

        void isSilent(boolean silent) {
            process.answers = !silent;
        }

        /** It does not see changes of the file. */
        void isStale(boolean stale) {
            process.stale = stale;
        }
    }

    /** What must hold at each moment. */
    private void check() {
        if (published != null) {
            var file = file();
            var tenants = new HashSet<String>();
            for (var ring : file.rings()) {
                ring.tenants().forEach(tenant -> assertThat(tenants.add(tenant))
                        .as("tenant %s is in one ring only: %s", tenant, published)
                        .isTrue());
            }
            routers.forEach((name, router) -> HashringFile.parse(router.stale ? router.read : published)
                    .orElseThrow()
                    .rings()
                    .forEach(ring -> assertThat(ring.members())
                            .as("%s ends if a ring has less than %d members", name, router.factor)
                            .hasSizeGreaterThanOrEqualTo(router.factor)));
        }
        routers.forEach((name, router) -> {
            var targets = targets(router);
            sets.forEach((set, state) -> state.pods.forEach((ordinal, pod) -> {
                if (pod.stopping || ordinal >= state.replicas) {
                    assertThat(targets)
                            .as("%s may still write to %s-%d, which is to stop", name, set, ordinal)
                            .doesNotContain(set + "-" + ordinal);
                }
            }));
        });
        if (storage != null && receive != null) {
            sets.forEach((set, state) -> state.pods.forEach(
                    (ordinal, pod) -> assertThat(ordinal >= state.replicas && pod.ready && pod.written)
                            .as("%s-%d stops for good and has more than it uploads", set, ordinal)
                            .isFalse()));
        }
    }

    /** To whom a router may write. */
    private Set<String> targets(RouterProcess router) {
        var targets = podsIn(router.read);
        if (Duration.between(router.readAt, now).compareTo(FORWARDING) < 0) {
            targets.addAll(podsIn(router.former));
        }
        return targets;
    }

    private void writeTo(String name) {
        Optional.ofNullable(sets.get(name.substring(0, name.lastIndexOf('-'))))
                .map(set -> set.pods.get(Integer.parseInt(name.substring(name.lastIndexOf('-') + 1))))
                .filter(pod -> pod.ready)
                .ifPresent(pod -> pod.written = true);
    }

    /** The names of the pods that a file has as members. */
    private static Set<String> podsIn(String content) {
        return HashringFile.parse(content).stream()
                .flatMap(file -> file.rings().stream())
                .flatMap(ring -> ring.members().stream())
                .map(Address::pod)
                .collect(Collectors.toCollection(HashSet::new));
    }
}
