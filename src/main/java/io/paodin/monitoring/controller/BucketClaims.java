package io.paodin.monitoring.controller;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import io.paodin.monitoring.api.v1alpha1.Thanos;
import io.paodin.monitoring.model.Compaction;
import io.paodin.monitoring.model.Compaction.Contender;
import io.paodin.monitoring.model.Compaction.Occupant;
import io.paodin.monitoring.model.Compaction.Verdict;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which resource wants its compactor on which bucket, and which of them has been let onto it. The informers alone could
 * not tell: of two resources that are looked at in the same moment, none would see the StatefulSet of the other.
 *
 * <p>What is in memory is lost with the process. Until a resource is looked at again, its StatefulSet speaks for it.
 *
 * <p>An event source: whoever else wants the bucket is looked at again when a claim appears, changes or ends.
 */
@Singleton
public class BucketClaims extends SimpleInboundEventSource<Thanos> implements ResourceEventAware<Thanos> {

    /** For how long a StatefulSet that was let onto a bucket, and that no informer has shown yet, may still appear. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** @param verdict {@code RUN} from the decision on, long before the informers show what comes of it */
    private record Claim(Contender contender, String bucket, Verdict verdict) {

        boolean runs() {
            return verdict == Verdict.RUN;
        }

        boolean isOn(String other) {
            return bucket.equals(other);
        }

        boolean isOf(Contender other) {
            return contender.uid().equals(other.uid());
        }
    }

    /** Who was let onto a bucket, and has given it back. From then on the StatefulSet counts, once it is seen. */
    private static final class Leaver {

        private final Contender contender;
        private final String bucket;

        Leaver(Contender contender, String bucket) {
            this.contender = contender;
            this.bucket = bucket;
        }
    }

    private final Object lock = new Object();

    /** By UID. Written with the lock held, but read without it by informers that hold locks of their own. */
    private final Map<String, Claim> claims = new ConcurrentHashMap<>();

    private final List<Leaver> leavers = new ArrayList<>();
    private final Executor later;

