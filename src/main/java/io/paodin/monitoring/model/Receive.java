package io.paodin.monitoring.model;

import static io.paodin.monitoring.model.Defaults.orElse;
import static io.paodin.monitoring.model.Defaults.orEmpty;

import io.paodin.monitoring.api.v1alpha1.IngestorSpec;
import io.paodin.monitoring.api.v1alpha1.ReceiveSpec;
import io.paodin.monitoring.api.v1alpha1.RouterSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;

/** The write path: one router in front of the hashrings of the ingestors. */
public record Receive(
        Router router,
        List<Ingestor> ingestors,
        int replicationFactor,
        List<Hashring> hashrings,
        List<DisruptionBudget> ringBudgets,
        Departures departures,
        List<RingProgress> progress,
        List<String> replacedPods) {

    private static final String INGESTORS = "spec.receive.ingestors";

    static Receive of(ReceiveSpec spec, Scope scope) {
        var router = orElse(spec.router, new RouterSpec());
        var ingestors = ingestors(spec, router, scope);
        var rings = Hashring.of(ingestors);
        check(rings, Router.replicationFactor(router), scope.findings());
        var budgets = budgets(rings, router, scope);
        checkObjectNames(ingestors, budgets, scope.findings());
        var patience = scope.findings().duration(spec.excludeUnreadyAfter, "spec.receive.excludeUnreadyAfter");
        var inputs = scope.inputs();
        var membership = Membership.of(rings, Router.replicationFactor(router), patience, inputs.receive());
        var departures = Departures.of(wanted(rings), inputs, scope.config().routerConfirmationTimeout());
        var rollout =
                IngestorRollout.of(rings, departures.replicas(), scope.config().ingestorRolloutRings(), inputs);
        return new Receive(
                Router.of(router, membership, scope),
                ingestors.stream()
                        .map(i -> i.withReplicasNow(
                                departures.replicas().getOrDefault(i.workload().name(), i.replicas())))
                        .toList(),
                Router.replicationFactor(router),
                rings,
                budgets,
                departures,
                RingProgress.of(rings, membership, departures, rollout, inputs),
                Stream.concat(departures.restarted().stream(), rollout.replaced().stream())
                        .toList());
    }

    private static List<Departures.Wanted> wanted(List<Hashring> rings) {
        return rings.stream()
                .flatMap(ring -> ring.ingestors().stream()
                        .map(i -> new Departures.Wanted(
                                i.workload().name(),
                                i.replicas(),
                                ring.name(),
                                i.holdup().isPresent())))
                .toList();
    }

    Compact.Uploads uploads() {
        return new Compact.Uploads(replicationFactor, ingestors.stream().anyMatch(Ingestor::takesOutOfOrder));
    }

    private static List<Ingestor> ingestors(ReceiveSpec spec, RouterSpec router, Scope scope) {
        var specs = orEmpty(spec.ingestors);
        if (specs.isEmpty()) {
            scope.findings().add(INGESTORS, "is empty: list at least one ingestor, or remove spec.receive");
        }
        var ingestors = new ArrayList<Ingestor>();
        var names = new HashSet<String>();
        var tenants = new TenantRules(scope.findings());
        for (int i = 0; i < specs.size(); i++) {
            var path = INGESTORS + "[" + i + "]";
            if (specs.get(i) == null) {
                scope.findings().add(path, "is empty: give a name or remove it");
                continue;
            }
            checkName(specs.get(i), path, names, scope.findings());
            tenants.add(specs.get(i), path);
            ingestors.add(Ingestor.of(specs.get(i), path, router, scope));
        }
        tenants.checkPatterns();
        // The list is keyed by name, so its order is not the user's to decide, and an apply by others may change it.
        ingestors.sort(Comparator.comparing(Ingestor::name));
        return List.copyOf(ingestors);
    }

    /** A router ends when it reads a ring that is smaller than the replication factor. */
    private static void check(List<Hashring> rings, int replicationFactor, Findings findings) {
        for (var ring : rings) {
            int members = ring.members().size();
            if (members < Math.max(1, replicationFactor)) {
                findings.add(
                        INGESTORS,
                        "hashring \"%s\" has %d of the %d members that the replication factor asks for: raise the replicas of %s"
                                .formatted(
                                        ring.name(),
                                        members,
                                        Math.max(1, replicationFactor),
                                        String.join(" or ", ring.ingestorNames())));
            }
        }
    }

    private static void checkName(IngestorSpec spec, String path, HashSet<String> names, Findings findings) {
        if (spec.name == null || spec.name.isEmpty()) {
            findings.add(path + ".name", "is missing: give each ingestor a name");
            return;
        }
        findings.unlessMatches(path + ".name", spec.name, Form.DNS_LABEL);
        if (!names.add(spec.name)) {
            findings.add(
                    path + ".name", Findings.shown(spec.name) + " is the name of an earlier ingestor: choose another");
        }
        if (Hashring.SOFT.equals(spec.name) && !orEmpty(spec.tenants).isEmpty()) {
            findings.add(
                    path + ".name",
                    "\"soft\" is the name of the hashring of all ingestors without tenants: choose another");
        }
    }

    /**
     * Names that are cut, and those of claims, which are put together from two, can meet although the ingestors' own
     * names differ. Two ingestors would then share an object, or one's data.
     */
    private static void checkObjectNames(List<Ingestor> ingestors, List<DisruptionBudget> budgets, Findings findings) {
        var taken = new HashMap<String, String>();
        for (var ingestor : ingestors) {
            var workload = ingestor.workload().name();
            checkObjectName("StatefulSet " + workload, ingestor.name(), taken, findings);
            checkObjectName("claim " + ingestor.data().name() + "-" + workload, ingestor.name(), taken, findings);
        }
        budgets.forEach(b ->
                checkObjectName("PodDisruptionBudget " + b.name(), String.join(",", b.ingestors()), taken, findings));
    }

    private static void checkObjectName(
            String object, String ingestor, HashMap<String, String> taken, Findings findings) {
        var other = taken.putIfAbsent(object, ingestor);
        if (other != null && !other.equals(ingestor)) {
            findings.add(
                    INGESTORS,
                    "\"%s\" and \"%s\" would both have the %s: rename one".formatted(other, ingestor, object));
        }
    }

    private static List<DisruptionBudget> budgets(List<Hashring> rings, RouterSpec router, Scope scope) {
        var labels = Labels.of(scope.names().cluster(), Role.RECEIVE_INGESTOR);
        return rings.stream()
                .filter(ring -> ring.members().size() > 1)
                .map(ring -> new DisruptionBudget(
                        scope.names().ringBudget(ring.name()),
                        labels.all(),
                        Hashring.maxUnavailable(Router.replicationFactor(router)),
                        labels.selector(),
                        ring.ingestorNames()))
                .toList();
    }
}
