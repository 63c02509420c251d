package io.paodin.monitoring.model;

import io.paodin.monitoring.api.v1alpha1.StoreConnection;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What the secured stores of a query depend on beside the resource.
 *
 * @param material what was found where the resource refers to it; for a reference that is not in here, which was not
 *     looked at, its name stands in the files
 * @param published what Envoy was told before
 * @param connections what became of the connections to addresses, by their id; nothing is said of those that are missing
 * @param now by which certificates are judged; empty: their dates are not
 */
public record StoreInputs(
        Map<MaterialRef, SecretValue> material,
        PublishedStores published,
        Map<String, StoreConnection> connections,
        Optional<Instant> now) {

    /** Nothing was looked at. */
    public static final StoreInputs NONE = new StoreInputs(Map.of(), PublishedStores.NONE, Optional.empty());

    /** No connection was looked at. */
    public StoreInputs(Map<MaterialRef, SecretValue> material, PublishedStores published, Optional<Instant> now) {
        this(material, published, Map.of(), now);
    }

    public StoreInputs {
        material = Map.copyOf(material);
        connections = Map.copyOf(connections);
    }
}
