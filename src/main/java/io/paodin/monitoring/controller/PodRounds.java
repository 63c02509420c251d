package io.paodin.monitoring.controller;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.Pod;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Asks pods in the background, each again and again for as long as it runs and whether or not anything else happens, a few
 * at a time. The API server is not involved.
 *
 * @param <T> what a pod answers
 */
final class PodRounds<T> {

    private static final Logger LOG = Logger.getLogger(PodRounds.class);

    /** How many pods are asked at a time. */
    private static final int MOST_READS = 4;

    /** Asks a pod, without blocking. */
    @FunctionalInterface
    interface Probe<T> {

        /** Fails if the pod does not say. */
        CompletionStage<T> ask(String host, int port);
    }

    /** Gets what pods answer, one at a time. */
    @FunctionalInterface
    interface Listener<T> {

        /** @param answer null if there was none */
        void told(Asked pod, T answer);
    }

    /** A pod that is asked. */
    record Asked(String uid, String name, ResourceID resource) {}

    private record Place(String host, int port) {}

    private final Probe<T> probe;
    private final Duration interval;
    private final String port;
    private final Listener<T> listener;

    /** All of these are guarded by this object. */
    private final Map<Asked, Place> pods = new HashMap<>();

    private final Queue<Asked> queue = new ArrayDeque<>();
    private int reads;

    /** @param port the name of the port that pods answer at */
    PodRounds(Probe<T> probe, Duration interval, String port, Listener<T> listener) {
        this.probe = probe;
        this.interval = interval;
        this.port = port;
        this.listener = listener;
    }

    /**
     * From now on the resource has these pods and no others. They are asked from {@link #begin} on.
     *
     * @return those of them that can answer
     */
    List<Asked> look(ResourceID resource, Collection<Pod> all) {
        var running = all.stream()
                .filter(this::canAnswer)
                .collect(Collectors.toMap(
                        pod -> new Asked(
                                pod.getMetadata().getUid(), pod.getMetadata().getName(), resource),
                        pod -> new Place(pod.getStatus().getPodIP(), port(pod).orElseThrow())));
        synchronized (this) {
            pods.keySet().removeIf(pod -> pod.resource().equals(resource) && !running.containsKey(pod));
            running.forEach((pod, place) -> {
                if (pods.put(pod, place) == null) {
                    queue.add(pod);
                }
            });
        }
        return List.copyOf(running.keySet());
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

    private synchronized boolean isAsked(Asked pod) {
        return pods.containsKey(pod);
    }

    private void askNext() {
        while (true) {
            Asked next;
            Place place;
            synchronized (this) {
                queue.removeIf(pod -> !pods.containsKey(pod));
                if (reads == MOST_READS || queue.isEmpty()) {
                    return;
                }
                reads++;
                next = queue.remove();
                place = pods.get(next);
            }
            probe.ask(place.host(), place.port()).whenComplete((answer, failure) -> {
                if (failure != null) {
                    LOG.debugf("Pod %s does not answer: %s", next.name(), failure.getMessage());
                }
                finish(next, failure == null ? answer : null);
            });
        }
    }

    private void finish(Asked pod, T answer) {
        synchronized (this) {
            reads--;
        }
        if (isAsked(pod)) {
            listener.told(pod, answer);
        }
        CompletableFuture.delayedExecutor(interval.toMillis(), TimeUnit.MILLISECONDS, Runnable::run)
                .execute(() -> askAgain(pod));
        askNext();
    }

    private void askAgain(Asked pod) {
        synchronized (this) {
            queue.add(pod);
        }
        askNext();
    }

    private boolean canAnswer(Pod pod) {
        var status = pod.getStatus();
        return status != null
                && "Running".equals(status.getPhase())
                && status.getPodIP() != null
                && !pod.isMarkedForDeletion()
                && port(pod).isPresent();
    }

    private OptionalInt port(Pod pod) {
        return Stream.concat(pod.getSpec().getInitContainers().stream(), pod.getSpec().getContainers().stream())
                .map(Container::getPorts)
                .flatMap(List::stream)
                .filter(one -> port.equals(one.getName()))
                .mapToInt(ContainerPort::getContainerPort)
                .findFirst();
    }
}
