package io.paodin.monitoring.e2e;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The pods of a component in some namespaces, each from its creation to its end, in the order of the API server. */
final class PodHistory implements Watcher<Pod>, AutoCloseable {

    /** The exit code of what was killed, and of what has gone without anybody knowing how. */
    private static final int KILLED = 137;

    private final List<String> namespaces;
    private final Set<String> present = new LinkedHashSet<>();
    private final List<Set<String>> history = new ArrayList<>();
    private final List<Integer> exitCodes = new ArrayList<>();
    private final Map<String, Instant> stops = new LinkedHashMap<>();
    private final Watch watch;

    private PodHistory(String component, List<String> namespaces) {
        this.namespaces = namespaces;
        watch = Kubernetes.client()
                .pods()
                .inAnyNamespace()
                .withLabel("app.kubernetes.io/component", component)
                .watch(this);
    }

    static PodHistory watch(String component, TestNamespace... namespaces) {
        return new PodHistory(
                component, List.of(namespaces).stream().map(TestNamespace::name).toList());
    }

    @Override
    public synchronized void eventReceived(Action action, Pod pod) {
        var metadata = pod.getMetadata();
        if (!namespaces.contains(metadata.getNamespace())) {
            return;
        }
        if (metadata.getDeletionTimestamp() != null) {
            stops.putIfAbsent(
                    metadata.getName(),
                    Instant.parse(metadata.getDeletionTimestamp())
                            .minusSeconds(metadata.getDeletionGracePeriodSeconds()));
        }
        if (action == Action.DELETED) {
            exitCodes.add(exitCode(pod));
        }
        var changes = hasEnded(action, pod) ? present.remove(metadata.getName()) : present.add(metadata.getName());
        if (changes) {
            history.add(Set.copyOf(present));
        }
    }

    private static boolean hasEnded(Action action, Pod pod) {
        return action == Action.DELETED
                || List.of("Succeeded", "Failed").contains(pod.getStatus().getPhase());
    }

    private static int exitCode(Pod pod) {
        return pod.getStatus().getContainerStatuses().stream()
                .map(status -> status.getState().getTerminated())
                .mapToInt(terminated -> terminated == null ? KILLED : terminated.getExitCode())
                .max()
                .orElse(KILLED);
    }

    /** The names of the pods that there were at a time, from change to change. */
    synchronized List<Set<String>> history() {
        return List.copyOf(history);
    }

    /** The highest exit code of each pod that is gone: 0 if nothing in it had to be killed. */
    synchronized List<Integer> exitCodes() {
        return List.copyOf(exitCodes);
    }

    /** When each pod was told to end, if it was; to the second, and of several pods of one name the first. */
    synchronized Map<String, Instant> stops() {
        return new LinkedHashMap<>(stops);
    }

    @Override
    public void onClose(WatcherException cause) {
        throw new IllegalStateException(cause);
    }

    @Override
    public void close() {
        watch.close();
    }
}
