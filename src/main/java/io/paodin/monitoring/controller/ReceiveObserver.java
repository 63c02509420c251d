package io.paodin.monitoring.controller;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.paodin.monitoring.api.v1alpha1.Thanos;
import io.paodin.monitoring.apply.OwnedObjects;
import io.paodin.monitoring.apply.Owner;
import io.paodin.monitoring.model.Labels;
import io.paodin.monitoring.model.Names;
import io.paodin.monitoring.model.ReceiveState;
import io.paodin.monitoring.model.ReceiveState.IngestorPod;
import io.paodin.monitoring.model.ReceiveState.Published;
import io.paodin.monitoring.model.ReceiveState.RouterPod;
import io.paodin.monitoring.model.Role;
import io.paodin.monitoring.model.Router;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Sees what there is of receive. */
@Singleton
public class ReceiveObserver {

    private static final String REVISION = "controller-revision-hash";

    /** New servers copy it from the node. */
    private static final String ZONE = "topology.kubernetes.io/zone";

    private static final Pattern ORDINAL = Pattern.compile("(.+)-([0-9]{1,9})");

    private final KubernetesClient client;
    private final RouterReports reports;
    private final InstantSource clock;

    public ReceiveObserver(KubernetesClient client, RouterReports reports, Clock clock) {
        this.client = client;
        this.reports = reports;
        this.clock = clock;
    }

    /** What the informers show. No router is asked. */
    ReceiveState cached(Thanos thanos, OwnedObjects owned, ReceivePods pods) {
        var map = owned.get(ConfigMap.class, configMap(thanos)).filter(Owner.of(thanos)::controls);
        return state(map, owned, pods.of(thanos), pod -> new RouterPod.Unasked());
    }

    /**
     * The same, but with what the routers are told at this moment, which is more than a cache knows, and what they say to
     * it: for a pod to be stopped, it must be certain that no router writes to it.
     */
    ReceiveState live(Thanos thanos, OwnedObjects owned, ReceivePods pods) {
        var map = Optional.ofNullable(client.configMaps()
                        .inNamespace(thanos.getMetadata().getNamespace())
                        .withName(configMap(thanos))
                        .get())
                .filter(Owner.of(thanos)::controls);
        return state(map, owned, pods.of(thanos), pod -> reports.answer(thanos, pod));
    }

    private static String configMap(Thanos thanos) {
        return Router.hashringsConfigMap(new Names(thanos.getMetadata().getName()).router());
    }

    private ReceiveState state(
            Optional<ConfigMap> map, OwnedObjects owned, Collection<Pod> pods, Function<Pod, RouterPod.Answer> answer) {
        return new ReceiveState(
                map.flatMap(ReceiveObserver::published),
                ofRole(Role.RECEIVE_INGESTOR, pods)
                        .flatMap(pod -> ingestor(pod, owned).stream())
                        .toList(),
                ofRole(Role.RECEIVE_ROUTER, pods)
                        .filter(CompactorObjects::mayWork)
                        .map(pod -> router(pod, answer))
                        .toList(),
                Optional.of(clock.instant()));
    }

    private static Stream<Pod> ofRole(Role role, Collection<Pod> pods) {
        return pods.stream()
                .filter(pod -> role.label().equals(pod.getMetadata().getLabels().get(Labels.COMPONENT)))
                .sorted(Comparator.comparing(pod -> pod.getMetadata().getName()));
    }

    private static Optional<Published> published(ConfigMap map) {
        var content = map.getData() == null ? null : map.getData().get(Router.HASHRINGS_KEY);
        return Optional.ofNullable(content)
                .map(text -> new Published(
                        text,
                        annotation(map.getMetadata().getAnnotations(), Router.PUBLISHED)
                                .flatMap(ReceiveObserver::time)));
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException e) {
            // Somebody else has written it.
            return Optional.empty();
        }
    }

    private static Optional<IngestorPod> ingestor(Pod pod, OwnedObjects owned) {
        var name = ORDINAL.matcher(pod.getMetadata().getName());
        if (!name.matches()) {
            return Optional.empty();
        }
        var condition = readiness(pod);
        return Optional.of(new IngestorPod(
                name.group(1),
                Integer.parseInt(name.group(2)),
                createdAt(pod),
                isReady(condition),
                condition.map(PodCondition::getLastTransitionTime).flatMap(ReceiveObserver::time),
                isUpdated(pod, owned.get(StatefulSet.class, name.group(1))),
                pod.isMarkedForDeletion(),
                Optional.ofNullable(pod.getMetadata().getLabels().get(ZONE))));
    }

    /** As long as that is not known, it is. */
    private static boolean isUpdated(Pod pod, Optional<StatefulSet> set) {
        return set.filter(ReceiveObserver::isObserved)
                .map(seen -> seen.getStatus().getUpdateRevision())
                .filter(revision ->
                        !revision.equals(pod.getMetadata().getLabels().get(REVISION)))
                .isEmpty();
    }

    private static boolean isObserved(StatefulSet set) {
        return set.getStatus() != null
                && set.getStatus().getObservedGeneration() != null
                && set.getStatus().getObservedGeneration() >= set.getMetadata().getGeneration();
    }

    private static RouterPod router(Pod pod, Function<Pod, RouterPod.Answer> answer) {
        return new RouterPod(
                pod.getMetadata().getName(),
                createdAt(pod),
                annotation(pod.getMetadata().getAnnotations(), Router.TOLD),
                isReady(readiness(pod)),
                pod.isMarkedForDeletion(),
                replicationFactor(pod),
                answer.apply(pod));
    }

    private static Instant createdAt(Pod pod) {
        return time(pod.getMetadata().getCreationTimestamp()).orElse(Instant.EPOCH);
    }

    /** Thanos' own default if it has none. */
    private static int replicationFactor(Pod pod) {
        var flag = "--" + Router.REPLICATION_FACTOR_FLAG + "=";
        return pod.getSpec().getContainers().stream()
                .flatMap(container -> container.getArgs().stream())
                .filter(argument -> argument.matches(Pattern.quote(flag) + "[0-9]{1,4}"))
                .mapToInt(argument -> Integer.parseInt(argument.substring(flag.length())))
                .findFirst()
                .orElse(1);
    }

    private static Optional<PodCondition> readiness(Pod pod) {
        return pod.getStatus() == null
                ? Optional.empty()
                : pod.getStatus().getConditions().stream()
                        .filter(condition -> "Ready".equals(condition.getType()))
                        .findFirst();
    }

    private static boolean isReady(Optional<PodCondition> readiness) {
        return readiness
                .filter(condition -> "True".equals(condition.getStatus()))
                .isPresent();
    }

    private static Optional<String> annotation(Map<String, String> annotations, String name) {
        return Optional.ofNullable(annotations).map(all -> all.get(name));
    }
}
