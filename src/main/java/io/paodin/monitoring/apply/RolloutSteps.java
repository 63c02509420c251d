package io.paodin.monitoring.apply;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * The single steps of a rollout that no manifest describes. Each is taken on exactly the version of the object that was
 * looked at; if that has changed, there is an event to come and the step is decided on anew.
 */
public final class RolloutSteps {

    private static final Logger LOG = Logger.getLogger(RolloutSteps.class);

    private final ObjectWriter writer;
    private final ApplyListener listener;

    public RolloutSteps(KubernetesClient client, String fieldManager, ApplyListener listener) {
        this.writer = new ObjectWriter(client, fieldManager);
        this.listener = listener;
    }

    /** Takes pods from a StatefulSet that is otherwise left as it is. */
    public Applied scale(StatefulSet set, int replicas) {
        return step(set, Result.CONFIGURED, "scaled to " + replicas, () -> writer.scale(set, replicas));
    }

    /** Deletes a pod, so that its StatefulSet makes it anew. */
    public Applied replace(Pod pod) {
        return step(pod, Result.PRUNED, "deleted, to be made anew", () -> {
            writer.deleteVersion(pod);
            return null;
        });
    }

    /** Sets an annotation of a pod, which lets the kubelet look at once at what the pod mounts. */
    public Applied annotate(Pod pod, String annotation, String value) {
        return step(pod, Result.CONFIGURED, "told of a change", () -> writer.annotate(pod, annotation, value));
    }

    private Applied step(HasMetadata object, Result done, String what, Supplier<HasMetadata> write) {
        var applied = take(object, done, what, write);
        listener.applied(applied.kind(), applied.result());
        return applied;
    }

    private static Applied take(HasMetadata object, Result done, String what, Supplier<HasMetadata> write) {
        var metadata = object.getMetadata();
        try {
            var current = write.get();
            LOG.infof("%s %s/%s: %s", object.getKind(), metadata.getNamespace(), metadata.getName(), what);
            return Applied.of(object, done, current, what);
        } catch (KubernetesClientException e) {
            var answer = ServerAnswer.of(e);
            return answer.isConflict() || answer.isNotFound()
                    ? Applied.of(object, Result.UNCHANGED, object, "has changed in the meantime")
                    : Applied.refused(object, object, e);
        }
    }
}
