package io.paodin.monitoring.apply;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Collection;
import java.util.Optional;

/**
 * What the informers know of the owner's namespace: the objects that carry this operator's label. The view may lag behind
 * the server, and it may hold objects of other owners; it never holds kinds that must not be pruned.
 */
public interface OwnedObjects {

    <T extends HasMetadata> Optional<T> get(Class<T> kind, String name);

    Collection<HasMetadata> all();
}
