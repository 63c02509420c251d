package io.paodin.monitoring.controller;

import static java.util.Objects.requireNonNullElse;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.paodin.monitoring.api.v1alpha1.Thanos;
import io.paodin.monitoring.apply.OwnedObjects;
import io.paodin.monitoring.apply.Owner;
import io.paodin.monitoring.apply.ServerAnswer;
import io.paodin.monitoring.config.OperatorConfig;
import io.paodin.monitoring.model.Cluster;
import io.paodin.monitoring.model.Compaction;
import io.paodin.monitoring.model.Component;
import io.paodin.monitoring.model.Deduplication;
import io.paodin.monitoring.model.Inputs;
import io.paodin.monitoring.model.SecretRef;
import io.paodin.monitoring.model.SecretValue;
import io.paodin.monitoring.model.StorageAccess;
import io.paodin.monitoring.status.WorkloadState;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Reads what a cluster depends on beside its resource. Secrets are read by name, each time: there is no cache of them. */
@Singleton
public class Gatherer {

    private static final Logger LOG = Logger.getLogger(Gatherer.class);

    private final KubernetesClient client;
    private final OperatorConfig config;
    private final BucketClaims claims;
    private final HaltedCompactors haltedCompactors;
    private final ReceiveObserver receive;

    public Gatherer(
            KubernetesClient client,
            OperatorConfig config,
            BucketClaims claims,
            HaltedCompactors haltedCompactors,
            ReceiveObserver receive) {
        this.client = client;
        this.config = config;
        this.claims = claims;
        this.haltedCompactors = haltedCompactors;
        this.receive = receive;
    }

    Inputs gather(Thanos thanos, OwnedObjects owned, Compactors compactors, ReceivePods pods) {
        var inputs = new Inputs(
                        secrets(thanos),
                        running(thanos, owned),
                        Optional.empty(),
                        haltedCompactors.haltedPod(thanos, compactors))
                .with(receive.cached(thanos, owned, pods));
        var cluster = Cluster.of(thanos, inputs, config);
        if (cluster.isActive() && cluster.isAnyoneLeaving()) {
            inputs = inputs.with(receive.live(thanos, owned, pods));
        }
        // Which bucket the compactor wants is for the cluster to say, and what it may do there for all clusters
        // together.
        return compaction(thanos, cluster, compactors).map(inputs::with).orElse(inputs);
    }

    /** What is known without a request. */
    Inputs known(Thanos thanos, OwnedObjects owned, ReceivePods pods) {
        return new Inputs(Map.of(), running(thanos, owned), Optional.empty(), Optional.empty())
                .with(receive.cached(thanos, owned, pods));
    }

    private Optional<Compaction> compaction(Thanos thanos, Cluster cluster, Compactors compactors) {
        if (!cluster.isActive()) {
            return claims.keep(thanos, compactors);
        }
        var compact = cluster.compact().filter(c -> !c.isStopped());
        if (compact.isEmpty()) {
            claims.release(thanos);
            return Optional.empty();
        }
        return compact.flatMap(Component::objectStorage)
                .flatMap(StorageAccess::bucket)
                .map(bucket -> claims.claim(thanos, bucket.id(), compactors))
                .or(() -> claims.keep(thanos, compactors));
    }

    private Map<SecretRef, SecretValue> secrets(Thanos thanos) {
        var values = new HashMap<SecretRef, SecretValue>();
        var read = new HashMap<String, Function<String, SecretValue>>();
        for (var reference : Cluster.references(thanos)) {
            var secret = read.computeIfAbsent(
                    reference.name(), name -> read(thanos.getMetadata().getNamespace(), name));
            values.put(reference, secret.apply(reference.key()));
        }
        return values;
    }

    /** @return what the Secret has under a key */
    private Function<String, SecretValue> read(String namespace, String name) {
        try {
            var secret = client.secrets().inNamespace(namespace).withName(name).get();
            return secret == null
                    ? key -> new SecretValue.Missing("does not exist: create it with the key " + key)
                    : key -> value(secret, key);
        } catch (KubernetesClientException e) {
            var answer = ServerAnswer.of(e);
            if (answer.isForbidden()) {
                return key -> new SecretValue.Missing("may not be read by the operator: give it the right to get it");
            }
            LOG.warnf("Cannot read Secret %s/%s: %s", namespace, name, answer.message());
            return key -> new SecretValue.Unreadable(answer.message());
        }
    }

    private static SecretValue value(Secret secret, String key) {
        var data = secret.getData() == null ? null : secret.getData().get(key);
        return data == null
                ? new SecretValue.Missing("has no key %s: add it".formatted(key))
                : new SecretValue.Found(new String(Base64.getDecoder().decode(data), StandardCharsets.UTF_8));
    }

    private static Map<String, Inputs.Running> running(Thanos thanos, OwnedObjects owned) {
        var owner = Owner.of(thanos);
        var running = new HashMap<String, Inputs.Running>();
        owned.all().stream()
                .filter(object -> object instanceof StatefulSet && owner.controls(object))
                .map(StatefulSet.class::cast)
                .forEach(set -> running.put(set.getMetadata().getName(), running(set)));
        return running;
    }

    private static Inputs.Running running(StatefulSet set) {
        var state = WorkloadState.of(set).orElseThrow();
        var template = set.getSpec().getTemplate();
        var annotations = requireNonNullElse(template.getMetadata().getAnnotations(), Map.<String, String>of());
        var deduplicates = template.getSpec().getContainers().stream()
                .flatMap(container -> container.getArgs().stream())
                .anyMatch(argument -> argument.startsWith(Deduplication.ARGUMENT));
        return new Inputs.Running(
                state.component(),
                state.desired(),
                annotations.get(StorageAccess.VERSION),
                annotations.get(Compaction.BUCKET_ANNOTATION),
                deduplicates && state.desired() > 0,
                state.settled());
    }
}
