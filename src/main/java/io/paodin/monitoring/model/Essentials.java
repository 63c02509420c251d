package io.paodin.monitoring.model;

import static io.paodin.monitoring.model.Service.GRPC;
import static io.paodin.monitoring.model.Service.HTTP;
import static io.paodin.monitoring.model.Service.REMOTE_WRITE;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the operator relies on in the pods of a component, so that nobody else can have or change it. The templates print
 * it, some of it only for some resources.
 *
 * @param container the name of the container that runs Thanos
 * @param ports all that Thanos listens on
 * @param volumes by name, with the directory of the container at which each is mounted
 * @param variables those of the container's environment
 * @param probes the names of the container's probes
 * @param sidecars the names of other containers
 */
record Essentials(
        Role role,
        String container,
        List<Service.Port> ports,
        Map<String, String> volumes,
        Set<String> variables,
        Set<String> probes,
        Set<String> sidecars) {

    private static final Set<String> POD_NAME = Set.of("POD_NAME");
    private static final Set<String> PROBES = Set.of("livenessProbe", "readinessProbe");
    private static final Set<String> PROBES_OF_SLOW_STARTS = Set.of("livenessProbe", "readinessProbe", "startupProbe");

    /** Also what there is only beside secured stores, so that the first one cannot be in the way of anything. */
    static Essentials ofQuery() {
        var volumes = new TreeMap<>(Envoy.VOLUMES);
        volumes.put("endpoints", "/etc/thanos/endpoints");
        return new Essentials(
                Role.QUERY,
                "query",
                List.of(HTTP, GRPC, Envoy.PROBES),
                volumes,
                Set.of(),
                PROBES,
                Set.of(Envoy.CONTAINER));
    }

    static Essentials ofRouter() {
        return new Essentials(
                Role.RECEIVE_ROUTER,
                "receive",
                List.of(HTTP, GRPC, REMOTE_WRITE, Ingestor.CAPNPROTO),
                Map.of(
                        "hashrings",
                        "/etc/thanos/hashrings",
                        "limits",
                        "/etc/thanos/limits",
                        WriteTls.VOLUME,
                        WriteTls.DIRECTORY),
                POD_NAME,
                PROBES,
                Set.of());
    }

    static Essentials ofIngestor(DataVolume data) {
        return new Essentials(
                Role.RECEIVE_INGESTOR,
                "receive",
                List.of(HTTP, GRPC, REMOTE_WRITE, Ingestor.CAPNPROTO),
                storage(data),
                POD_NAME,
                PROBES_OF_SLOW_STARTS,
                Set.of());
    }

    static Essentials ofStoreGateway(DataVolume data) {
        return new Essentials(
                Role.STORE_GATEWAY,
                "store",
                List.of(HTTP, GRPC),
                storage(data),
                Set.of(),
                PROBES_OF_SLOW_STARTS,
                Set.of());
    }

    static Essentials ofCompact(DataVolume data) {
        return new Essentials(Role.COMPACT, "compact", List.of(HTTP), storage(data), Set.of(), PROBES, Set.of());
    }

    private static Map<String, String> storage(DataVolume data) {
        var volumes = new TreeMap<String, String>();
        volumes.put("object-storage", "/etc/thanos/object-storage");
        volumes.put(data.name(), "/data");
        return volumes;
    }
}
