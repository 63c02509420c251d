package io.paodin.monitoring.controller;

import static java.util.Objects.requireNonNullElse;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.paodin.monitoring.api.v1alpha1.Thanos;
import io.paodin.monitoring.model.HashringFile;
import io.paodin.monitoring.model.Labels;
import io.paodin.monitoring.model.Role;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

/**
 * Plays the controllers of StatefulSets and Deployments, and the kubelet, for the pods of receive of one namespace: what is
 * asked for is there at once, and ready for long. Routers have read what is published.
 */
final class PlayedPods implements ReceivePods {

    private static final String REVISION = "controller-revision-hash";
    private static final String TEMPLATE = "pod-template-hash";
    private static final String LONG_AGO = "2026-01-01T00:00:00Z";

    private final KubernetesClient user;
    private final String namespace;

    PlayedPods(KubernetesClient user, String namespace) {
        this.user = user;
        this.namespace = namespace;
    }

    @Override
    public Collection<Pod> of(Thanos thanos) {
        return user.pods()
                .inNamespace(namespace)
                .withLabel(Labels.INSTANCE, thanos.getMetadata().getName())
                .withLabelIn(Labels.COMPONENT, Role.RECEIVE_INGESTOR.label(), Role.RECEIVE_ROUTER.label())
                .list()
                .getItems();
    }

    /** Makes and ends pods until they are those that are asked for. */
    void play(List<StatefulSet> sets, List<Deployment> deployments) {
        var pods = user.pods().inNamespace(namespace).list().getItems();
        var wanted = new HashSet<String>();
        sets.stream()
                .filter(set -> isOf(Role.RECEIVE_INGESTOR, set.getMetadata().getLabels()))
                .forEach(set -> IntStream.range(0, set.getSpec().getReplicas()).forEach(ordinal -> {
                    var name = set.getMetadata().getName() + "-" + ordinal;
                    wanted.add(name);
                    if (!exists(name, pods)) {
                        make(name, set.getSpec().getTemplate(), REVISION, revision(set));
                    }
                }));
        deployments.stream()
                .filter(deployment ->
                        isOf(Role.RECEIVE_ROUTER, deployment.getMetadata().getLabels()))
                .forEach(deployment -> {
                    var template = Integer.toHexString(user.getKubernetesSerialization()
                            .asJson(deployment.getSpec().getTemplate())
                            .hashCode());
                    IntStream.range(0, requireNonNullElse(deployment.getSpec().getReplicas(), 1))
                            .mapToObj(i -> "%s-%s-%d"
                                    .formatted(deployment.getMetadata().getName(), template, i))
                            .forEach(name -> {
                                wanted.add(name);
                                if (!exists(name, pods)) {
                                    make(name, deployment.getSpec().getTemplate(), TEMPLATE, template);
                                }
                            });
                });
        pods.stream()
                .filter(pod -> !wanted.contains(pod.getMetadata().getName()))
                .filter(pod -> isOf(Role.RECEIVE_INGESTOR, pod.getMetadata().getLabels())
                        || isOf(Role.RECEIVE_ROUTER, pod.getMetadata().getLabels()))
                .forEach(pod -> user.resource(pod).withGracePeriod(0).delete());
    }

    private static boolean exists(String name, List<Pod> pods) {
        return pods.stream().anyMatch(pod -> pod.getMetadata().getName().equals(name));
    }

    /** How many pods of a StatefulSet are of its newest template. */
    int updated(StatefulSet set) {
        if (!isOf(Role.RECEIVE_INGESTOR, set.getMetadata().getLabels())) {
            return set.getSpec().getReplicas();
        }
        var revision = revision(set);
        return (int) pods(set.getSpec().getSelector().getMatchLabels()).stream()
                .filter(pod -> revision.equals(pod.getMetadata().getLabels().get(REVISION)))
                .count();
    }

    /** As a router would answer that has read what is published. */
    CompletionStage<PodMetrics.Values> metrics() {
        var maps = user.configMaps()
                .inNamespace(namespace)
                .withLabel(Labels.COMPONENT, Role.RECEIVE_ROUTER.label())
                .list()
                .getItems();
        if (maps.isEmpty()) {
            return CompletableFuture.failedFuture(new IllegalStateException("there is nothing to read"));
        }
        var file = maps.get(0).getData().values().iterator().next();
        var now = Instant.now();
        return CompletableFuture.completedFuture(new PodMetrics.Values(
                Map.of(
                        "thanos_receive_config_hash",
                        HashringFile.hash(file),
                        "thanos_receive_config_last_reload_success_timestamp_seconds",
                        (double) now.minusSeconds(60).getEpochSecond()),
                Optional.of(now)));
    }

    private void make(String name, PodTemplateSpec template, String label, String value) {
        var pod = user.resource(new PodBuilder()
                        .withNewMetadataLike(template.getMetadata())
                        .withName(name)
                        .withNamespace(namespace)
                        .addToLabels(label, value)
                        .endMetadata()
                        .withSpec(template.getSpec())
                        .build())
                .create();
        pod.setStatus(new PodStatusBuilder()
                .withPhase("Running")
                .withPodIP("192.0.2.7")
                .addNewCondition()
                .withType("Ready")
                .withStatus("True")
                .withLastTransitionTime(LONG_AGO)
                .endCondition()
                .build());
        user.resource(pod).updateStatus();
    }

    private List<Pod> pods(Map<String, String> labels) {
        return user.pods().inNamespace(namespace).withLabels(labels).list().getItems();
    }

    private static boolean isOf(Role role, Map<String, String> labels) {
        return labels != null && role.label().equals(labels.get(Labels.COMPONENT));
    }

    private static String revision(StatefulSet set) {
        return set.getStatus() == null ? "" : requireNonNullElse(set.getStatus().getUpdateRevision(), "");
    }
}
