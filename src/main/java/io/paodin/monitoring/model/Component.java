package io.paodin.monitoring.model;

import java.util.Optional;

/** One workload with the objects around it. */
public sealed interface Component permits Query, Router, Ingestor, StoreGateway, Compact {

    /** What status and logs call it, such as {@code query} or {@code receive-ingestor-team-a}. */
    String id();

    /** The kind of its workload. */
    String kind();

    Workload workload();

    /** Empty for a component that uses no bucket. */
    default Optional<StorageAccess> objectStorage() {
        return Optional.empty();
    }

    /** What comes by itself but not yet, in words to stand behind the component's id. */
    default Optional<String> waiting() {
        return objectStorage()
                .flatMap(storage -> storage.turn().map(earlier -> "takes the changed Secret %s when %s has done so"
                        .formatted(storage.secret(), earlier)));
    }

    /** Whether the resource asks for no pods. */
    default boolean isStopped() {
        return Integer.valueOf(0).equals(workload().replicas());
    }

    /** Why it is to be left as it is, if it is. What is stopped needs nothing. */
    default Optional<Holdup> holdup() {
        return isStopped() ? Optional.empty() : objectStorage().flatMap(StorageAccess::holdup);
    }
}
