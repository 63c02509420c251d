package io.paodin.monitoring.model;

import java.util.Map;
import java.util.Optional;

/**
 * What a cluster depends on beside its resource: all that has been read, and nothing else.
 *
 * @param secrets what was found where the resource refers to a Secret; a reference that is not in here was not looked
 *     at, and nothing is said about it
 * @param running what there is of the resource's StatefulSets, by name
 * @param compaction what the compactor may do with its bucket; empty if nobody has decided that
 * @param haltedPod the compactor's pod, if it says that it has halted
 * @param stores what the secured stores depend on
 * @param receive what there is of receive beside StatefulSets
 */
public record Inputs(
        Map<SecretRef, SecretValue> secrets,
        Map<String, Running> running,
        Optional<Compaction> compaction,
        Optional<String> haltedPod,
        StoreInputs stores,
        ReceiveState receive) {

    /** Nothing was looked at: no cluster is there. */
    public static final Inputs NONE = of(Map.of());

    /** Nothing but Secrets was looked at. */
    public static Inputs of(Map<SecretRef, SecretValue> secrets) {
        return new Inputs(secrets, Map.of(), Optional.empty(), Optional.empty());
    }

    /** Neither secured stores nor receive were looked at. */
    public Inputs(
            Map<SecretRef, SecretValue> secrets,
            Map<String, Running> running,
            Optional<Compaction> compaction,
            Optional<String> haltedPod) {
        this(secrets, running, compaction, haltedPod, StoreInputs.NONE, ReceiveState.NONE);
    }

    public Inputs {
        secrets = Map.copyOf(secrets);
        running = Map.copyOf(running);
    }

    /**
     * A StatefulSet as it is.
     *
     * @param component the id of the component that it is of
     * @param replicas the desired ones
     * @param storageVersion the version of the object storage configuration that its pods were started with; null if they
     *     have none
     * @param bucket the bucket that its pods work on, if it is a compactor's; else null
     * @param deduplicates whether its pods are a compactor's that merges blocks
     * @param settled whether all pods are of the newest template and available
     */
    public record Running(
            String component,
            int replicas,
            String storageVersion,
            String bucket,
            boolean deduplicates,
            boolean settled) {}

    public Inputs with(Compaction decided) {
        return new Inputs(secrets, running, Optional.of(decided), haltedPod, stores, receive);
    }

    public Inputs with(StoreInputs read) {
        return new Inputs(secrets, running, compaction, haltedPod, read, receive);
    }

    public Inputs with(ReceiveState seen) {
        return new Inputs(secrets, running, compaction, haltedPod, stores, seen);
    }

    /** How many pods a StatefulSet of ingestors has: those that it is to have by now, and those that still stop. */
    int pods(String statefulSet) {
        var last = receive.ingestors().stream()
                .filter(pod -> pod.statefulSet().equals(statefulSet))
                .mapToInt(pod -> pod.ordinal() + 1)
                .max()
                .orElse(0);
        return Math.max(last, running(statefulSet).map(Running::replicas).orElse(0));
    }

    Optional<Running> running(String statefulSet) {
        return Optional.ofNullable(running.get(statefulSet));
    }
}
