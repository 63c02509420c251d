package io.paodin.monitoring.controller;

import io.paodin.monitoring.api.v1alpha1.RingPhase;
import io.paodin.monitoring.api.v1alpha1.Thanos;
import io.paodin.monitoring.apply.Outcome;
import io.paodin.monitoring.config.OperatorConfig;
import io.paodin.monitoring.model.Cluster;
import io.paodin.monitoring.model.Holdup;
import io.paodin.monitoring.model.Reason;
import io.paodin.monitoring.status.StatusCalculator;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** When to look at a resource again for what no event tells of. */
final class NextLook {

    /** How soon a Secret that is missing or unusable is looked at again at first. */
    private static final Duration SOON = Duration.ofSeconds(5);

    /** How soon the routers are asked again while pods wait that are no members any more. */
    private static final Duration ROUTERS = Duration.ofSeconds(2);

    /** How soon it is looked again for how long members have not been ready. */
    private static final Duration UNREADY = Duration.ofSeconds(30);

    private final OperatorConfig config;
    private final InstantSource clock;

    NextLook(OperatorConfig config, InstantSource clock) {
        this.config = config;
        this.clock = clock;
    }

    /** @return empty if there is nothing that happens silently */
    Optional<Duration> after(Thanos thanos, Cluster cluster, Outcome outcome) {
        return Stream.of(problems(outcome), secrets(thanos, cluster), rings(thanos, cluster))
                .flatMap(Optional::stream)
                .min(Duration::compareTo);
    }

    /** Routers are asked, and times pass, without an event. */
    private static Optional<Duration> rings(Thanos thanos, Cluster cluster) {
        if (!cluster.isActive()) {
            return Optional.empty();
        }
        if (cluster.isAnyoneLeaving()) {
            return Optional.of(ROUTERS);
        }
        if (cluster.rings().stream().anyMatch(ring -> ring.phase() == RingPhase.UPDATING)) {
            return Optional.of(SOON);
        }
        return cluster.receive().isPresent() && thanos.getSpec().receive.excludeUnreadyAfter != null
                ? Optional.of(UNREADY)
                : Optional.empty();
    }

    private Optional<Duration> problems(Outcome outcome) {
        return Observations.needsRecheck(outcome) ? Optional.of(config.problemRecheckInterval()) : Optional.empty();
    }

    private Optional<Duration> secrets(Thanos thanos, Cluster cluster) {
        if (Cluster.references(thanos).isEmpty()
                && Cluster.storeReferences(thanos).isEmpty()) {
            return Optional.empty();
        }
        var most = config.secretRefreshInterval();
        var reasons = Stream.concat(cluster.heldUp().values().stream(), cluster.troubles())
                .map(Holdup::reason)
                .collect(Collectors.toSet());
        if (reasons.isEmpty()) {
            return Optional.of(most);
        }
        // What cannot be read now is not waited for by a person who has just created it.
        return Optional.of(
                reasons.equals(Set.of(Reason.UnreadableSecret))
                        ? shorter(config.problemRecheckInterval(), most)
                        : growing(most, thanos));
    }

    /** As long again as something has been wrong: each wait is about twice the one before, also after a restart. */
    private Duration growing(Duration most, Thanos thanos) {
        var since = StatusCalculator.degradedSince(thanos.getStatus())
                .map(began -> Duration.between(began, clock.instant()))
                .filter(wrong -> wrong.compareTo(SOON) > 0)
                .orElse(SOON);
        return shorter(since, most);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
