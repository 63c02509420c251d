package io.paodin.monitoring.model;

import static io.paodin.monitoring.model.Defaults.orElse;

import io.paodin.monitoring.api.v1alpha1.SecretKey;
import io.paodin.monitoring.api.v1alpha1.ThanosSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Which component uses which object storage configuration, and in which version. Thanos reads it when it starts, so a
 * changed Secret has to restart what reads it: one component after the other, in the order of {@link #needs}, each once
 * the one before runs well on the new content.
 */
final class StoragePlan {

    private static final String DEFAULT = "spec.objectStorageConfig";

    private final Map<String, StorageAccess> accesses;

    private StoragePlan(Map<String, StorageAccess> accesses) {
        this.accesses = accesses;
    }

    /** A component that reads object storage. */
    private record Need(String component, String statefulSet, String path, SecretKey key) {}

    static StoragePlan of(ThanosSpec spec, Names names, String namespace, Inputs inputs, Findings findings) {
        findings.unlessSecretKey(DEFAULT, spec.objectStorageConfig);
        var accesses = new LinkedHashMap<String, StorageAccess>();
        String changing = null;
        for (var need : needs(spec, names)) {
            findings.unlessSecretKey(need.path(), need.key());
            var wanted = access(need, namespace, inputs);
            var running = inputs.running(need.statefulSet());
            var access =
                    running.isEmpty() ? wanted : inTurn(wanted, running.get().storageVersion(), changing);
            accesses.put(need.statefulSet(), access);
            // One that is held up is left alone, so waiting for it would have no end.
            var isActive = access.holdup().isEmpty();
            if (changing == null
                    && isActive
                    && running.filter(r -> isChanging(r, access)).isPresent()) {
                changing = need.component();
            }
        }
        return new StoragePlan(accesses);
    }

    /** All references of a spec that can be looked up. */
    static Set<SecretRef> references(ThanosSpec spec) {
        var references = new LinkedHashSet<SecretRef>();
        // The names of the workloads do not matter here.
        for (var need : needs(spec, new Names(""))) {
            var reference = SecretRef.of(need.key());
            if (reference.isWellFormed()) {
                references.add(reference);
            }
        }
        return references;
    }

    /** The access of the component with this StatefulSet; empty if it has no bucket. */
    Optional<StorageAccess> access(String statefulSet) {
        return Optional.ofNullable(accesses.get(statefulSet));
    }

    private static List<Need> needs(ThanosSpec spec, Names names) {
        var needs = new ArrayList<Need>();
        if (spec.receive != null) {
            var ingestors = Defaults.orEmpty(spec.receive.ingestors);
            for (int i = 0; i < ingestors.size(); i++) {
                if (ingestors.get(i) != null) {
                    var name = orElse(ingestors.get(i).name, "");
                    var path = "spec.receive.ingestors[" + i + "].objectStorageConfig";
                    needs.add(need(
                            Ingestor.id(name), names.ingestor(name), path, ingestors.get(i).objectStorageConfig, spec));
                }
            }
            needs.sort(Comparator.comparing(Need::component));
        }
        if (spec.storeGateway != null) {
            var own = spec.storeGateway.objectStorageConfig;
            needs.add(need(
                    Role.STORE_GATEWAY.label(),
                    names.storeGateway(),
                    StoreGateway.PATH + ".objectStorageConfig",
                    own,
                    spec));
        }
        if (spec.compact != null) {
            var own = spec.compact.objectStorageConfig;
            needs.add(need(Role.COMPACT.label(), names.compact(), Compact.PATH + ".objectStorageConfig", own, spec));
        }
        needs.removeIf(need -> need.key() == null);
        return needs;
    }

    private static Need need(String component, String statefulSet, String path, SecretKey own, ThanosSpec spec) {
        return own == null
                ? new Need(component, statefulSet, DEFAULT, spec.objectStorageConfig)
                : new Need(component, statefulSet, path, own);
    }

    private static StorageAccess access(Need need, String namespace, Inputs inputs) {
        var reference = SecretRef.of(need.key());
        var value = inputs.secrets().get(reference);
        if (value instanceof SecretValue.Found found) {
            var storage = ObjectStorage.parse(found.content());
            var bucket = storage.bucket().map(b -> b.seenFrom(namespace));
            return storage.isUsable()
                    ? access(reference, reference.version(found.content()), bucket, null)
                    : access(reference, null, Optional.empty(), invalid(reference, storage.problems()));
        }
        return access(
                reference,
                null,
                Optional.empty(),
                Holdup.of(reference, value, need.path()).orElse(null));
    }

    private static Holdup invalid(SecretRef reference, List<String> problems) {
        return new Holdup(
                Reason.InvalidObjectStorage,
                "Secret %s, key %s: %s".formatted(reference.name(), reference.key(), String.join("; ", problems)));
    }

    private static StorageAccess access(SecretRef reference, String version, Optional<Bucket> bucket, Holdup holdup) {
        return new StorageAccess(
                reference.name(), reference.key(), version, bucket, Optional.ofNullable(holdup), Optional.empty());
    }

    /**
     * The access of a component that runs already. Another Secret or key is a change of the spec and made at once; another
     * content of the same waits while an earlier component is changing.
     */
    private static StorageAccess inTurn(StorageAccess wanted, String running, String changing) {
        if (wanted.version() == null) {
            return wanted.withVersion(running);
        }
        return changing != null && isOtherContent(running, wanted.version())
                ? wanted.withVersion(running).after(changing)
                : wanted;
    }

    private static boolean isChanging(Inputs.Running running, StorageAccess access) {
        return !running.settled() || !Objects.equals(running.storageVersion(), access.version());
    }

    private static boolean isOtherContent(String running, String wanted) {
        return running != null && !running.equals(wanted) && source(running).equals(source(wanted));
    }

    private static String source(String version) {
        return version.substring(0, version.lastIndexOf('@') + 1);
    }
}
