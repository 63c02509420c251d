package io.paodin.monitoring.apply;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Makes an owner's objects on the server what the manifests say, by server-side apply. An object that is so already
 * costs no request; one that the owner does not control is left alone; one that is refused does not keep the others from
 * being applied. What the owner controls beyond the manifests is deleted, but only once all of them are in place.
 */
public class ManifestApplier {

    private static final Logger LOG = Logger.getLogger(ManifestApplier.class);

    /** An attempt fails on a conflict only if the object was created, deleted or replaced just now. */
    private static final int ATTEMPTS = 3;

    private final KubernetesSerialization json;
    private final ObjectWriter writer;
    private final Manifest.Annotations annotations;
    private final ApplyListener listener;
    private final ClaimGrowth claimGrowth;

    public ManifestApplier(
            KubernetesClient client, String fieldManager, String annotationPrefix, ApplyListener listener) {
        this.json = client.getKubernetesSerialization();
        this.writer = new ObjectWriter(client, fieldManager);
        this.annotations = Manifest.Annotations.withPrefix(annotationPrefix);
        this.listener = listener;
        this.claimGrowth = new ClaimGrowth(writer);
    }

    /**
     * Applies the manifests in their order, then prunes. Errors are in the outcome; none is thrown.
     *
     * @param withheld manifests that are only compared: their objects are wanted, and left as they are
     * @param isKept whether an object that no manifest is for stays for now
     */
    public Outcome apply(
            Owner owner,
            List<HasMetadata> manifests,
            List<HasMetadata> withheld,
            Predicate<HasMetadata> isKept,
            OwnedObjects cached) {
        var left = withheld.stream()
                .map(given -> told(compare(owner, given, Result.WITHHELD, cached)))
                .toList();
        var results = new ArrayList<Applied>();
        for (var given : manifests) {
            var applied = awaitsASecret(given, results, cached)
                    ? List.of(compare(owner, given, Result.WITHHELD, cached))
                    : apply(owner, Manifest.of(given, owner, annotations, json), cached);
            applied.forEach(one -> results.add(told(one)));
            if (applied.stream().anyMatch(ManifestApplier::isTheEnd)) {
                return outcome(results, left);
            }
        }
        if (outcome(results, left).isComplete()) {
            var wanted = Stream.concat(manifests.stream(), withheld.stream()).toList();
            for (var leftover : leftovers(owner, wanted, isKept, cached)) {
                var pruned = prune(leftover);
                results.add(told(pruned));
                if (isTheEnd(pruned)) {
                    break;
                }
            }
        }
        return outcome(results, left);
    }

    /**
     * The Secret before a workload that is not as it should be: new pods would not start without it, and one that is to be
     * emptied is known only by the pods that still mount it.
     */
    private static boolean awaitsASecret(HasMetadata given, List<Applied> before, OwnedObjects cached) {
        return given instanceof Deployment wanted
                && before.stream()
                        .filter(applied -> applied.desired() instanceof Secret
                                && !applied.result().isDone())
                        .anyMatch(applied -> mounts(wanted, applied.name())
                                || cached.get(
                                                Deployment.class,
                                                wanted.getMetadata().getName())
                                        .filter(current -> mounts(current, applied.name()))
                                        .isPresent());
    }

    private static boolean mounts(Deployment deployment, String secret) {
        return deployment.getSpec().getTemplate().getSpec().getVolumes().stream()
                .anyMatch(volume -> volume.getSecret() != null
                        && secret.equals(volume.getSecret().getSecretName()));
    }

    private static Outcome outcome(List<Applied> applied, List<Applied> left) {
        return new Outcome(Stream.concat(applied.stream(), left.stream()).toList());
    }

    /** Applies one manifest, and leaves everything else as it is. */
    public Outcome applyAlone(Owner owner, HasMetadata given, OwnedObjects cached) {
        var manifest = Manifest.of(given, owner, annotations, json);
        return new Outcome(List.of(told(applyInPlace(owner, manifest, cachedOf(given, cached), cached))));
    }

