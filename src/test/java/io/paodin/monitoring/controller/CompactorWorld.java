package io.paodin.monitoring.controller;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.paodin.monitoring.api.v1alpha1.CompactSpec;
import io.paodin.monitoring.api.v1alpha1.Thanos;
import io.paodin.monitoring.api.v1alpha1.ThanosSpec;
import io.paodin.monitoring.model.Compaction;
import io.paodin.monitoring.model.Labels;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A cluster in which everything that happens is one step, and any step that is possible may be the next: resources are
 * looked at when an event asks for it, what they decide is written later, informers show it later still, and pods come
 * and go in their own time.
 */
final class CompactorWorld {

    static final String NAMESPACE = "monitoring";

    private static final int NONE = 0;

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** What a resource wants, by its name. */
    private record Wish(String uid, String createdAt, Optional<String> bucket, boolean isPaused) {}

    private record Set1(int id, String uid, String bucket, int replicas, int generation, int observed, int pods) {}

    private record Pod1(String bucket, boolean isEnding) {}

    /** What an operator is about to write to an object that it has seen, or to none; without a bucket it deletes. */
    private record Write(int id, String uid, Optional<String> bucket, int replicas) {}

    /** All objects of a kind are known by the name of their resource. */
    private static final class Objects {
        private final Map<String, Wish> wishes = new TreeMap<>();
        private final Map<String, Set1> sets = new TreeMap<>();
        private final Map<String, Pod1> pods = new TreeMap<>();
    }

    private final Objects server = new Objects();
    private final Objects cache = new Objects();
    private final List<Runnable> undelivered = new ArrayList<>();
    private final Map<String, Write> underway = new TreeMap<>();
    /** StatefulSets as their controller has read them, and not acted upon yet. */
    private final Map<String, Set1> controlled = new TreeMap<>();

    /** What an operator has written, until its informers show it. */
    private final Map<String, Set1> unseen = new TreeMap<>();

    private final Set<String> due = new TreeSet<>();
    private final List<Runnable> later = new ArrayList<>();
    private final Compactors seen = new Seen();
    private int ids = NONE + 1;
    private int uids;
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private BucketClaims claims;

    CompactorWorld() {
        start();
    }

    /** Everything that may happen next, but for what users do. */
    Map<String, Runnable> steps() {
        var steps = new LinkedHashMap<String, Runnable>();
        for (var name : due) {
            if (cache.wishes.containsKey(name) && !underway.containsKey(name) && !unseen.containsKey(name)) {
                steps.put("look at " + name, () -> look(name));
            }
        }
        for (var name : underway.keySet()) {
            steps.put("write " + name, () -> write(name));
        }
        if (!undelivered.isEmpty()) {
            steps.put("show", () -> undelivered.remove(0).run());
        }
        for (var name : List.copyOf(server.sets.keySet())) {
            if (isOwnerGone(name)) {
                steps.put("collect " + name, () -> putSet(name, null));
            } else if (!controlled.containsKey(name) && needsController(name)) {
                steps.put("control " + name, () -> controlled.put(name, server.sets.get(name)));
            }
        }
        for (var name : List.copyOf(controlled.keySet())) {
            steps.put("manage " + name, () -> manage(name, controlled.remove(name)));
        }
        for (var name : server.pods.keySet()) {
            if (server.pods.get(name).isEnding() || !server.sets.containsKey(name)) {
                steps.put("end " + name, () -> putPod(name, null));
            }
        }
        return steps;
    }

    /** Whether nothing happens any more unless time passes or somebody does something. */
    boolean rests() {
        return steps().isEmpty();
    }

    /** Long enough for all that is under way to be seen. */
    void letTimePass() {
        now = now.plus(PATIENCE);
        var ended = List.copyOf(later);
        later.clear();
        ended.forEach(Runnable::run);
    }

    /** A user creates the resource, or changes what it wants. */
    void want(String name, String bucket) {
        var before = server.wishes.get(name);
        var wish = new Wish(
                before == null ? "uid-" + uids++ : before.uid(),
                before == null ? now.toString() : before.createdAt(),
                Optional.ofNullable(bucket),
                before != null && before.isPaused());
        putWish(name, wish);
    }

    /** A user pauses a resource, or lets it go on. */
    void pause(String name, boolean isPaused) {
        var before = server.wishes.get(name);
        if (before != null && before.isPaused() != isPaused) {
            putWish(name, new Wish(before.uid(), before.createdAt(), before.bucket(), isPaused));
        }
    }

