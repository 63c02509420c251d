package io.paodin.monitoring.controller;

import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.Pod;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import io.paodin.monitoring.api.v1alpha1.Thanos;
import io.paodin.monitoring.status.StatusCalculator;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Which compactors have halted. Their pods are asked in the background, for as long as they run and whether or not
 * anything else happens; a reconciliation gets what is known. The API server is not involved.
 *
 * <p>An event source: a resource is looked at again when something else is known about its compactor.
 */
public class HaltedCompactors extends SimpleInboundEventSource<Thanos> implements ResourceEventAware<Thanos> {

    private static final Logger LOG = Logger.getLogger(HaltedCompactors.class);

    /** How many pods are asked at a time. */
    private static final int MOST_READS = 4;

    private static final String PORT = "http";

    /** Asks a pod, without blocking. */
    @FunctionalInterface
    interface Probe {

        /** @return whether the compactor has halted; fails if the pod does not say */
        CompletionStage<Boolean> isHalted(String host, int port);
    }

    private enum State {
        UNKNOWN,
        WORKING,
        HALTED
    }

    /** A pod that is asked. All of it is guarded by the lock. */
    private static final class Watched {

        private final String uid;
        private final String name;
        private final ResourceID resource;
        private String host;
        private int port;
        private State state = State.UNKNOWN;
        private boolean hasFailed;

        private Watched(String uid, String name, ResourceID resource) {
            this.uid = uid;
            this.name = name;
            this.resource = resource;
        }

        /** One read that fails says nothing yet, so the news is not withdrawn for it. */
        private void learn(Boolean halted) {
            if (halted != null) {
                state = halted ? State.HALTED : State.WORKING;
            } else if (hasFailed) {
                state = State.UNKNOWN;
            }
            hasFailed = halted == null;
        }
    }

    private final Object lock = new Object();

    /** By UID. */
    private final Map<String, Watched> pods = new HashMap<>();

    private final Queue<Watched> queue = new ArrayDeque<>();
    private int reads;

    private final Probe probe;
    private final Duration interval;

    HaltedCompactors(Probe probe, Duration interval) {
        super("halted-compactors");
        this.probe = probe;
        this.interval = interval;
    }

    /** The pod of the resource's compactor that has halted, as far as is known. */
    Optional<String> haltedPod(Thanos thanos, Compactors seen) {
        var resource = ResourceID.fromResource(thanos);
        var running = seen.podsOf(thanos).stream()
                .filter(HaltedCompactors::canAnswer)
                .collect(Collectors.toMap(pod -> pod.getMetadata().getUid(), Function.identity()));
        Optional<String> halted;
        synchronized (lock) {
            pods.values().removeIf(pod -> pod.resource.equals(resource) && !running.containsKey(pod.uid));
            running.values().forEach(pod -> watch(pod, thanos));
            halted = pods.values().stream()
                    .filter(pod -> pod.resource.equals(resource) && pod.state == State.HALTED)
                    .map(pod -> pod.name)
                    .findFirst();
        }
        readNext();
        return halted;
    }

    @Override
    public void onResourceDeleted(Thanos thanos) {
        var resource = ResourceID.fromResource(thanos);
        synchronized (lock) {
            pods.values().removeIf(pod -> pod.resource.equals(resource));
        }
    }

    @Override
    public void stop() {
        super.stop();
        synchronized (lock) {
            pods.clear();
        }
    }

    private void watch(Pod pod, Thanos thanos) {
        var watched = pods.computeIfAbsent(pod.getMetadata().getUid(), uid -> {
            var added = new Watched(uid, pod.getMetadata().getName(), ResourceID.fromResource(thanos));
            // A process that has just started must not withdraw what an earlier one has told.
            added.state = StatusCalculator.saysHalted(thanos.getStatus(), added.name) ? State.HALTED : State.UNKNOWN;
            queue.add(added);
            return added;
        });
        watched.host = pod.getStatus().getPodIP();
        watched.port = port(pod).orElseThrow();
    }

    private void readNext() {
        while (true) {
            Watched next;
            String host;
            int port;
            synchronized (lock) {
                queue.removeIf(pod -> !isWatched(pod));
                if (reads == MOST_READS || queue.isEmpty()) {
                    return;
                }
                reads++;
                next = queue.remove();
                host = next.host;
                port = next.port;
            }
            probe.isHalted(host, port).whenComplete((halted, failure) -> {
                if (failure != null) {
                    LOG.debugf("Cannot read the metrics of pod %s: %s", next.name, failure.getMessage());
                }
                finish(next, halted);
            });
        }
    }

    private void finish(Watched pod, Boolean halted) {
        boolean isNew;
        synchronized (lock) {
            reads--;
            var before = pod.state;
            pod.learn(halted);
            isNew = isWatched(pod) && before != pod.state;
        }
        CompletableFuture.delayedExecutor(interval.toMillis(), TimeUnit.MILLISECONDS, Runnable::run)
                .execute(() -> readAgain(pod));
        if (isNew) {
            propagateEvent(pod.resource);
        }
        readNext();
    }

    private void readAgain(Watched pod) {
        synchronized (lock) {
            queue.add(pod);
        }
        readNext();
    }

    private boolean isWatched(Watched pod) {
        return pods.get(pod.uid) == pod;
    }

    private static boolean canAnswer(Pod pod) {
        var status = pod.getStatus();
        return status != null
                && "Running".equals(status.getPhase())
                && status.getPodIP() != null
                && !pod.isMarkedForDeletion()
                && port(pod).isPresent();
    }

    private static OptionalInt port(Pod pod) {
        return pod.getSpec().getContainers().stream()
                .flatMap(container -> container.getPorts().stream())
                .filter(port -> PORT.equals(port.getName()))
                .mapToInt(ContainerPort::getContainerPort)
                .findFirst();
    }
}
