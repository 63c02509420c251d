package io.paodin.monitoring.controller;

import io.fabric8.kubernetes.api.model.Pod;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Asks pods in the background, each again and again for as long as it runs and whether or not anything else happens, a few
 * at a time, and keeps what is known of each. The API server is not involved.
 *
 * @param <T> what a pod answers
 * @param <K> what is known of a pod
 */
final class PodRounds<T, K> {

    private static final Logger LOG = Logger.getLogger(PodRounds.class);

    /** How many pods are asked at a time. */
    private static final int MOST_READS = 4;

    /** Asks a pod, without blocking. */
    @FunctionalInterface
    interface Probe<T> {

        /** Fails if the pod does not say. */
        CompletionStage<T> ask(String host, int port);
    }

    /** A pod that is asked. */
    record Asked(String uid, String name, ResourceID resource) {}

    private record Watched<K>(PodAddress address, K known) {}

    private final Probe<T> probe;
    private final Duration interval;
    private final String port;
    private final BiFunction<K, T, K> learn;
    private final Function<K, ?> news;
    private final Consumer<ResourceID> listener;

    /** All of these are guarded by this object. */
    private final Map<Asked, Watched<K>> pods = new HashMap<>();

    private final Queue<Asked> queue = new ArrayDeque<>();
    private int reads;

    /**
     * @param port the name of the port that pods answer at
     * @param learn what is known after an answer, which is null if there was none
     * @param news the part of what is known whose changes are told
     * @param listener told of the resource of the pod when that has changed
     */
    PodRounds(
            Probe<T> probe,
            Duration interval,
            String port,
            BiFunction<K, T, K> learn,
            Function<K, ?> news,
            Consumer<ResourceID> listener) {
        this.probe = probe;
        this.interval = interval;
        this.port = port;
        this.learn = learn;
        this.news = news;
        this.listener = listener;
    }

    /**
     * From now on the resource has these pods and no others. They are asked from {@link #begin} on.
     *
     * @param first what is known of a pod that was not asked before
     * @return what is known of those of them that can answer
     */
    synchronized Map<Asked, K> look(ResourceID resource, Collection<Pod> all, Function<Asked, K> first) {
        var running = all.stream()
                .filter(this::canAnswer)
                .collect(Collectors.toMap(
                        pod -> new Asked(
                                pod.getMetadata().getUid(), pod.getMetadata().getName(), resource),
                        pod -> PodAddress.of(pod, port).orElseThrow()));
        pods.keySet().removeIf(pod -> pod.resource().equals(resource) && !running.containsKey(pod));
        var known = new HashMap<Asked, K>();
        running.forEach((pod, address) -> {
            var before = pods.get(pod);
            if (before == null) {
                queue.add(pod);
            }
            known.put(pod, before == null ? first.apply(pod) : before.known());
            pods.put(pod, new Watched<>(address, known.get(pod)));
        });
        return known;
    }

    /** Asks those that were not asked yet. May tell of answers before it returns. */
    void begin() {
        askNext();
    }

    synchronized void forget(ResourceID resource) {
        pods.keySet().removeIf(pod -> pod.resource().equals(resource));
    }

    synchronized void forgetAll() {
        pods.clear();
    }

    private void askNext() {
        while (true) {
            Asked next;
            PodAddress address;
            synchronized (this) {
                queue.removeIf(pod -> !pods.containsKey(pod));
                if (reads == MOST_READS || queue.isEmpty()) {
                    return;
                }
                reads++;
                next = queue.remove();
                address = pods.get(next).address();
            }
            probe.ask(address.host(), address.port()).whenComplete((answer, failure) -> {
                if (failure != null) {
                    LOG.debugf("Pod %s does not answer: %s", next.name(), failure.getMessage());
                }
                finish(next, failure == null ? answer : null);
            });
        }
    }

    private void finish(Asked pod, T answer) {
        if (learn(pod, answer)) {
            listener.accept(pod.resource());
        }
        CompletableFuture.delayedExecutor(interval.toMillis(), TimeUnit.MILLISECONDS, Runnable::run)
                .execute(() -> askAgain(pod));
        askNext();
    }

    /** @return whether that is news */
    private synchronized boolean learn(Asked pod, T answer) {
        reads--;
        var before = pods.get(pod);
        if (before == null) {
            return false;
        }
        var known = learn.apply(before.known(), answer);
        pods.put(pod, new Watched<>(before.address(), known));
        return !news.apply(known).equals(news.apply(before.known()));
    }

    private void askAgain(Asked pod) {
        synchronized (this) {
            queue.add(pod);
        }
        askNext();
    }

    private boolean canAnswer(Pod pod) {
        return !pod.isMarkedForDeletion() && PodAddress.of(pod, port).isPresent();
    }
}
