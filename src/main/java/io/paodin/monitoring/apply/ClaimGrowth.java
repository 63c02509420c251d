package io.paodin.monitoring.apply;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jboss.logging.Logger;

/**
 * Lets the claims of a StatefulSet grow to what its templates are to ask for. Claims can grow, templates cannot: so the
 * StatefulSet is deleted, but not its pods and claims, and created anew. The new one takes the pods over as they run.
 *
 * <p>What is to be done next follows from what is there, so it does not matter where an earlier attempt has ended, nor
 * what was wanted then. Nothing is deleted before every claim has been allowed to grow.
 */
final class ClaimGrowth {

    private static final Logger LOG = Logger.getLogger(ClaimGrowth.class);
    private static final String BOUND = "Bound";
    private static final String RETAIN = "Retain";
    private static final String GOES_ON = "is being created anew, for claims of the new size; its pods go on";

    private final ObjectWriter writer;

    ClaimGrowth(ObjectWriter writer) {
        this.writer = writer;
    }

    /**
     * Asks for the wanted size wherever a claim has asked for less. A claim that has no volume yet has to wait for it.
     *
     * @return the claims that were to grow
     */
    List<Applied> grow(StatefulSet wanted, OwnedObjects cached) {
        var results = new ArrayList<Applied>();
        cached.claims(wanted.getSpec().getSelector().getMatchLabels()).stream()
                .filter(ClaimGrowth::canGrow)
                .sorted(Comparator.comparing(ClaimGrowth::name))
                .forEach(claim -> template(claim, wanted)
                        .map(StorageRequest::of)
                        .filter(size -> StorageRequest.of(claim).isLessThan(size))
                        .ifPresent(size -> results.add(grow(claim, size))));
        return results;
    }

    private Applied grow(PersistentVolumeClaim claim, StorageRequest size) {
        try {
            var grown = writer.requestStorage(claim, size);
            var message = "asks for %s instead of %s".formatted(size, StorageRequest.of(claim));
            LOG.infof("Configured PersistentVolumeClaim %s/%s: it %s", namespace(claim), name(claim), message);
            return Applied.of(claim, Result.CONFIGURED, grown, message);
        } catch (KubernetesClientException e) {
            // What is immutable of a claim is not what was to be changed.
            return Applied.refused(claim, null, e);
        }
    }

    /** Takes the next step towards a StatefulSet with greater templates; its claims have grown already. */
    Applied recreate(Manifest manifest, StatefulSet live) {
        try {
            return Applied.of(manifest.given(), Result.RECREATING, live, step(manifest, live));
        } catch (KubernetesClientException e) {
            var answer = ServerAnswer.of(e);
            // It has changed in the meantime, and so there is an event to come.
            return answer.isConflict() || answer.isNotFound()
                    ? Applied.of(manifest.given(), Result.RECREATING, live, GOES_ON)
                    : Applied.refused(manifest.given(), live, e);
        }
    }

    private String step(Manifest manifest, StatefulSet live) {
        if (!manifest.enforcesReplicas()
                && Integer.valueOf(0).equals(live.getSpec().getReplicas())) {
            return "is to be created anew, for claims of the new size, but nothing else would keep its count of 0: it is done once it has a pod";
        }
        if (deletesClaims(live)) {
            // Else claims may come to refer to the StatefulSet unseen, just before it is gone, and would be deleted.
            writer.retainClaims(live);
            LOG.infof("StatefulSet %s/%s lets go of its claims", namespace(live), name(live));
            return GOES_ON;
        }
        if (!isObserved(live)) {
            return GOES_ON;
        }
        // Its controller does not look at the claims of pods that are no more.
        writer.claims(live).stream()
                .filter(claim -> refersTo(claim, live))
                .forEach(claim -> writer.release(claim, live));
        writer.deleteAlone(live);
        LOG.infof(
                "Deleted StatefulSet %s/%s, but not its pods, to create it anew for greater claims",
                namespace(live), name(live));
        return GOES_ON;
    }

    /**
     * How many replicas a StatefulSet has to begin with whose count is not the manifest's, so that the pods go on which an
     * earlier one has left.
     *
     * @return empty if there are none
     */
    OptionalInt replicas(Manifest manifest, OwnedObjects cached) {
        if (manifest.enforcesReplicas()
                || !(manifest.given() instanceof StatefulSet set)
                || cached.claims(set.getSpec().getSelector().getMatchLabels()).isEmpty()) {
            return OptionalInt.empty();
        }
        var greatest = writer.pods(set, manifest.namespace()).stream()
                .filter(pod -> !pod.isMarkedForDeletion())
                .flatMapToInt(pod -> Ordinal.of(name(pod), name(set)).stream())
                .max();
        return greatest.isPresent() ? OptionalInt.of(greatest.getAsInt() + 1) : greatest;
    }

    static boolean deletesClaims(StatefulSet set) {
        var policy = set.getSpec().getPersistentVolumeClaimRetentionPolicy();
        return policy != null && !RETAIN.equals(policy.getWhenDeleted());
    }

    private static boolean canGrow(PersistentVolumeClaim claim) {
        return claim.getStatus() != null && BOUND.equals(claim.getStatus().getPhase()) && !claim.isMarkedForDeletion();
    }

    private static Optional<PersistentVolumeClaim> template(PersistentVolumeClaim claim, StatefulSet set) {
        return set.getSpec().getVolumeClaimTemplates().stream()
                .filter(template -> Ordinal.of(name(claim), name(template) + "-" + name(set))
                        .isPresent())
                .findFirst();
    }

    /** Whether its controller has acted on the newest version, and so on no older one any more. */
    private static boolean isObserved(StatefulSet set) {
        var status = set.getStatus();
        return status != null
                && status.getObservedGeneration() != null
                && status.getObservedGeneration() >= set.getMetadata().getGeneration();
    }

    private static boolean refersTo(PersistentVolumeClaim claim, StatefulSet set) {
        return claim.getMetadata().getOwnerReferences().stream()
                .anyMatch(
                        reference -> reference.getUid().equals(set.getMetadata().getUid()));
    }

    private static String name(HasMetadata object) {
        return object.getMetadata().getName();
    }

    private static String namespace(HasMetadata object) {
        return object.getMetadata().getNamespace();
    }
}
