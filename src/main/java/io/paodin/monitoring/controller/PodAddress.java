package io.paodin.monitoring.controller;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.Optional;
import java.util.stream.Stream;

/** Where a pod answers. */
record PodAddress(String host, int port) {

    /**
     * @param port the name of the port
     * @return empty while the pod does not run, or if it has no such port
     */
    static Optional<PodAddress> of(Pod pod, String port) {
        var status = pod.getStatus();
        if (status == null || !"Running".equals(status.getPhase()) || status.getPodIP() == null) {
            return Optional.empty();
        }
        return Stream.concat(pod.getSpec().getInitContainers().stream(), pod.getSpec().getContainers().stream())
                .flatMap(container -> container.getPorts().stream())
                .filter(one -> port.equals(one.getName()))
                .map(one -> new PodAddress(status.getPodIP(), one.getContainerPort()))
                .findFirst();
    }
}
