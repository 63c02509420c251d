package io.paodin.monitoring.controller;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.paodin.monitoring.api.v1alpha1.Thanos;
import io.paodin.monitoring.api.v1alpha1.ThanosStatus;
import io.paodin.monitoring.apply.ApplyException;
import io.paodin.monitoring.apply.ManifestApplier;
import io.paodin.monitoring.apply.Outcome;
import io.paodin.monitoring.apply.OwnedObjects;
import io.paodin.monitoring.apply.Owner;
import io.paodin.monitoring.config.OperatorConfig;
import io.paodin.monitoring.model.Cluster;
import io.paodin.monitoring.render.ManifestRenderer;
import io.paodin.monitoring.status.Announcement;
import io.paodin.monitoring.status.StatusCalculator;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** One run of the flow for one resource. Whatever it finds, it starts from what is there: it keeps nothing in memory. */
@Singleton
public class Reconciliation {

    private final OperatorConfig config;
    private final ManifestRenderer renderer;
    private final ManifestApplier applier;
    private final EventPublisher events;
    private final KubernetesSerialization serialization;
    private final Clock clock;

    public Reconciliation(
            OperatorConfig config,
            ManifestRenderer renderer,
            ManifestApplier applier,
            EventPublisher events,
            KubernetesSerialization serialization,
            Clock clock) {
        this.config = config;
        this.renderer = renderer;
        this.applier = applier;
        this.events = events;
        this.serialization = serialization;
        this.clock = clock;
    }

    /**
     * @param status the new status, or empty if it is what the resource has already
     * @param needsRecheck whether something is in the way that no event will tell the end of
     * @param failure to be thrown once the status is written, so that the resource is tried again
     */
    public record Result(Optional<ThanosStatus> status, boolean needsRecheck, Optional<ApplyException> failure) {}

    public Result run(Thanos thanos, OwnedObjects owned) {
        if (thanos.isMarkedForDeletion()) {
            // The garbage collector is at work; what it has removed must stay removed.
            return new Result(Optional.empty(), false, Optional.empty());
        }
        var cluster = Cluster.of(thanos, config);
        var outcome = apply(thanos, cluster, owned);
        var status =
                StatusCalculator.calculate(thanos, cluster, Observations.of(thanos, owned, outcome), clock.instant());
        if (isCurrent(thanos, status)) {
            return new Result(Optional.empty(), Observations.needsRecheck(outcome), outcome.failure());
        }
        events.publish(thanos, Announcement.between(thanos.getStatus(), status, cluster.notices()));
        return new Result(Optional.of(status), Observations.needsRecheck(outcome), outcome.failure());
    }

    private Outcome apply(Thanos thanos, Cluster cluster, OwnedObjects owned) {
        if (!cluster.isValid()) {
            return new Outcome(List.of());
        }
        var owner = Owner.of(thanos);
        var manifests = renderer.render(cluster);
        return Boolean.TRUE.equals(thanos.getSpec().paused)
                ? applier.compare(owner, manifests, owned)
                : applier.apply(owner, manifests, owned);
    }

    private boolean isCurrent(Thanos thanos, ThanosStatus status) {
        return thanos.getStatus() != null
                && serialization.asJson(thanos.getStatus()).equals(serialization.asJson(status));
    }
}
