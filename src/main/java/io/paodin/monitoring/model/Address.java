package io.paodin.monitoring.model;

import io.paodin.monitoring.model.ReceiveState.IngestorPod;

/** The address of an ingestor's pod, by which routers and queries reach it whether or not it is ready. */
final class Address {

    private Address() {}

    static String of(String statefulSet, int ordinal, String namespace) {
        return "%s-%d.%s.%s.svc:%d"
                .formatted(statefulSet, ordinal, Names.governingService(statefulSet), namespace, Service.GRPC.number());
    }

    /** @param other the address of another pod of the same StatefulSet */
    static String of(IngestorPod pod, String other) {
        return pod.name() + other.substring(other.indexOf('.'));
    }

    /** The name of the pod. */
    static String pod(String address) {
        var end = address.indexOf('.');
        return end < 0 ? address : address.substring(0, end);
    }

    static String statefulSet(String address) {
        var pod = pod(address);
        return pod.substring(0, Math.max(0, pod.lastIndexOf('-')));
    }
}
