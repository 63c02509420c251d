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

    private static final int ATTEMPTS = 3;

    private StatusWriter() {}

    /** @return the resource as the server has it then; empty if it is gone, whatever has taken its name */
    static Optional<Thanos> write(KubernetesClient client, Thanos thanos, ThanosStatus status) {
        var current = thanos;
        try {
            for (var attempt = 1; ; attempt++) {
                try {
                    return Optional.of(apply(client, current, status));
                } catch (KubernetesClientException e) {
                    if (attempt == ATTEMPTS || !ServerAnswer.of(e).isConflict()) {
                        throw e;
                    }
                    current = client.resource(thanos).get();
                    if (current == null || !uid(current).equals(uid(thanos))) {
                        return Optional.empty();
                    }
                }
            }
        } catch (KubernetesClientException e) {
            if (ServerAnswer.of(e).isNotFound()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static Thanos apply(KubernetesClient client, Thanos current, ThanosStatus status) {
        // An apply must hold nothing but what it is about. For the status the server minds no UID, only the version.
        var patch = new Thanos();
        patch.setMetadata(new ObjectMetaBuilder()
                .withName(current.getMetadata().getName())
                .withNamespace(current.getMetadata().getNamespace())
                .withUid(uid(current))
                .withResourceVersion(current.getMetadata().getResourceVersion())
                .build());
        patch.setStatus(status);
        return client.resource(patch).subresource("status").patch(PATCH);
    }

    private static String uid(Thanos thanos) {
        return thanos.getMetadata().getUid();
    }
}
