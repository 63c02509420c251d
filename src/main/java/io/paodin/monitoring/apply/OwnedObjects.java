package io.paodin.monitoring.apply;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/**
 * What the informers know of the owner's namespace: the objects that carry this operator's label. The view may lag behind
 * the server, and it may hold objects of other owners; it never holds kinds that must not be pruned.
 */
public interface OwnedObjects {

    <T extends HasMetadata> Optional<T> get(Class<T> kind, String name);

    Collection<HasMetadata> all();

    /** The claims in the owner's namespace that carry these labels. They belong to StatefulSets, not to the owner. */
    Collection<PersistentVolumeClaim> claims(Map<String, String> labels);
}
