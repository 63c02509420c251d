package io.paodin.monitoring.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
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

    private final KubernetesClient client;
    private final OperatorConfig config;
    private final ManifestRenderer renderer;
    private final ManifestApplier applier;
    private final EventPublisher events;
    private final Clock clock;

    public Reconciliation(
            KubernetesClient client,
            OperatorConfig config,
            ManifestRenderer renderer,
            ManifestApplier applier,
            EventPublisher events,
            Clock clock) {
        this.client = client;
        this.config = config;
        this.renderer = renderer;
        this.applier = applier;
        this.events = events;
        this.clock = clock;
    }

    /**
     * @param status the new status, or empty if it is what the resource has already
     * @param needsRecheck whether something is in the way that no event will tell the end of
     * @param failure to be thrown once the status is written, so that the resource is tried again
     */
    public record Result(Optional<ThanosStatus> status, boolean needsRecheck, Optional<ApplyException> failure) {

        private static final Result NOTHING = new Result(Optional.empty(), false, Optional.empty());
    }

    public Result run(Thanos thanos, OwnedObjects owned) {
        if (thanos.isMarkedForDeletion()) {
            // The garbage collector is at work; what it has removed must stay removed.
            return Result.NOTHING;
        }
        var cluster = Cluster.of(thanos, config);
        var manifests = cluster.isValid() ? renderer.render(cluster) : List.<HasMetadata>of();
        if (isBehind(thanos, manifests, owned)) {
            return Result.NOTHING;
        }
        var outcome = cluster.isValid() ? apply(thanos, cluster, manifests, owned) : new Outcome(List.of());
        var status = StatusCalculator.calculate(
                thanos, cluster, Observations.of(thanos, cluster, owned, outcome), clock.instant());
        if (isCurrent(thanos, status)) {
            return new Result(Optional.empty(), Observations.needsRecheck(outcome), outcome.failure());
        }
        events.publish(thanos, Announcement.between(thanos.getStatus(), status, cluster.notices()));
        return new Result(Optional.of(status), Observations.needsRecheck(outcome), outcome.failure());
    }

    private Outcome apply(Thanos thanos, Cluster cluster, List<HasMetadata> manifests, OwnedObjects owned) {
        var owner = Owner.of(thanos);
        return cluster.paused() ? applier.compare(owner, manifests, owned) : applier.apply(owner, manifests, owned);
    }

    /**
     * Whether objects are missing only because the resource is being deleted. The informers of the objects may be ahead of
     * the one of the resource, so the server is asked before anything is created that may have been there already.
     */
    private boolean isBehind(Thanos thanos, List<HasMetadata> manifests, OwnedObjects owned) {
        if (thanos.getStatus() == null || manifests.stream().allMatch(m -> isPresent(m, owned))) {
            return false;
        }
        var live = client.resource(thanos).get();
        return live == null
                || live.isMarkedForDeletion()
                || !live.getMetadata().getUid().equals(thanos.getMetadata().getUid());
    }

    private static boolean isPresent(HasMetadata manifest, OwnedObjects owned) {
        return owned.get(manifest.getClass(), manifest.getMetadata().getName()).isPresent();
    }

    private boolean isCurrent(Thanos thanos, ThanosStatus status) {
        var json = client.getKubernetesSerialization();
        return thanos.getStatus() != null
                && json.asJson(StatusCalculator.own(json.clone(thanos.getStatus())))
                        .equals(json.asJson(status));
    }
}