    void delete(String name) {
        if (server.wishes.containsKey(name)) {
            putWish(name, null);
        }
    }

    boolean exists(String name) {
        return server.wishes.containsKey(name);
    }

    /** Another process takes over, which has read everything anew and remembers nothing. */
    void restart() {
        underway.clear();
        unseen.clear();
        due.clear();
        later.clear();
        while (!undelivered.isEmpty()) {
            undelivered.remove(0).run();
        }
        start();
        due.addAll(server.wishes.keySet());
    }

    /** The resources that may be at work on the bucket. */
    Set<String> workers(String bucket) {
        var workers = new TreeSet<String>();
        server.sets.forEach((name, set) -> {
            if (set.bucket().equals(bucket) && set.replicas() > 0) {
                workers.add(set.uid());
            }
        });
        server.pods.forEach((name, pod) -> {
            if (pod.bucket().equals(bucket)) {
                workers.add(
                        server.sets.containsKey(name) ? server.sets.get(name).uid() : "pod of " + name);
            }
        });
        return workers;
    }

    /** The resource whose compactor should be at work on the bucket once everything is at rest. */
    Optional<String> rightful(String bucket) {
        return server.wishes.values().stream()
                .filter(wish -> wish.bucket().filter(bucket::equals).isPresent())
                .min((a, b) -> (a.createdAt() + a.uid()).compareTo(b.createdAt() + b.uid()))
                .map(Wish::uid);
    }

    private void start() {
        claims = new BucketClaims(later::add);
        claims.setEventHandler(
                event -> due.add(event.getRelatedCustomResourceID().getName()));
        claims.start();
    }

    private void look(String name) {
        due.remove(name);
        var wish = cache.wishes.get(name);
        var thanos = thanos(name, wish);
        if (wish.isPaused()) {
            claims.keep(thanos, seen);
            return;
        }
        var current = cache.sets.get(name);
        var id = current == null ? NONE : current.id();
        Write write;
        if (wish.bucket().isPresent()) {
            var compaction = claims.claim(thanos, wish.bucket().get(), seen);
            write = new Write(id, wish.uid(), Optional.of(compaction.bucket()), compaction.mayRun() ? 1 : 0);
        } else {
            claims.release(thanos);
            write = new Write(id, wish.uid(), Optional.empty(), 0);
        }
        if (differs(write, current)) {
            underway.put(name, write);
        }
    }

    private static boolean differs(Write write, Set1 current) {
        if (current == null) {
            return write.bucket().isPresent();
        }
        // One of an earlier resource of the name is left to the garbage collector.
        return current.uid().equals(write.uid())
                && (write.bucket().isEmpty()
                        || !write.bucket().get().equals(current.bucket())
                        || write.replicas() != current.replicas());
    }

    private void write(String name) {
        var write = underway.remove(name);
        var current = server.sets.get(name);
        if (write.id() != (current == null ? NONE : current.id())) {
            return;
        }
        if (write.bucket().isEmpty()) {
            putSet(name, null);
            return;
        }
        var written = new Set1(
                current == null ? ids++ : current.id(),
                write.uid(),
                write.bucket().get(),
                write.replicas(),
                current == null ? 1 : current.generation() + 1,
                current == null ? 0 : current.observed(),
                current == null ? 0 : current.pods());
        unseen.put(name, written);
        putSet(name, written);
    }

    private boolean isOwnerGone(String name) {
        var wish = server.wishes.get(name);
        return wish == null || !wish.uid().equals(server.sets.get(name).uid());
    }

    private boolean needsController(String name) {
        var set = server.sets.get(name);
        var pod = server.pods.get(name);
        var wanted = set.replicas() > 0;
        return set.observed() < set.generation()
                || set.pods() != (pod == null ? 0 : 1)
                || wanted != (pod != null) && (pod == null || !pod.isEnding());
    }

    private void manage(String name, Set1 read) {
        var set = server.sets.get(name);
        if (set == null || set.id() != read.id()) {
            return;
        }
        var pod = server.pods.get(name);
        if (pod == null && read.replicas() > 0) {
            putPod(name, new Pod1(read.bucket(), false));
        } else if (pod != null
                && !pod.isEnding()
                && (read.replicas() == 0 || !pod.bucket().equals(read.bucket()))) {
            putPod(name, new Pod1(pod.bucket(), true));
        }
        putSet(
                name,
                new Set1(
                        set.id(),
                        set.uid(),
                        set.bucket(),
                        set.replicas(),
                        set.generation(),
                        read.generation(),
                        server.pods.containsKey(name) ? 1 : 0));
    }

