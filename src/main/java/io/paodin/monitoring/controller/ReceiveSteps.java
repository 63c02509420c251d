package io.paodin.monitoring.controller;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.paodin.monitoring.apply.Applied;
import io.paodin.monitoring.apply.Outcome;
import io.paodin.monitoring.apply.OwnedObjects;
import io.paodin.monitoring.apply.RolloutSteps;
import io.paodin.monitoring.model.Cluster;
import io.paodin.monitoring.model.Inputs;
import io.paodin.monitoring.model.Receive;
import io.paodin.monitoring.model.Router;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Takes the steps of receive that go beyond manifests: those that the model has decided on. */
@Singleton
public class ReceiveSteps {

    private final RolloutSteps steps;

    public ReceiveSteps(RolloutSteps steps) {
        this.steps = steps;
    }

    /** @param outcome of applying the manifests before */
    List<Applied> take(Cluster cluster, Inputs inputs, Outcome outcome, OwnedObjects owned, Collection<Pod> pods) {
        var byName = pods.stream()
                .collect(
                        Collectors.toMap(pod -> pod.getMetadata().getName(), Function.identity(), (one, other) -> one));
        var taken = new ArrayList<Applied>();
        cluster.receive().ifPresent(receive -> {
            tell(receive, inputs, outcome, byName, taken);
            present(receive.replacedPods(), byName).forEach(pod -> taken.add(steps.replace(pod)));
        });
        cluster.departures().leaving().forEach(leaver -> owned.get(StatefulSet.class, leaver.statefulSet())
                .filter(set -> set.getSpec().getReplicas() > leaver.replicas())
                .ifPresent(set -> taken.add(steps.scale(set, leaver.replicas()))));
        return taken;
    }

    /** Only of a file that is there. */
    private void tell(Receive receive, Inputs inputs, Outcome outcome, Map<String, Pod> pods, List<Applied> taken) {
        var router = receive.router();
        var isPublished = outcome.current(ConfigMap.class, router.hashrings().configMap())
                .filter(map -> router.hashrings().content().equals(map.getData().get(Router.HASHRINGS_KEY)))
                .isPresent();
        if (isPublished) {
            present(router.untold(inputs.receive()), pods)
                    .forEach(pod -> taken.add(steps.annotate(pod, Router.TOLD, router.version())));
        }
    }

    /** Those that have not gone since it was decided on them. */
    private static Stream<Pod> present(List<String> names, Map<String, Pod> pods) {
        return names.stream().map(pods::get).filter(Objects::nonNull);
    }
}
