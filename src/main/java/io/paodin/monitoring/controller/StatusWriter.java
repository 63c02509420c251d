package io.paodin.monitoring.controller;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.paodin.monitoring.api.v1alpha1.Thanos;
import io.paodin.monitoring.api.v1alpha1.ThanosStatus;
import io.paodin.monitoring.apply.ServerAnswer;
import java.util.Optional;

/** Writes the status of a resource by server-side apply. */
final class StatusWriter {

    private static final PatchContext PATCH = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager(ThanosReconciler.FIELD_MANAGER)
            .withForce(true)
            .build();

    private StatusWriter() {}

    /** @return the resource as the server has it then; empty if it is gone, whatever has taken its name */
    static Optional<Thanos> write(KubernetesClient client, Thanos thanos, ThanosStatus status) {
        // An apply must hold nothing but what it is about.
        var patch = new Thanos();
        patch.setMetadata(new ObjectMetaBuilder()
                .withName(thanos.getMetadata().getName())
                .withNamespace(thanos.getMetadata().getNamespace())
                .withUid(thanos.getMetadata().getUid())
                .build());
        patch.setStatus(status);
        try {
            return Optional.of(client.resource(patch).subresource("status").patch(PATCH));
        } catch (KubernetesClientException e) {
            var answer = ServerAnswer.of(e);
            if (answer.isNotFound() || answer.isConflict()) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
