package io.paodin.monitoring.model;

import static io.paodin.monitoring.model.Defaults.orElse;
import static io.paodin.monitoring.model.Defaults.orEmpty;

import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraintBuilder;
import io.paodin.monitoring.api.v1alpha1.ComponentSpec;
import io.paodin.monitoring.api.v1alpha1.PodMetadata;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** What a resource says about the pods of one component, apart from the container of Thanos. */
final class PodOptions {

    /** Where the operator's own labels and annotations are, and where it may need others later. */
    private static final List<String> RESERVED = List.of("monitoring.paodin.io/", "app.kubernetes.io/");

    private static final Set<String> SET_BY_KUBERNETES = Set.of(
            "apps.kubernetes.io/pod-index",
            "controller-revision-hash",
            "kubectl.kubernetes.io/restartedAt",
            "pod-template-hash",
            "statefulset.kubernetes.io/pod-name");

    private static final Set<String> WHEN_UNSATISFIABLE = Set.of("DoNotSchedule", "ScheduleAnyway");

    private final String path;
    private final ComponentSpec spec;
    private final Findings findings;

    private PodOptions(String path, ComponentSpec spec, Findings findings) {
        this.path = path;
        this.spec = spec;
        this.findings = findings;
    }

    /**
     * @param path where the component stands in the resource
     * @param workload the name of its workload, and of the account that the operator makes for it
     */
    static Workload.Pod of(
            String path, ComponentSpec spec, Essentials own, String workload, Labels labels, Scope scope) {
        var options = new PodOptions(path, spec, scope.findings());
        scope.checkPullSecrets(path, spec.imagePullSecrets);
        options.check();
        options.checkAccount(workload);
        var metadata = options.metadata();
        return new Workload.Pod(
                merged(labels.all(), metadata.labels),
                merged(Map.of(), metadata.annotations),
                orElse(spec.serviceAccountName, workload),
                spec.serviceAccountName == null,
                PodSecurity.of(path + ".securityContext", spec.securityContext, scope.config(), scope.findings()),
                orElse(spec.imagePullSecrets, orEmpty(scope.defaults().imagePullSecrets)),
                spec.priorityClassName,
                merged(Map.of(), spec.nodeSelector),
                orEmpty(spec.tolerations),
                spec.affinity,
                options.spreadConstraints(labels),
                GracePeriod.of(own.role(), spec.terminationGracePeriodSeconds).seconds(),
                PodTemplateOverlay.of(path, spec.podTemplate, own, scope.findings()));
    }

    private void check() {
        findings.unlessLabels(path + ".nodeSelector", spec.nodeSelector);
        findings.unlessFilled(path + ".tolerations", spec.tolerations);
        findings.unlessMatches(path + ".priorityClassName", spec.priorityClassName, Form.OBJECT_NAME);
        findings.unlessWithin(
                path + ".terminationGracePeriodSeconds",
                spec.terminationGracePeriodSeconds,
                GracePeriod.SHORTEST,
                GracePeriod.LONGEST);
    }

    private void checkAccount(String own) {
        var at = path + ".serviceAccountName";
        findings.unlessMatches(at, spec.serviceAccountName, Form.OBJECT_NAME);
        if (own.equals(spec.serviceAccountName)) {
            findings.add(at, "is the account that the operator makes if none is named: name another, or remove it");
        }
    }

    private PodMetadata metadata() {
        var metadata = orElse(spec.podMetadata, new PodMetadata());
        findings.unlessLabels(path + ".podMetadata.labels", metadata.labels);
        findings.unlessKeys(path + ".podMetadata.annotations", metadata.annotations);
        checkKeys(path + ".podMetadata.labels", metadata.labels);
        checkKeys(path + ".podMetadata.annotations", metadata.annotations);
        return metadata;
    }

    private void checkKeys(String at, Map<String, String> entries) {
        merged(Map.of(), entries).keySet().forEach(key -> {
            if (RESERVED.stream().anyMatch(key::startsWith)) {
                findings.add(Findings.at(at, key), "is reserved for the operator: choose another key");
            } else if (SET_BY_KUBERNETES.contains(key)) {
                findings.add(Findings.at(at, key), "is set by Kubernetes: choose another key");
            }
        });
    }

    private List<TopologySpreadConstraint> spreadConstraints(Labels labels) {
        var at = path + ".topologySpreadConstraints";
        var constraints = orEmpty(spec.topologySpreadConstraints);
        findings.unlessFilled(at, constraints);
        var seen = new HashSet<List<String>>();
        for (int i = 0; i < constraints.size(); i++) {
            if (constraints.get(i) != null) {
                check(at + "[" + i + "]", constraints.get(i), seen);
            }
        }
        return constraints.stream()
                .filter(Objects::nonNull)
                .map(constraint -> withSelector(constraint, labels))
                .toList();
    }

    private void check(String at, TopologySpreadConstraint constraint, Set<List<String>> seen) {
        if (constraint.getMaxSkew() == null || constraint.getMaxSkew() < 1) {
            findings.add(at + ".maxSkew", "must be 1 or more: give the difference that is allowed");
        }
        if (constraint.getTopologyKey() == null || !Form.KEY.matches(constraint.getTopologyKey())) {
            findings.add(
                    at + ".topologyKey", "must be the key of a label of nodes, such as topology.kubernetes.io/zone");
        }
        if (!WHEN_UNSATISFIABLE.contains(orElse(constraint.getWhenUnsatisfiable(), ""))) {
            findings.add(at + ".whenUnsatisfiable", "must be DoNotSchedule or ScheduleAnyway");
        }
        if (!seen.add(Arrays.asList(constraint.getTopologyKey(), constraint.getWhenUnsatisfiable()))) {
            findings.add(at, "has the topologyKey and whenUnsatisfiable of an earlier one: remove one");
        }
    }

    /** Without a selector a constraint counts no pods at all. */
    private static TopologySpreadConstraint withSelector(TopologySpreadConstraint constraint, Labels labels) {
        return constraint.getLabelSelector() != null
                ? constraint
                : new TopologySpreadConstraintBuilder(constraint)
                        .withNewLabelSelector()
                        .withMatchLabels(labels.selector())
                        .endLabelSelector()
                        .build();
    }

    private static Map<String, String> merged(Map<String, String> own, Map<String, String> given) {
        var merged = new TreeMap<String, String>();
        if (given != null) {
            merged.putAll(given);
        }
        merged.putAll(own);
        return merged;
    }
}
