package io.paodin.monitoring.status;

import io.fabric8.kubernetes.api.model.Condition;
import io.paodin.monitoring.api.v1alpha1.ComponentStatus;
import io.paodin.monitoring.api.v1alpha1.EndpointsStatus;
import io.paodin.monitoring.api.v1alpha1.HashringStatus;
import io.paodin.monitoring.api.v1alpha1.RingPhase;
import io.paodin.monitoring.api.v1alpha1.StoreAddressStatus;
import io.paodin.monitoring.api.v1alpha1.StoreConnection;
import io.paodin.monitoring.api.v1alpha1.StoreStatus;
import io.paodin.monitoring.api.v1alpha1.Thanos;
import io.paodin.monitoring.api.v1alpha1.ThanosStatus;
import io.paodin.monitoring.model.Cluster;
import io.paodin.monitoring.model.Component;
import io.paodin.monitoring.model.Query;
import io.paodin.monitoring.model.RingProgress;
import io.paodin.monitoring.model.SecuredStore;
import io.paodin.monitoring.model.Service;
import io.paodin.monitoring.model.Store;
import io.paodin.monitoring.model.StoreAccess;
import io.paodin.monitoring.model.ThanosVersion;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Calculates a resource's whole status. */
public final class StatusCalculator {

    private StatusCalculator() {}

    /**
     * @param thanos the resource with its former status, from which times of transition are kept
     * @param now the time of transition of conditions that change
     */
    public static ThanosStatus calculate(Thanos thanos, Cluster cluster, Observation seen, Instant now) {
        var status = new ThanosStatus();
        status.observedGeneration = thanos.getMetadata().getGeneration();
        var before = thanos.getStatus() == null ? new ThanosStatus() : thanos.getStatus();
        status.components = cluster.isValid() ? wanted(cluster, seen) : running(before, seen);
        status.hashrings = cluster.isValid() ? hashrings(cluster, seen) : before.hashrings;
        if (cluster.isValid() && !seen.pending()) {
            status.stores = stores(cluster);
            status.endpoints = endpoints(cluster);
        } else {
            // Nothing is applied: what was applied before, if anything, still serves.
            status.stores = before.stores;
            status.endpoints = before.endpoints;
        }
        status.conditions = Conditions.of(thanos, cluster, seen, now);
        return status;
    }

    /** As {@link #calculate}, after a run that found out nothing: what was known to need a person still does. */
    public static ThanosStatus afterFailure(Thanos thanos, Cluster cluster, Observation seen, Instant now) {
        var status = calculate(thanos, cluster, seen, now);
        status.stores = thanos.getStatus() == null ? null : thanos.getStatus().stores;
        Conditions.find(thanos.getStatus(), Conditions.DEGRADED)
                .ifPresent(known -> status.conditions = status.conditions.stream()
                        .map(condition -> condition.getType().equals(known.getType()) ? known : condition)
                        .toList());
        return status;
    }

    /** Since when something needs a person; empty if nothing does. */
    public static Optional<Instant> degradedSince(ThanosStatus status) {
        return Conditions.find(status, Conditions.DEGRADED)
                .filter(condition -> "True".equals(condition.getStatus()))
                .map(condition -> Instant.parse(condition.getLastTransitionTime()));
    }

    /** Whether the pod of the compactor was last known to have halted. */
    public static boolean saysHalted(ThanosStatus status, String pod) {
        return Conditions.find(status, Conditions.DEGRADED)
                .filter(condition -> "True".equals(condition.getStatus()))
                .filter(condition -> condition.getMessage().contains(Conditions.halted(pod)))
                .isPresent();
    }

    /** What was last known of the connections to secured stores, by the id of the address. */
    public static Map<String, StoreConnection> connections(ThanosStatus status) {
        var connections = new TreeMap<String, StoreConnection>();
        if (status != null && status.stores != null) {
            status.stores.stream().filter(store -> store.addresses != null).forEach(store -> store.addresses.stream()
                    .filter(address -> address.connection != null)
                    .forEach(address ->
                            connections.put(SecuredStore.addressId(store.name, address.address), address.connection)));
        }
        return connections;
    }

    /** The status without the conditions that others have added; changes its argument. */
    public static ThanosStatus own(ThanosStatus status) {
        if (status.conditions != null) {
            status.conditions =
                    status.conditions.stream().filter(StatusCalculator::isOwn).toList();
        }
        return status;
    }

    /** Whether a condition is one of those that are calculated here. */
    public static boolean isOwn(Condition condition) {
        return Conditions.TYPES.contains(condition.getType());
    }

    private static List<ComponentStatus> wanted(Cluster cluster, Observation seen) {
        return cluster.components().stream()
                .map(component -> seen.workload(
                                component.kind(), component.workload().name())
                        .map(state -> component(component.id(), state))
                        .orElseGet(() -> missing(component)))
                .toList();
    }

