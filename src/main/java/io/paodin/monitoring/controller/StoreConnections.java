package io.paodin.monitoring.controller;

import io.fabric8.kubernetes.api.model.Pod;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import io.paodin.monitoring.api.v1alpha1.StoreConnection;
import io.paodin.monitoring.api.v1alpha1.Thanos;
import io.paodin.monitoring.model.Envoy;
import io.paodin.monitoring.model.ProxyStats;
import io.paodin.monitoring.status.StatusCalculator;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What became of the connections to secured stores. The proxies are asked in the background; a reconciliation gets what is
 * known.
 *
 * <p>An event source: a resource is looked at again when something else is known about its stores.
 */
public class StoreConnections extends SimpleInboundEventSource<Thanos> implements ResourceEventAware<Thanos> {

    /** What a proxy has said. */
    private record Said(ProxyStats stats, Map<String, StoreConnection> connections) {}

    private final Map<PodRounds.Asked, Said> said = new HashMap<>();
    private final PodRounds<ProxyStats> rounds;
    private volatile Function<Thanos, Collection<Pod>> pods = thanos -> List.of();

    StoreConnections(PodRounds.Probe<ProxyStats> probe, Duration interval) {
        super("store-connections");
        this.rounds = new PodRounds<>(probe, interval, Envoy.PROBES.name(), this::told);
    }

    /** @param cached the pods of a resource's query */
    void find(Function<Thanos, Collection<Pod>> cached) {
        pods = cached;
    }

    /** By the id of the address in the proxy; the worst of what its pods tell. */
    Map<String, StoreConnection> of(Thanos thanos) {
        var resource = ResourceID.fromResource(thanos);
        var asked = rounds.look(resource, pods.apply(thanos));
        Map<String, StoreConnection> connections;
        synchronized (said) {
            said.keySet().removeIf(pod -> pod.resource().equals(resource) && !asked.contains(pod));
            // What an earlier process has told, or other pods, holds until something else is known.
            asked.forEach(pod -> said.computeIfAbsent(
                    pod, p -> new Said(new ProxyStats(), StatusCalculator.connections(thanos.getStatus()))));
            connections = worst(asked.stream().map(said::get).toList());
        }
        rounds.begin();
        return connections;
    }

    private static Map<String, StoreConnection> worst(List<Said> all) {
        var worst = new TreeMap<String, StoreConnection>();
        all.forEach(one -> one.connections()
                .forEach((address, connection) -> worst.merge(
                        address,
                        connection,
                        (before, other) -> before == StoreConnection.Established ? other : before)));
        return worst;
    }

    private void told(PodRounds.Asked pod, ProxyStats stats) {
        boolean isNew;
        synchronized (said) {
            var before = said.get(pod);
            // One read that fails says nothing: what was known stays so.
            if (stats == null || before == null) {
                return;
            }
            var now = new Said(stats, stats.since(before.stats(), before.connections()));
            said.put(pod, now);
            isNew = !now.connections().equals(before.connections());
        }
        if (isNew) {
            propagateEvent(pod.resource());
        }
    }

    @Override
    public void onResourceDeleted(Thanos thanos) {
        var resource = ResourceID.fromResource(thanos);
        rounds.forget(resource);
        synchronized (said) {
            said.keySet().removeIf(pod -> pod.resource().equals(resource));
        }
    }

    @Override
    public void stop() {
        super.stop();
        rounds.forgetAll();
        synchronized (said) {
            said.clear();
        }
    }
}
