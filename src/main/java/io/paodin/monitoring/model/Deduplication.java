package io.paodin.monitoring.model;

import static io.paodin.monitoring.model.Defaults.orElse;
import static io.paodin.monitoring.model.Defaults.orEmpty;

import io.paodin.monitoring.api.v1alpha1.DeduplicationFunction;
import io.paodin.monitoring.api.v1alpha1.DeduplicationSpec;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;

/**
 * How the compactor merges blocks that hold the same series: for good.
 *
 * @param replicaLabels empty for not at all
 * @param function the value of {@code --deduplication.func}; null for Thanos' own, one to one
 */
public record Deduplication(List<String> replicaLabels, String function) {

    private static final List<String> BY_DEFAULT = List.of(Ingestor.REPLICA_LABEL);

    /** The beginning of the argument by which a running compactor can be seen to merge. */
    public static final String ARGUMENT = "--deduplication.replica-label=";

    static Deduplication of(DeduplicationSpec given, int replicationFactor, String path, Findings findings) {
        var spec = orElse(given, new DeduplicationSpec());
        check(spec, path, findings);
        var asked = orElse(spec.enabled, replicationFactor > 1 || spec.replicaLabels != null);
        if (!asked) {
            return new Deduplication(List.of(), null);
        }
        var labels = new LinkedHashSet<String>();
        orElse(spec.replicaLabels, BY_DEFAULT).stream().filter(Objects::nonNull).forEach(labels::add);
        var function = spec.func == DeduplicationFunction.PENALTY ? spec.func.toString() : null;
        return new Deduplication(List.copyOf(labels), function);
    }

    public boolean isEnabled() {
        return !replicaLabels.isEmpty();
    }

    private static void check(DeduplicationSpec spec, String path, Findings findings) {
        findings.unlessKnown(path + ".func", spec.func, DeduplicationFunction.UNKNOWN);
        var labels = orEmpty(spec.replicaLabels);
        for (int i = 0; i < labels.size(); i++) {
            findings.unlessMatches(path + ".replicaLabels[" + i + "]", labels.get(i), Form.LABEL_NAME);
        }
        findings.unlessFilled(path + ".replicaLabels", labels);
        if (spec.replicaLabels != null && labels.isEmpty()) {
            findings.add(path + ".replicaLabels", "is empty: name a label, or set enabled to false");
        }
        if (Boolean.FALSE.equals(spec.enabled) && (spec.replicaLabels != null || spec.func != null)) {
            findings.add(path + ".enabled", "is false, so replicaLabels and func have no effect: remove them");
        }
    }
}