    public BucketClaims() {
        this(CompletableFuture.delayedExecutor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS, Runnable::run));
    }

    /** @param later runs what it is given when the informers must have shown what was written before */
    BucketClaims(Executor later) {
        super("bucket-claims");
        this.later = later;
    }

    /** The resource wants its compactor on the bucket. */
    Compaction claim(Thanos thanos, String bucket, Compactors seen) {
        var own = contender(thanos);
        Compaction compaction;
        var others = new HashSet<ResourceID>();
        synchronized (lock) {
            // What others have taken for its claim so far.
            var implied = claims.containsKey(own.uid())
                    ? Optional.<String>empty()
                    : seen.setOf(thanos).flatMap(CompactorObjects::bucket);
            var former = former(thanos, bucket, seen);
            var use = new Compaction.Use(
                    contenders(own, bucket, seen), occupants(own, bucket, seen), isOwn(own, thanos, bucket, seen));
            compaction = Compaction.decide(own, bucket, former, use);
            others.addAll(put(own, new Claim(own, bucket, compaction.verdict())));
            implied.ifPresent(b -> others(own, b).forEach(others::add));
            forgetLeavers(seen);
        }
        others.forEach(this::propagateEvent);
        return compaction;
    }

    /**
     * It cannot be told now which bucket the resource wants, so it keeps the one it had.
     *
     * @return empty if it had none
     */
    Optional<Compaction> keep(Thanos thanos, Compactors seen) {
        var claim = claims.get(thanos.getMetadata().getUid());
        var bucket = claim != null
                ? Optional.of(claim.bucket())
                : seen.setOf(thanos)
                        .filter(set -> CompactorObjects.mayWork(set) || wantsCompactor(thanos))
                        .flatMap(CompactorObjects::bucket);
        return bucket.map(b -> claim(thanos, b, seen));
    }

    /** The resource wants no compactor any more. */
    void release(Thanos thanos) {
        Set<ResourceID> others;
        synchronized (lock) {
            others = put(contender(thanos), null);
        }
        others.forEach(this::propagateEvent);
    }

    /** Those who want the bucket and cannot have it: any change of what works there may be what they wait for. */
    Set<ResourceID> waiting(String bucket) {
        return claims.values().stream()
                .filter(claim -> claim.isOn(bucket) && !claim.runs())
                .map(claim -> id(claim.contender()))
                .collect(Collectors.toSet());
    }

    @Override
    public void onResourceUpdated(Thanos thanos, Thanos before) {
        if (thanos.isMarkedForDeletion()) {
            release(thanos);
        }
    }

    @Override
    public void onResourceDeleted(Thanos thanos) {
        release(thanos);
    }

    /** @return whom the change concerns */
    private Set<ResourceID> put(Contender own, Claim claim) {
        var before = claim == null ? claims.remove(own.uid()) : claims.put(own.uid(), claim);
        if (Objects.equals(before, claim)) {
            return Set.of();
        }
        if (before != null && before.runs() && !(claim != null && claim.runs() && claim.isOn(before.bucket()))) {
            var leaver = new Leaver(own, before.bucket());
            leavers.add(leaver);
            later.execute(() -> forget(leaver));
        }
        return Stream.of(before, claim)
                .filter(Objects::nonNull)
                .flatMap(changed -> others(own, changed.bucket()))
                .collect(Collectors.toSet());
    }

    private Stream<ResourceID> others(Contender own, String bucket) {
        return claims.values().stream()
                .filter(claim -> claim.isOn(bucket) && !claim.isOf(own))
                .map(claim -> id(claim.contender()));
    }

    private List<Contender> contenders(Contender own, String bucket, Compactors seen) {
        for (var claim : List.copyOf(claims.values())) {
            if (claim.isOn(bucket) && !claim.isOf(own) && !exists(claim.contender(), seen)) {
                put(claim.contender(), null);
            }
        }
        var claimed =
                claims.values().stream().filter(claim -> claim.isOn(bucket)).map(Claim::contender);
        // Not looked at since the start of this process.
        var unknown = seen.sets(bucket).stream()
                .flatMap(set -> CompactorObjects.owner(set, seen).stream())
                .filter(thanos -> !claims.containsKey(thanos.getMetadata().getUid()))
                .filter(thanos -> !thanos.isMarkedForDeletion() && wantsCompactor(thanos))
                .map(BucketClaims::contender);
        return Stream.concat(claimed, unknown)
                .filter(contender -> !contender.uid().equals(own.uid()))
                .distinct()
                .toList();
    }

    private List<Occupant> occupants(Contender own, String bucket, Compactors seen) {
        forgetLeavers(seen);
        var sets = seen.sets(bucket);
        var occupants = new ArrayList<Occupant>();
        claims.values().stream()
                .filter(claim -> claim.isOn(bucket) && claim.runs() && !claim.isOf(own))
                .map(claim -> occupant(claim.contender()))
                .forEach(occupants::add);
        leavers.stream()
                .filter(leaver ->
                        leaver.bucket.equals(bucket) && !leaver.contender.uid().equals(own.uid()))
                .map(leaver -> occupant(leaver.contender))
                .forEach(occupants::add);
        sets.stream()
                .filter(set -> !CompactorObjects.isOwnedBy(set, own.uid()) && CompactorObjects.mayWork(set))
                .map(CompactorObjects::occupant)
                .forEach(occupants::add);
        seen.pods(bucket).stream()
                .filter(CompactorObjects::mayWork)
                .map(CompactorObjects::occupant)
                .filter(occupant -> !occupant.equals(occupant(own)))
                .forEach(occupants::add);
        return occupants;
    }

    /** One whose pods are seen to be asked for counts by itself. If they are not, that may have ended, or be too new. */
    private void forgetLeavers(Compactors seen) {
        leavers.removeIf(leaver -> seen.sets(leaver.bucket).stream()
                .anyMatch(set ->
                        CompactorObjects.isOwnedBy(set, leaver.contender.uid()) && CompactorObjects.replicas(set) > 0));
    }

    /** What has not appeared by now never will. No event tells of that, so those who wait for it are looked at again. */
    private void forget(Leaver leaver) {
        synchronized (lock) {
            leavers.removeIf(other -> other == leaver);
        }
        waiting(leaver.bucket).forEach(this::propagateEvent);
    }

    private boolean isOwn(Contender own, Thanos thanos, String bucket, Compactors seen) {
        var claim = claims.get(own.uid());
        return claim != null && claim.runs() && claim.isOn(bucket)
                || seen.setOf(thanos)
                        .filter(set -> CompactorObjects.bucket(set)
                                .filter(bucket::equals)
                                .isPresent())
                        .filter(set -> CompactorObjects.replicas(set) > 0)
                        .isPresent();
    }

    private static Optional<String> former(Thanos thanos, String bucket, Compactors seen) {
        var set = seen.setOf(thanos).filter(CompactorObjects::mayWork).flatMap(CompactorObjects::bucket);
        var pods = seen.podsOf(thanos).stream()
                .filter(CompactorObjects::mayWork)
                .flatMap(pod -> CompactorObjects.bucket(pod).stream());
        return Stream.concat(set.stream(), pods)
                .filter(other -> !other.equals(bucket))
                .findFirst();
    }

    private static boolean exists(Contender contender, Compactors seen) {
        return seen.resource(contender.namespace(), contender.name())
                .filter(thanos -> thanos.getMetadata().getUid().equals(contender.uid()))
                .filter(thanos -> !thanos.isMarkedForDeletion())
                .isPresent();
    }

    /** Whether the resource asks for a running compactor, as far as that can be told without its bucket. */
    private static boolean wantsCompactor(Thanos thanos) {
        var compact = thanos.getSpec() == null ? null : thanos.getSpec().compact;
        return compact != null && (compact.replicas == null || compact.replicas > 0);
    }

    private static Contender contender(Thanos thanos) {
        var metadata = thanos.getMetadata();
        return new Contender(
                metadata.getCreationTimestamp(), metadata.getUid(), metadata.getNamespace(), metadata.getName());
    }

    private static Occupant occupant(Contender contender) {
        return new Occupant(contender.namespace(), contender.name());
    }

    private static ResourceID id(Contender contender) {
        return new ResourceID(contender.name(), contender.namespace());
    }
}
