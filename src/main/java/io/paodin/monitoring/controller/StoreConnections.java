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
    private record Said(ProxyStats stats, Map<String, StoreConnection> connections) {

        /** One read that fails says nothing: what was known stays so. */
        Said learn(ProxyStats answer) {
            return answer == null ? this : new Said(answer, answer.since(stats, connections));
        }
    }

    private final PodRounds<ProxyStats, Said> rounds;
    private volatile Function<Thanos, Collection<Pod>> pods = thanos -> List.of();

    StoreConnections(PodRounds.Probe<ProxyStats> probe, Duration interval) {
        super("store-connections");
        this.rounds = new PodRounds<>(
                probe, interval, Envoy.PROBES.name(), Said::learn, Said::connections, this::propagateEvent);
    }

    /** @param cached the pods of a resource's query */
    void find(Function<Thanos, Collection<Pod>> cached) {
        pods = cached;
    }

    /** By the id of the address in the proxy; the worst of what its pods tell. */
    Map<String, StoreConnection> of(Thanos thanos) {
        // What an earlier process has told, or other pods, holds until something else is known.
        var said = rounds.look(
                ResourceID.fromResource(thanos),
                pods.apply(thanos),
                pod -> new Said(new ProxyStats(), StatusCalculator.connections(thanos.getStatus())));
        rounds.begin();
        return worst(said.values());
    }

    private static Map<String, StoreConnection> worst(Collection<Said> all) {
        var worst = new TreeMap<String, StoreConnection>();
        all.forEach(one -> one.connections()
                .forEach((address, connection) -> worst.merge(
                        address,
                        connection,
                        (before, other) -> before == StoreConnection.Established ? other : before)));
        return worst;
    }

    @Override
    public void onResourceDeleted(Thanos thanos) {
        rounds.forget(ResourceID.fromResource(thanos));
    }

    @Override
    public void stop() {
        super.stop();
        rounds.forgetAll();
    }
}
