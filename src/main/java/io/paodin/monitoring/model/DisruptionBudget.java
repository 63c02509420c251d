package io.paodin.monitoring.model;

import java.util.List;
import java.util.Map;

/** @param ingestors the ingestors whose pods it covers; empty for all pods of the selector */
public record DisruptionBudget(
        String name,
        Map<String, String> labels,
        int maxUnavailable,
        Map<String, String> selector,
        List<String> ingestors) {

    /** One pod at a time. */
    static DisruptionBudget of(String workload, Labels labels) {
        return new DisruptionBudget(workload, labels.all(), 1, labels.selector(), List.of());
    }
}
