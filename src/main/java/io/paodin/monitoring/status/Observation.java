package io.paodin.monitoring.status;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was seen of a cluster after the attempt to apply it.
 *
 * @param workloads all Deployments and StatefulSets of the resource
 * @param rings the members of each hashring that is published to the routers
 * @param problems what kept parts of it from being applied
 * @param pending whether changes wait because the resource is paused
 */
public record Observation(
        List<WorkloadState> workloads, Map<String, List<String>> rings, List<Problem> problems, boolean pending) {

    Optional<WorkloadState> workload(String kind, String name) {
        return workloads.stream()
                .filter(w -> w.kind().equals(kind) && w.name().equals(name))
                .findFirst();
    }
}
