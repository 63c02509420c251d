package io.paodin.monitoring.controller;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.paodin.monitoring.api.v1alpha1.Thanos;
import io.paodin.monitoring.model.Labels;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What informers that miss nothing would show, in all namespaces. */
record LiveCompactors(KubernetesClient client, List<StatefulSet> sets, List<Pod> pods) implements Compactors {

    static LiveCompactors of(KubernetesClient client) {
        return new LiveCompactors(
                client,
                client.apps()
                        .statefulSets()
                        .inAnyNamespace()
                        .withLabel(Labels.MANAGED_BY, Labels.OPERATOR)
                        .list()
                        .getItems(),
                client.pods()
                        .inAnyNamespace()
                        .withLabel(Labels.MANAGED_BY, Labels.OPERATOR)
                        .withLabel(Labels.COMPONENT, "compact")
                        .list()
                        .getItems());
    }

    @Override
    public Optional<Thanos> resource(String namespace, String name) {
        return Optional.ofNullable(client.resources(Thanos.class)
                .inNamespace(namespace)
                .withName(name)
                .get());
    }

    @Override
    public Collection<StatefulSet> sets(String bucket) {
        return sets.stream()
                .filter(set ->
                        CompactorObjects.bucket(set).filter(bucket::equals).isPresent())
                .toList();
    }

    @Override
    public Collection<Pod> pods(String bucket) {
        return pods.stream()
                .filter(pod ->
                        CompactorObjects.bucket(pod).filter(bucket::equals).isPresent())
                .toList();
    }

    @Override
    public Optional<StatefulSet> setOf(Thanos thanos) {
        return sets.stream()
                .filter(set -> CompactorObjects.bucket(set).isPresent())
                .filter(set ->
                        CompactorObjects.isOwnedBy(set, thanos.getMetadata().getUid()))
                .findFirst();
    }

    @Override
    public Collection<Pod> podsOf(Thanos thanos) {
        return pods.stream()
                .filter(pod -> pod.getMetadata()
                        .getNamespace()
                        .equals(thanos.getMetadata().getNamespace()))
                .filter(pod -> thanos.getMetadata()
                        .getName()
                        .equals(pod.getMetadata().getLabels().get(Labels.INSTANCE)))
                .toList();
    }
}
