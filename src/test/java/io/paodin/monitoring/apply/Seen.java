package io.paodin.monitoring.apply;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an informer that selects by label would have seen up to the moment of creation. */
record Seen(List<HasMetadata> objects, List<PersistentVolumeClaim> claims) implements OwnedObjects {

    private static final List<Class<? extends HasMetadata>> KINDS = List.of(
            ConfigMap.class,
            Deployment.class,
            PodDisruptionBudget.class,
            Service.class,
            ServiceAccount.class,
            StatefulSet.class);

    static Seen nothing() {
        return new Seen(List.of(), List.of());
    }

    static Seen now(KubernetesClient client, String namespace) {
        var objects = new ArrayList<HasMetadata>();
        for (var kind : KINDS) {
            objects.addAll(client.resources(kind)
                    .inNamespace(namespace)
                    .withLabel("app.kubernetes.io/managed-by", "paodin-monitoring")
                    .list()
                    .getItems());
        }
        return new Seen(
                objects,
                client.persistentVolumeClaims().inNamespace(namespace).list().getItems());
    }

    @Override
    public <T extends HasMetadata> Optional<T> get(Class<T> kind, String name) {
        return objects.stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .filter(object -> object.getMetadata().getName().equals(name))
                .findFirst();
    }

    @Override
    public Collection<HasMetadata> all() {
        return objects;
    }

    @Override
    public Collection<PersistentVolumeClaim> claims(Map<String, String> labels) {
        return claims.stream()
                .filter(claim -> claim.getMetadata().getLabels().entrySet().containsAll(labels.entrySet()))
                .toList();
    }
}
