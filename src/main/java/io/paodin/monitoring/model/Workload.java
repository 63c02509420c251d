package io.paodin.monitoring.model;

import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
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
        return value == null
                ? this
                : new Workload(name, labels, selector, spread, replicas, pod.withAnnotation(key, value), container);
    }

    Workload withReplicas(int enforced) {
        return new Workload(name, labels, selector, spread, enforced, pod, container);
    }

    /**
     * @param labels all those of the pod template, sorted
     * @param annotations those of the pod template, sorted
     * @param ownsServiceAccount whether the operator makes the account
     * @param priorityClassName null for the cluster's default
     * @param affinity null for the operator's soft anti-affinity
     * @param overlay what is merged onto all that the others come to
     */
    public record Pod(
            Map<String, String> labels,
            Map<String, String> annotations,
            String serviceAccountName,
            boolean ownsServiceAccount,
            PodSecurityContext securityContext,
            List<LocalObjectReference> imagePullSecrets,
            String priorityClassName,
            Map<String, String> nodeSelector,
            List<Toleration> tolerations,
            Affinity affinity,
            List<TopologySpreadConstraint> topologySpreadConstraints,
            int terminationGracePeriodSeconds,
            PodTemplateOverlay overlay) {

        private Pod withAnnotation(String key, String value) {
            var more = new TreeMap<>(annotations);
            more.put(key, value);
            return new Pod(
                    labels,
                    more,
                    serviceAccountName,
                    ownsServiceAccount,
                    securityContext,
                    imagePullSecrets,
                    priorityClassName,
                    nodeSelector,
                    tolerations,
                    affinity,
                    topologySpreadConstraints,
                    terminationGracePeriodSeconds,
                    overlay);
        }
    }

    /** @param imagePullPolicy null for the API server's default */
    public record Container(String image, String imagePullPolicy, List<String> args, ResourceRequirements resources) {}
}
