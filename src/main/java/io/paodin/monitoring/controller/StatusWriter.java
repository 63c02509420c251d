package io.paodin.monitoring.controller;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.paodin.monitoring.api.v1alpha1.Thanos;
import io.paodin.monitoring.api.v1alpha1.ThanosStatus;

/** Writes the status of a resource by server-side apply. */
final class StatusWriter {

    private static final PatchContext PATCH = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager(ThanosReconciler.FIELD_MANAGER)
            .withForce(true)
            .build();

    private StatusWriter() {}

    /** @return the resource as the server has it then */
    static Thanos write(KubernetesClient client, Thanos thanos, ThanosStatus status) {
        // An apply must hold nothing but what it is about.
        var patch = new Thanos();
        patch.setMetadata(new ObjectMetaBuilder()
                .withName(thanos.getMetadata().getName())
                .withNamespace(thanos.getMetadata().getNamespace())
                .build());
        patch.setStatus(status);
        return client.resource(patch).subresource("status").patch(PATCH);
    }
}