    private static List<ComponentStatus> running(ThanosStatus before, Observation seen) {
        var running = seen.workloads().stream().map(state -> component(state.component(), state));
        return Stream.concat(running, lost(before, seen).map(StatusCalculator::lost))
                .sorted(Comparator.comparing((ComponentStatus c) -> c.name).thenComparing(c -> c.object))
                .toList();
    }

    /** What there was, and is not any more: while the spec is invalid, it is not created anew. */
    static Stream<ComponentStatus> lost(ThanosStatus before, Observation seen) {
        return before == null || before.components == null
                ? Stream.of()
                : before.components.stream()
                        .filter(c -> seen.workload(c.kind, c.object).isEmpty());
    }

    private static ComponentStatus lost(ComponentStatus before) {
        var status = new ComponentStatus();
        status.name = before.name;
        status.kind = before.kind;
        status.object = before.object;
        status.desired = before.desired;
        status.ready = 0;
        status.updated = 0;
        status.image = before.image;
        status.version = before.version;
        return status;
    }

    private static ComponentStatus component(String id, WorkloadState state) {
        var status = new ComponentStatus();
        status.name = id;
        status.kind = state.kind();
        status.object = state.name();
        status.desired = state.desired();
        status.ready = state.ready();
        status.updated = state.updated();
        status.image = state.image();
        status.version = ThanosVersion.tag(state.image());
        return status;
    }

    private static ComponentStatus missing(Component component) {
        var workload = component.workload();
        var status = new ComponentStatus();
        status.name = component.id();
        status.kind = component.kind();
        status.object = workload.name();
        status.desired = workload.replicas() == null ? 1 : workload.replicas();
        status.ready = 0;
        status.updated = 0;
        status.image = workload.container().image();
        status.version = ThanosVersion.tag(workload.container().image());
        return status;
    }

    private static List<HashringStatus> hashrings(Cluster cluster, Observation seen) {
        return cluster.rings().stream().map(ring -> hashring(ring, seen)).toList();
    }

    private static HashringStatus hashring(RingProgress ring, Observation seen) {
        var status = new HashringStatus();
        status.name = ring.name();
        status.tenants = ring.tenants();
        status.members = seen.rings().getOrDefault(ring.name(), List.of()).size();
        status.desired = ring.desired();
        status.ready = ring.statefulSets().stream()
                .flatMap(set -> seen.workload("StatefulSet", set).stream())
                .mapToInt(WorkloadState::ready)
                .sum();
        status.phase = phase(ring, status.members);
        status.message = ring.message().orElse(null);
        return status;
    }

    /** What is to be published may not have been, as long as the resource is paused, say. */
    private static RingPhase phase(RingProgress ring, int published) {
        if (!ring.isStable() || ring.message().isPresent() || published == ring.desired()) {
            return ring.phase();
        }
        return published > ring.desired() ? RingPhase.SHRINKING : RingPhase.GROWING;
    }

    private static List<StoreStatus> stores(Cluster cluster) {
        return cluster.query().map(Query::stores).orElse(List.of()).stream()
                .map(StatusCalculator::store)
                .toList();
    }

    private static StoreStatus store(Store store) {
        var status = new StoreStatus();
        status.name = store.name();
        status.secured = store.access().isPresent();
        status.addresses = store.addresses().stream()
                .map(address -> {
                    var one = new StoreAddressStatus();
                    one.address = address;
                    one.listenerPort = store.listenerPort(address).orElse(null);
                    one.connection = store.connection(address).orElse(null);
                    return one;
                })
                .toList();
        status.message = store.access()
                .map(StoreAccess::message)
                .filter(message -> !message.isEmpty())
                .orElse(null);
        return status;
    }

    /** @return null if there are none: the server makes an empty object of what had fields null, and refuses that */
    private static EndpointsStatus endpoints(Cluster cluster) {
        if (cluster.query().isEmpty() && cluster.receive().isEmpty()) {
            return null;
        }
        var status = new EndpointsStatus();
        cluster.query()
                .ifPresent(q -> status.query = url("http", q.workload().name(), cluster.namespace(), Service.HTTP, ""));
        cluster.receive()
                .ifPresent(r -> status.remoteWrite = url(
                        r.router().tls() == null ? "http" : "https",
                        r.router().workload().name(),
                        cluster.namespace(),
                        Service.REMOTE_WRITE,
                        "/api/v1/receive"));
        return status;
    }

    private static String url(String scheme, String service, String namespace, Service.Port port, String path) {
        return "%s://%s.%s.svc:%d%s".formatted(scheme, service, namespace, port.number(), path);
    }
}
