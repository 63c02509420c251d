package io.paodin.monitoring.model;

import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.Toleration;
import java.util.List;
import java.util.Map;

/**
 * What all components have in common: one Deployment or StatefulSet.
 *
 * @param replicas null where the resource does not set it: then the field belongs to a scaler
 * @param spread the pods that the soft anti-affinity keeps apart
 */
public record Workload(
        String name,
        Map<String, String> labels,
        Map<String, String> selector,
        Map<String, String> spread,
        Integer replicas,
        Pod pod,
        Container container) {

    Workload withReplicas(int enforced) {
        return new Workload(name, labels, selector, spread, enforced, pod, container);
    }

    /**
     * @param user the numeric user and volume group, or null where the platform assigns them
     * @param affinity null for the operator's soft anti-affinity
     */
    public record Pod(
            Long user,
            List<LocalObjectReference> imagePullSecrets,
            Map<String, String> nodeSelector,
            List<Toleration> tolerations,
            Affinity affinity) {}

    /** @param imagePullPolicy null for the API server's default */
    public record Container(String image, String imagePullPolicy, List<String> args, ResourceRequirements resources) {}
}
