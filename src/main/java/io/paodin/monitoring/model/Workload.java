package io.paodin.monitoring.model;

import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.Toleration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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

    /** Pods started anew whenever what they read of object storage at their start changes; null for no object storage. */
    Workload with(StorageAccess storage) {
        return storage == null ? this : withAnnotation(StorageAccess.VERSION, storage.version());
    }

    /** With an annotation of the pods; without it if the value is null. */
    Workload withAnnotation(String key, String value) {
        if (value == null) {
            return this;
        }
        var annotations = new TreeMap<>(pod.annotations());
        annotations.put(key, value);
        return new Workload(name, labels, selector, spread, replicas, pod.withAnnotations(annotations), container);
    }

    Workload withReplicas(int enforced) {
        return new Workload(name, labels, selector, spread, enforced, pod, container);
    }

    /**
     * @param annotations those of the pod template, sorted
     * @param user the numeric user and volume group, or null where the platform assigns them
     * @param affinity null for the operator's soft anti-affinity
     */
    public record Pod(
            Map<String, String> annotations,
            Long user,
            List<LocalObjectReference> imagePullSecrets,
            Map<String, String> nodeSelector,
            List<Toleration> tolerations,
            Affinity affinity) {

        Pod withAnnotations(Map<String, String> given) {
            return new Pod(given, user, imagePullSecrets, nodeSelector, tolerations, affinity);
        }
    }

    /** @param imagePullPolicy null for the API server's default */
    public record Container(String image, String imagePullPolicy, List<String> args, ResourceRequirements resources) {}
}