    /** What {@link #apply} would find, as far as the cache can tell; makes no request. */
    public Outcome compare(
            Owner owner, List<HasMetadata> manifests, Predicate<HasMetadata> isKept, OwnedObjects cached) {
        var compared = manifests.stream().map(given -> compare(owner, given, Result.PENDING, cached));
        var leftovers = leftovers(owner, manifests, isKept, cached).stream()
                .map(leftover -> Applied.of(leftover, Result.PENDING, leftover, "is no longer wanted"));
        return new Outcome(Stream.concat(compared, leftovers).toList());
    }

    private Applied compare(Owner owner, HasMetadata given, Result ifDifferent, OwnedObjects cached) {
        var manifest = Manifest.of(given, owner, annotations, json);
        var current = cachedOf(given, cached);
        return settled(owner, manifest, current)
                .orElseGet(() -> Applied.of(given, ifDifferent, current, difference(manifest, current)));
    }

    /** @return the result for the object, after those for its dependents that had to be changed with it */
    private List<Applied> apply(Owner owner, Manifest manifest, OwnedObjects cached) {
        var current = cachedOf(manifest.given(), cached);
        var isOurs = current != null && owner.controls(current) && !current.isMarkedForDeletion();
        return isOurs && current instanceof StatefulSet live && manifest.given() instanceof StatefulSet wanted
                ? apply(owner, manifest, wanted, live, cached)
                : List.of(applyInPlace(owner, manifest, current, cached));
    }

    private List<Applied> apply(
            Owner owner, Manifest manifest, StatefulSet wanted, StatefulSet live, OwnedObjects cached) {
        var change = ClaimChange.of(live, wanted, json);
        return switch (change.kind()) {
            case NONE -> with(claimGrowth.grow(wanted, cached), applyInPlace(owner, manifest, live, cached));
            case GROWTH -> {
                var claims = claimGrowth.grow(wanted, cached);
                yield with(
                        claims,
                        new Outcome(claims).isComplete()
                                ? claimGrowth.recreate(manifest, live)
                                : Applied.of(wanted, Result.WITHHELD, live, "waits for its claims to grow"));
            }
            case SHRINKAGE -> List.of(Applied.of(wanted, Result.IMMUTABLE, live, change.remedy(live)));
            case SETTINGS, VOLUMES -> {
                // The server decides: it may have added something to the templates that nobody wants to change.
                var applied = applyInPlace(owner, manifest, live, cached);
                yield List.of(
                        applied.result() == Result.IMMUTABLE
                                ? Applied.of(wanted, Result.IMMUTABLE, live, change.remedy(live))
                                : applied);
            }
            case OTHER -> List.of(applyInPlace(owner, manifest, live, cached));
        };
    }

    private static List<Applied> with(List<Applied> dependents, Applied applied) {
        return Stream.concat(dependents.stream(), Stream.of(applied)).toList();
    }

    private Applied applyInPlace(Owner owner, Manifest manifest, HasMetadata seen, OwnedObjects cached) {
        var current = seen;
        try {
            for (var attempt = 1; ; attempt++) {
                var settled = settled(owner, manifest, current);
                if (settled.isPresent()) {
                    return settled.get();
                }
                try {
                    return write(manifest, current, cached);
                } catch (KubernetesClientException e) {
                    if (attempt == ATTEMPTS || !ServerAnswer.of(e).isConflict()) {
                        return Applied.refused(manifest.given(), current, e);
                    }
                    // The cache was behind, or does not show the object at all: what the server has decides.
                    current = writer.get(manifest);
                }
            }
        } catch (KubernetesClientException e) {
            return Applied.refused(manifest.given(), current, e);
        }
    }

    /** The result if nothing is to be written. */
    private Optional<Applied> settled(Owner owner, Manifest manifest, HasMetadata current) {
        var given = manifest.given();
        if (current == null) {
            return Optional.empty();
        }
        if (!owner.controls(current)) {
            return Optional.of(othersObject(owner, given, current));
        }
        if (current.isMarkedForDeletion()) {
            return Optional.of(Applied.of(
                    given,
                    Result.TERMINATING,
                    current,
                    isDeletedAlone(current)
                            ? "is being deleted, but not its pods, and will be created anew once it is gone"
                            : "is being deleted and will be created anew once it is gone"));
        }
        return manifest.firstDifference(current, json).isEmpty()
                ? Optional.of(Applied.of(given, Result.UNCHANGED, current, ""))
                : Optional.empty();
    }

