package io.paodin.monitoring.model;

import static io.paodin.monitoring.model.Defaults.orElse;
import static io.paodin.monitoring.model.Defaults.orEmpty;

import io.paodin.monitoring.api.v1alpha1.QuerySpec;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Thanos Query: answers PromQL over its endpoints, which are the external stores and all pods that hold data. */
public record Query(
        Workload workload,
        Endpoints endpoints,
        List<Store> stores,
        Optional<Envoy> envoy,
        List<Service> services,
        DisruptionBudget budget)
        implements Component {

    private static final String PATH = "spec.query";
    private static final String ENDPOINTS_KEY = "endpoints.yaml";

    /**
     * The only copies are those that a hashring makes of one sample: each has what another lacks. Thanos' own way is for
     * pairs of Prometheus servers, whose samples differ: it stays with one copy, and where that has a gap it skips two
     * more samples before it takes those of another.
     */
    private static final List<String> COPIES = List.of(Ingestor.REPLICA_LABEL);

    private static final String ONE_TO_ONE = "chain";

    /** What a line of the endpoints file has beside the address. */
    private static final int LINE = 16;

    /** What the line of a strict store has beside that. */
    private static final int STRICT = 18;

    /** The ConfigMap with the file that lists the endpoints, in the order of the file. */
    public record Endpoints(String configMap, Map<String, String> labels, List<Store.Endpoint> list) {

        /** In the order of the file. */
        List<String> addresses() {
            return list.stream().map(Store.Endpoint::address).toList();
        }
    }

    /** What a query of the same resource asks: the addresses of the pods that hold data, and whether those replicate. */
    record Sources(List<String> addresses, boolean replicate) {}

    static Query of(QuerySpec spec, Sources own, Scope scope) {
        var name = scope.names().query();
        var labels = Labels.of(scope.names().cluster(), Role.QUERY);
        var stores = Store.of(orEmpty(spec.stores), own.addresses(), PATH + ".stores", scope);
        var replicaLabels = replicaLabels(spec, own.replicate());
        var args = scope.args(Role.QUERY, spec)
                .flag("endpoint.sd-config-file", "/etc/thanos/endpoints/" + ENDPOINTS_KEY)
                .flag("endpoint.sd-config-reload-interval", scope.config().endpointReloadInterval())
                .each("query.replica-label", replicaLabels)
                .on("query.auto-downsampling")
                .selectorLabels(selectorLabels(spec));
        if (replicaLabels.equals(COPIES)) {
            args.byDefault("deduplication.func", ONE_TO_ONE);
        }
        check(spec, scope);
        var envoy = stores.stream().anyMatch(store -> store.access().isPresent())
                ? Optional.of(Envoy.of(spec.envoy, name, labels, scope))
                : Optional.<Envoy>empty();
        return new Query(
                scope.workload(PATH, spec, Essentials.ofQuery(), name, labels, args, Set.of()),
                new Endpoints(
                        Names.configMap(name, "endpoints"),
                        labels.all(),
                        endpoints(stores, own.addresses(), scope.findings())),
                stores,
                envoy,
                List.of(
                        Service.forClients(name, labels, Service.HTTP, Service.GRPC),
                        envoy.isPresent()
                                ? Service.governing(name, labels, Service.HTTP, Service.GRPC, Envoy.PROBES)
                                : Service.governing(name, labels, Service.HTTP, Service.GRPC)),
                DisruptionBudget.of(name, labels));
    }

    /** Members of a ring hold the same series under different values of their replica label. */
    private static List<String> replicaLabels(QuerySpec spec, boolean replicate) {
        var labels = new LinkedHashSet<String>();
        if (replicate) {
            labels.add(Ingestor.REPLICA_LABEL);
        }
        orElse(spec.replicaLabels, Defaults.REPLICA_LABELS).stream()
                .filter(Objects::nonNull)
                .forEach(labels::add);
        return List.copyOf(labels);
    }

    /** One entry for each, so that Thanos notices additions and removals without a restart. */
    private static List<Store.Endpoint> endpoints(List<Store> stores, List<String> own, Findings findings) {
        var endpoints = new ArrayList<Store.Endpoint>();
        stores.forEach(store -> endpoints.addAll(store.endpoints()));
        own.forEach(address -> endpoints.add(new Store.Endpoint(address, false)));
        var length = endpoints.stream()
                .mapToInt(endpoint -> endpoint.address().length() + LINE + (endpoint.strict() ? STRICT : 0))
                .sum();
        ConfigFile.checkLength(length, ENDPOINTS_KEY, PATH + ".stores", findings);
        return List.copyOf(endpoints);
    }

    private static Map<String, String> selectorLabels(QuerySpec spec) {
        var labels = new TreeMap<String, String>();
        if (spec.selectorLabels != null) {
            spec.selectorLabels.forEach((label, value) -> labels.put(label, orElse(value, "")));
        }
        return labels;
    }

    private static void check(QuerySpec spec, Scope scope) {
        var findings = scope.findings();
        Envoy.check(spec.envoy, PATH + ".envoy", scope);
        var replicaLabels = orEmpty(spec.replicaLabels);
        for (int i = 0; i < replicaLabels.size(); i++) {
            findings.unlessMatches(PATH + ".replicaLabels[" + i + "]", replicaLabels.get(i), Form.LABEL_NAME);
        }
        findings.unlessFilled(PATH + ".replicaLabels", replicaLabels);
        selectorLabels(spec).forEach((label, value) -> {
            findings.unlessMatches(PATH + ".selectorLabels", label, Form.LABEL_NAME);
            if (value.isEmpty()) {
                findings.add(
                        Findings.at(PATH + ".selectorLabels", label),
                        "is empty, which Prometheus takes for absent: give a value or remove it");
            }
        });
    }

    @Override
    public String id() {
        return Role.QUERY.label();
    }

    @Override
    public String kind() {
        return "Deployment";
    }
}
