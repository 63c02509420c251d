package io.paodin.monitoring.controller;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.Optional;

/** Where the HTTP server of a pod of ours is. */
record PodAddress(String host, int port) {

    private static final String PORT = "http";

    /** @return empty while it does not run */
    static Optional<PodAddress> of(Pod pod) {
        var status = pod.getStatus();
        if (status == null || !"Running".equals(status.getPhase()) || status.getPodIP() == null) {
            return Optional.empty();
        }
        return pod.getSpec().getContainers().stream()
                .flatMap(container -> container.getPorts().stream())
                .filter(port -> PORT.equals(port.getName()))
                .map(port -> new PodAddress(status.getPodIP(), port.getContainerPort()))
                .findFirst();
    }
}