    private void putWish(String name, Wish wish) {
        put(server.wishes, name, wish);
        undelivered.add(() -> {
            var before = cache.wishes.get(name);
            put(cache.wishes, name, wish);
            if (wish == null) {
                claims.onResourceDeleted(thanos(name, before));
                due.remove(name);
            } else {
                due.add(name);
            }
        });
    }

    private void putSet(String name, Set1 set) {
        var before = server.sets.get(name);
        put(server.sets, name, set);
        undelivered.add(() -> {
            put(cache.sets, name, set);
            if (set == null || set.equals(unseen.get(name))) {
                unseen.remove(name);
            }
            concerns(name, set == null ? before.bucket() : set.bucket());
        });
    }

    private void putPod(String name, Pod1 pod) {
        var before = server.pods.get(name);
        put(server.pods, name, pod);
        undelivered.add(() -> {
            put(cache.pods, name, pod);
            concerns(name, pod == null ? before.bucket() : pod.bucket());
        });
    }

    private static <T> void put(Map<String, T> objects, String name, T object) {
        if (object == null) {
            objects.remove(name);
        } else {
            objects.put(name, object);
        }
    }

    private void concerns(String owner, String bucket) {
        due.add(owner);
        claims.waiting(bucket).stream().map(ResourceID::getName).forEach(due::add);
    }

    private static Thanos thanos(String name, Wish wish) {
        var thanos = new Thanos();
        thanos.setMetadata(new ObjectMetaBuilder()
                .withName(name)
                .withNamespace(NAMESPACE)
                .withUid(wish.uid())
                .withCreationTimestamp(wish.createdAt())
                .build());
        thanos.setSpec(new ThanosSpec());
        thanos.getSpec().compact = wish.bucket().isPresent() ? new CompactSpec() : null;
        return thanos;
    }

    private static StatefulSet set(String name, Set1 set) {
        return new StatefulSetBuilder()
                .withNewMetadata()
                .withName(name + "-compact")
                .withNamespace(NAMESPACE)
                .withGeneration((long) set.generation())
                .addToLabels(Labels.INSTANCE, name)
                .withOwnerReferences(new OwnerReferenceBuilder()
                        .withName(name)
                        .withUid(set.uid())
                        .withController(true)
                        .build())
                .endMetadata()
                .withNewSpec()
                .withReplicas(set.replicas())
                .withNewTemplate()
                .withNewMetadata()
                .addToAnnotations(Compaction.BUCKET_ANNOTATION, set.bucket())
                .endMetadata()
                .endTemplate()
                .endSpec()
                .withNewStatus()
                .withObservedGeneration((long) set.observed())
                .withReplicas(set.pods())
                .endStatus()
                .build();
    }

    private static Pod pod(String name, Pod1 pod) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name + "-compact-0")
                .withNamespace(NAMESPACE)
                .addToLabels(Labels.INSTANCE, name)
                .addToAnnotations(Compaction.BUCKET_ANNOTATION, pod.bucket())
                .endMetadata()
                .withNewStatus()
                .withPhase("Running")
                .endStatus()
                .build();
    }

    /** What the informers show at the moment. */
    private final class Seen implements Compactors {

        @Override
        public Optional<Thanos> resource(String namespace, String name) {
            return Optional.ofNullable(cache.wishes.get(name)).map(wish -> thanos(name, wish));
        }

        @Override
        public Collection<StatefulSet> sets(String bucket) {
            return cache.sets.entrySet().stream()
                    .filter(entry -> entry.getValue().bucket().equals(bucket))
                    .map(entry -> set(entry.getKey(), entry.getValue()))
                    .toList();
        }

        @Override
        public Collection<Pod> pods(String bucket) {
            return cache.pods.entrySet().stream()
                    .filter(entry -> entry.getValue().bucket().equals(bucket))
                    .map(entry -> pod(entry.getKey(), entry.getValue()))
                    .toList();
        }

        @Override
        public Optional<StatefulSet> setOf(Thanos thanos) {
            var name = thanos.getMetadata().getName();
            return Optional.ofNullable(cache.sets.get(name))
                    .filter(set -> set.uid().equals(thanos.getMetadata().getUid()))
                    .map(set -> set(name, set));
        }

        @Override
        public Collection<Pod> podsOf(Thanos thanos) {
            var name = thanos.getMetadata().getName();
            return Optional.ofNullable(cache.pods.get(name)).map(pod -> pod(name, pod)).stream()
                    .toList();
        }
    }
}