    private Applied write(Manifest manifest, HasMetadata current, OwnedObjects cached) {
        var given = manifest.given();
        var difference = difference(manifest, current);
        if (current == null) {
            var created = create(manifest, cached);
            LOG.infof("Created %s", described(created));
            return Applied.of(given, Result.CREATED, created, "");
        }
        var updated = writer.update(manifest, current);
        if (version(updated).equals(version(current))) {
            // Else this would be repeated, unnoticed, at every event.
            LOG.warnf("Applying %s changed nothing although it %s", described(updated), difference);
        } else {
            LOG.infof("Configured %s: it %s", described(updated), difference);
        }
        return Applied.of(given, Result.CONFIGURED, updated, difference);
    }

    private HasMetadata create(Manifest manifest, OwnedObjects cached) {
        var replicas = claimGrowth.replicas(manifest, cached);
        return replicas.isPresent()
                ? writer.update(manifest, writer.create(manifest.withReplicas(replicas.getAsInt())))
                : writer.create(manifest);
    }

    private List<HasMetadata> leftovers(
            Owner owner, List<HasMetadata> manifests, Predicate<HasMetadata> isKept, OwnedObjects cached) {
        var wanted = manifests.stream().map(Key::of).collect(Collectors.toSet());
        return cached.all().stream()
                .filter(owner::controls)
                .filter(object -> !object.isMarkedForDeletion() || isDeletedAlone(object))
                .filter(object -> !wanted.contains(Key.of(object)) && !isKept.test(object))
                .sorted(Comparator.comparing((HasMetadata object) -> object.getKind())
                        .thenComparing(object -> object.getMetadata().getName()))
                .toList();
    }

    private Applied prune(HasMetadata leftover) {
        try {
            if (writer.delete(leftover)) {
                LOG.infof("Deleted %s, which is no longer wanted", described(leftover));
            }
            return Applied.of(leftover, Result.PRUNED, null, "");
        } catch (KubernetesClientException e) {
            return Applied.refused(leftover, leftover, e);
        }
    }

    private Applied told(Applied applied) {
        listener.applied(applied.kind(), applied.result());
        return applied;
    }

    private String difference(Manifest manifest, HasMetadata current) {
        return current == null
                ? "does not exist"
                : manifest.firstDifference(current, json)
                        .map(path -> "differs in " + path)
                        .orElse("");
    }

    /** Whether its dependents are to outlive it, which is not meant for one that is no longer wanted. */
    private static boolean isDeletedAlone(HasMetadata object) {
        return object.isMarkedForDeletion()
                && object.getMetadata().getFinalizers().contains("orphan");
    }

    /** Without a server, or in a namespace that is being deleted, there is no point in going on. */
    private static boolean isTheEnd(Applied applied) {
        return applied.result() == Result.NAMESPACE_TERMINATING
                || applied.failure() != null
                        && ServerAnswer.of(applied.failure()).isMissing();
    }

    private static HasMetadata cachedOf(HasMetadata given, OwnedObjects cached) {
        return cached.get(given.getClass(), given.getMetadata().getName()).orElse(null);
    }

    private static Applied othersObject(Owner owner, HasMetadata given, HasMetadata current) {
        var controller = Owner.controllerOf(current);
        if (controller.isEmpty()) {
            return Applied.of(given, Result.FOREIGN, current, "already exists and was not created by this resource");
        }
        var its = "%s %s".formatted(controller.get().getKind(), controller.get().getName());
        return owner.isNamesakeOf(controller.get())
                ? Applied.of(
                        given,
                        Result.SUPERSEDED,
                        current,
                        "still belongs to an earlier " + its
                                + "; it is created anew once the garbage collector has removed it")
                : Applied.of(given, Result.FOREIGN, current, "already exists and belongs to " + its);
    }

    private static String version(HasMetadata object) {
        return String.valueOf(object.getMetadata().getResourceVersion());
    }

    private static String described(HasMetadata object) {
        var metadata = object.getMetadata();
        return "%s %s/%s".formatted(object.getKind(), metadata.getNamespace(), metadata.getName());
    }

    private record Key(String group, String kind, String name) {

        static Key of(HasMetadata object) {
            return new Key(
                    Owner.groupOf(object.getApiVersion()),
                    object.getKind(),
                    object.getMetadata().getName());
        }
    }
}
