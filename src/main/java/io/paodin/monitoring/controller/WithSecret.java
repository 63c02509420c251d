package io.paodin.monitoring.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Secret;
import io.paodin.monitoring.apply.OwnedObjects;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/**
 * What the informers know, and one Secret, which was read: Secrets are not watched. It is not among {@link #all()}, since
 * the operator never deletes one.
 */
record WithSecret(OwnedObjects cached, Optional<Secret> secret) implements OwnedObjects {

    @Override
    public <T extends HasMetadata> Optional<T> get(Class<T> kind, String name) {
        return kind == Secret.class
                ? secret.filter(read -> read.getMetadata().getName().equals(name))
                        .map(kind::cast)
                : cached.get(kind, name);
    }

    @Override
    public Collection<HasMetadata> all() {
        return cached.all();
    }

    @Override
    public Collection<PersistentVolumeClaim> claims(Map<String, String> labels) {
        return cached.claims(labels);
    }
}
