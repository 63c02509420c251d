package io.paodin.monitoring.controller;

import io.fabric8.kubernetes.api.model.Condition;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.paodin.monitoring.api.v1alpha1.ComponentStatus;
import io.paodin.monitoring.api.v1alpha1.HashringStatus;
import io.paodin.monitoring.api.v1alpha1.StoreConnection;
import io.paodin.monitoring.api.v1alpha1.StoreStatus;
import io.paodin.monitoring.api.v1alpha1.Thanos;
import io.paodin.monitoring.api.v1alpha1.ThanosStatus;
import io.paodin.monitoring.status.StatusCalculator;
import io.prometheus.client.Collector;
import io.prometheus.client.GaugeMetricFamily;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the resources say of themselves in their status, as series of each. They are made from the cache whenever they are
 * asked for, so there is nothing to keep, and nothing that could outlive its resource. Only the instance that acts has
 * them, so that each resource counts once.
 */
@Singleton
public class ResourceMetrics extends Collector {

    private final BooleanSupplier leads;

    /** By UID. A status has them only as text. */
    private final Map<String, Integer> violations = new ConcurrentHashMap<>();

    private volatile Supplier<Stream<Thanos>> resources = Stream::empty;

    @Inject
    ResourceMetrics(PrometheusMeterRegistry registry, LeaderElection election) {
        this(election::isLeading);
        registry.getPrometheusRegistry().register(this);
    }

    ResourceMetrics(BooleanSupplier leads) {
        this.leads = leads;
    }

    /** @param cached all resources that the operator looks after */
    void report(Supplier<Stream<Thanos>> cached) {
        resources = cached;
    }

    void examined(Thanos thanos, int found) {
        violations.put(thanos.getMetadata().getUid(), found);
    }

    @Override
    public List<MetricFamilySamples> collect() {
        var families = new Families();
        boolean isLeader = leads.getAsBoolean();
        families.leader.addMetric(List.of(), isLeader ? 1 : 0);
        if (isLeader) {
            // What is known first: whoever is not in a list that is made later is gone.
            var known = new HashSet<>(violations.keySet());
            var listed = resources.get().toList();
            listed.forEach(thanos -> families.add(thanos, violations.get(uid(thanos))));
            known.removeAll(listed.stream().map(ResourceMetrics::uid).collect(Collectors.toSet()));
            violations.keySet().removeAll(known);
        }
        return families.all();
    }

    private static String uid(Thanos thanos) {
        return thanos.getMetadata().getUid();
    }

    /** The samples of one scrape. */
    private static final class Families {

        private final List<MetricFamilySamples> all = new ArrayList<>();
        private final GaugeMetricFamily leader = family("leader", "Whether this instance acts.");
        private final GaugeMetricFamily info =
                perResource("thanos_info", "Each resource, and the version of Thanos that it runs.", "version");
        private final GaugeMetricFamily conditions = perResource(
                "condition", "Each condition of a resource as it is now, always 1.", "type", "status", "reason");
        private final GaugeMetricFamily violations =
                perResource("violations", "How much is wrong with the spec of a resource.");
        private final GaugeMetricFamily desired =
                perResource("component_desired", "How many pods of a component are wanted.", "component");
        private final GaugeMetricFamily ready =
                perResource("component_ready", "How many pods of a component are ready.", "component");
        private final GaugeMetricFamily members =
                perResource("hashring_members", "How many members of a hashring are published.", "hashring");
        private final GaugeMetricFamily desiredMembers =
                perResource("hashring_desired", "How many members of a hashring are wanted.", "hashring");
        private final GaugeMetricFamily readyMembers =
                perResource("hashring_ready", "How many pods of a hashring are ready.", "hashring");

        private final GaugeMetricFamily connected =
                perResource("store_connected", "Whether a store behind TLS answers, by address.", "store", "address");

        List<MetricFamilySamples> all() {
            return all;
        }

        void add(Thanos thanos, Integer found) {
            var status = Objects.requireNonNullElseGet(thanos.getStatus(), ThanosStatus::new);
            var components = orEmpty(status.components);
            var resource = List.of(
                    thanos.getMetadata().getNamespace(), thanos.getMetadata().getName());
            add(info, resource, 1, components.isEmpty() ? null : components.get(0).version);
            if (found != null) {
                add(violations, resource, found);
            }
            orEmpty(status.conditions).stream()
                    .filter(StatusCalculator::isOwn)
                    .forEach(condition -> add(resource, condition));
            components.forEach(component -> add(resource, component));
            orEmpty(status.hashrings).forEach(hashring -> add(resource, hashring));
            orEmpty(status.stores).forEach(store -> add(resource, store));
        }

        private void add(List<String> resource, Condition condition) {
            add(conditions, resource, 1, condition.getType(), condition.getStatus(), condition.getReason());
        }

        private void add(List<String> resource, ComponentStatus component) {
            add(desired, resource, component.desired, component.name);
            add(ready, resource, component.ready, component.name);
        }

        private void add(List<String> resource, HashringStatus hashring) {
            add(members, resource, hashring.members, hashring.name);
            add(desiredMembers, resource, hashring.desired, hashring.name);
            add(readyMembers, resource, hashring.ready, hashring.name);
        }

        private void add(List<String> resource, StoreStatus store) {
            orEmpty(store.addresses).stream()
                    .filter(address -> address.connection != null)
                    .forEach(address -> add(
                            connected,
                            resource,
                            address.connection == StoreConnection.Established ? 1 : 0,
                            store.name,
                            address.address));
        }

        private static void add(GaugeMetricFamily family, List<String> resource, Integer value, String... labels) {
            if (value == null) {
                return;
            }
            var values = new ArrayList<>(resource);
            Stream.of(labels)
                    .map(label -> Objects.requireNonNullElse(label, ""))
                    .forEach(values::add);
            family.addMetric(values, value);
        }

        private GaugeMetricFamily perResource(String name, String help, String... labels) {
            return family(
                    name,
                    help,
                    Stream.concat(Stream.of("namespace", "name"), Stream.of(labels))
                            .toArray(String[]::new));
        }

        private GaugeMetricFamily family(String name, String help, String... labels) {
            var family = new GaugeMetricFamily("thanos_operator_" + name, help, List.of(labels));
            all.add(family);
            return family;
        }

        private static <T> List<T> orEmpty(List<T> list) {
            return list == null ? List.of() : list;
        }
    }
}
