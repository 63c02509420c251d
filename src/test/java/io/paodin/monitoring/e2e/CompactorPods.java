package io.paodin.monitoring.e2e;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The pods of compactors in some namespaces, each from its creation to its end, in the order of the API server. */
final class CompactorPods implements Watcher<Pod>, AutoCloseable {

    private final List<String> namespaces;
    private final Set<String> present = new LinkedHashSet<>();
    private final List<Set<String>> history = new ArrayList<>();
    private final Watch watch;

    private CompactorPods(List<String> namespaces) {
        this.namespaces = namespaces;
        watch = Kubernetes.client()
                .pods()
                .inAnyNamespace()
                .withLabel("app.kubernetes.io/component", "compact")
                .watch(this);
    }

    static CompactorPods watch(TestNamespace... namespaces) {
        return new CompactorPods(
                List.of(namespaces).stream().map(TestNamespace::name).toList());
    }

    @Override
    public synchronized void eventReceived(Action action, Pod pod) {
        var metadata = pod.getMetadata();
        if (!namespaces.contains(metadata.getNamespace())) {
            return;
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

    /** The names of the pods that there were at a time, from change to change. */
    synchronized List<Set<String>> history() {
        return List.copyOf(history);
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
