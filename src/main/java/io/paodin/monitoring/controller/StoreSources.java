package io.paodin.monitoring.controller;

import static java.util.Objects.requireNonNullElse;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.paodin.monitoring.api.v1alpha1.Thanos;
import io.paodin.monitoring.apply.OwnedObjects;
import io.paodin.monitoring.apply.Owner;
import io.paodin.monitoring.apply.ServerAnswer;
import io.paodin.monitoring.model.Cluster;
import io.paodin.monitoring.model.MaterialRef;
import io.paodin.monitoring.model.Names;
import io.paodin.monitoring.model.PublishedStores;
import io.paodin.monitoring.model.SecretValue;
import io.paodin.monitoring.model.StoreInputs;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Reads what secured stores depend on, by name, each time: certificates and credentials, and the Secret that tells Envoy.
 * For a resource without such stores nothing is read.
 */
@Singleton
public class StoreSources {

    private static final Logger LOG = Logger.getLogger(StoreSources.class);

    private final KubernetesClient client;
    private final StoreConnections connections;
    private final InstantSource clock;

    public StoreSources(KubernetesClient client, StoreConnections connections, Clock clock) {
        this.client = client;
        this.connections = connections;
        this.clock = clock;
    }

    /**
     * What was read.
     *
     * @param secret the one that tells Envoy, as it is; empty if there is none, or it was not looked at
     */
    record Read(StoreInputs inputs, Optional<Secret> secret) {

        static final Read NOTHING = new Read(StoreInputs.NONE, Optional.empty());
    }

    /** @throws KubernetesClientException if it cannot be told what Envoy was told: it must not be told otherwise then */
    Read read(Thanos thanos, OwnedObjects owned) {
        var name = Names.envoy(new Names(thanos.getMetadata().getName()).query());
        if (!Cluster.hasSecuredStores(thanos) && !isMounted(name, thanos, owned)) {
            return Read.NOTHING;
        }
        var secret = Optional.ofNullable(client.secrets()
                .inNamespace(thanos.getMetadata().getNamespace())
                .withName(name)
                .get());
        var owner = Owner.of(thanos);
        var published = secret.filter(owner::controls)
                .map(own -> PublishedStores.of(texts(own)))
                .orElse(PublishedStores.NONE);
        return new Read(
                new StoreInputs(material(thanos), published, connections.of(thanos), Optional.of(clock.instant())),
                secret);
    }

    /** Whether there is a proxy that reads it: when it is the last to know, what it was told has to be taken back. */
    private static boolean isMounted(String secret, Thanos thanos, OwnedObjects owned) {
        var query = new Names(thanos.getMetadata().getName()).query();
        return owned.get(Deployment.class, query)
                .filter(Owner.of(thanos)::controls)
                .filter(deployment -> deployment.getSpec().getTemplate().getSpec().getVolumes().stream()
                        .anyMatch(volume -> volume.getSecret() != null
                                && secret.equals(volume.getSecret().getSecretName())))
                .isPresent();
    }

    private Map<MaterialRef, SecretValue> material(Thanos thanos) {
        var namespace = thanos.getMetadata().getNamespace();
        var objects = new HashMap<String, Function<String, SecretValue>>();
        var values = new HashMap<MaterialRef, SecretValue>();
        for (var reference : Cluster.storeReferences(thanos)) {
            var object = objects.computeIfAbsent(
                    reference.kind() + "/" + reference.name(), id -> read(namespace, reference));
            values.put(reference, object.apply(reference.key()));
        }
        return values;
    }

    /** @return what the object has under a key */
    private Function<String, SecretValue> read(String namespace, MaterialRef reference) {
        try {
            return (reference.kind() == MaterialRef.Kind.Secret
                            ? secret(namespace, reference.name())
                            : configMap(namespace, reference.name()))
                    .<Function<String, SecretValue>>map(data -> key -> value(data, key))
                    .orElse(key -> new SecretValue.Missing("does not exist: create it with the key " + key));
        } catch (KubernetesClientException e) {
            var answer = ServerAnswer.of(e);
            if (answer.isForbidden()) {
                return key -> new SecretValue.Missing("may not be read by the operator: give it the right to get it");
            }
            LOG.warnf("Cannot read %s %s/%s: %s", reference.kind(), namespace, reference.name(), answer.message());
            return key -> new SecretValue.Unreadable(answer.message());
        }
    }

    private Optional<Map<String, String>> secret(String namespace, String name) {
        return Optional.ofNullable(
                        client.secrets().inNamespace(namespace).withName(name).get())
                .map(StoreSources::texts);
    }

    private Optional<Map<String, String>> configMap(String namespace, String name) {
        return Optional.ofNullable(client.configMaps()
                        .inNamespace(namespace)
                        .withName(name)
                        .get())
                .map(map -> requireNonNullElse(map.getData(), Map.of()));
    }

    private static SecretValue value(Map<String, String> data, String key) {
        var content = data.get(key);
        return content == null
                ? new SecretValue.Missing("has no key %s: add it".formatted(key))
                : new SecretValue.Found(content);
    }

    private static Map<String, String> texts(Secret secret) {
        var texts = new TreeMap<String, String>();
        requireNonNullElse(secret.getData(), Map.<String, String>of())
                .forEach((key, data) ->
                        texts.put(key, new String(Base64.getDecoder().decode(data), StandardCharsets.UTF_8)));
        return texts;
    }
}
