package io.paodin.monitoring.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.paodin.monitoring.api.v1alpha1.Thanos;
import io.paodin.monitoring.api.v1alpha1.ThanosStatus;
import io.paodin.monitoring.apply.ApplyException;
import io.paodin.monitoring.apply.ManifestApplier;
import io.paodin.monitoring.apply.Outcome;
import io.paodin.monitoring.apply.OwnedObjects;
import io.paodin.monitoring.apply.Owner;
import io.paodin.monitoring.apply.ServerAnswer;
import io.paodin.monitoring.config.OperatorConfig;
import io.paodin.monitoring.model.Cluster;
import io.paodin.monitoring.model.Compact;
import io.paodin.monitoring.model.Labels;
import io.paodin.monitoring.model.Notice;
import io.paodin.monitoring.render.ManifestRenderer;
import io.paodin.monitoring.status.Announcement;
import io.paodin.monitoring.status.ConditionReason;
import io.paodin.monitoring.status.Observation;
import io.paodin.monitoring.status.Problem;
import io.paodin.monitoring.status.StatusCalculator;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** One run of the flow for one resource. Whatever it finds, it starts from what is there: it keeps nothing in memory. */
@Singleton
public class Reconciliation {

    private final KubernetesClient client;
    private final OperatorConfig config;
    private final Gatherer gatherer;
    private final ManifestRenderer renderer;
    private final ManifestApplier applier;
    private final EventPublisher events;
    private final Clock clock;
    private final NextLook nextLook;

    public Reconciliation(
            KubernetesClient client,
            OperatorConfig config,
            Gatherer gatherer,
            ManifestRenderer renderer,
            ManifestApplier applier,
            EventPublisher events,
            Clock clock) {
        this.client = client;
        this.config = config;
        this.gatherer = gatherer;
        this.renderer = renderer;
        this.applier = applier;
        this.events = events;
        this.clock = clock;
        this.nextLook = new NextLook(config, clock);
    }

    /**
     * @param outcome what became of the objects
     * @param status the new status, or empty if it is what the resource has already
     * @param nextLook when to look at the resource again although no event tells of anything
     */
    public record Result(Outcome outcome, Optional<ThanosStatus> status, Optional<Duration> nextLook) {

        private static final Result NOTHING = new Result(new Outcome(List.of()), Optional.empty(), Optional.empty());

        /** To be thrown once the status is written, so that the resource is tried again. */
        Optional<ApplyException> failure() {
            return outcome.failure();
        }
    }

    public Result run(Thanos thanos, OwnedObjects owned, Compactors compactors) {
        if (thanos.isMarkedForDeletion()) {
            // The garbage collector is at work; what it has removed must stay removed.
            return Result.NOTHING;
        }
        var inputs = gatherer.gather(thanos, owned, compactors);
        var cluster = Cluster.of(thanos, inputs, config);
        var manifests = cluster.isValid() ? renderer.render(cluster) : List.<HasMetadata>of();
        if (isBehind(thanos, manifests, owned)) {
            return Result.NOTHING;
        }
        var outcome = cluster.isValid() ? apply(thanos, cluster, manifests, owned) : new Outcome(List.of());
        begun(cluster, outcome).ifPresent(notice -> events.publish(thanos, List.of(Announcement.of(notice))));
        var status = news(thanos, cluster, Observations.of(thanos, cluster, owned, outcome));
        return new Result(outcome, status, nextLook.after(thanos, cluster, outcome));
    }

    /** The new status after a run that ended with an exception, or empty if the resource says so already. */
    public Optional<ThanosStatus> failed(Thanos thanos, OwnedObjects owned, Exception e) {
        if (thanos.isMarkedForDeletion()) {
            return Optional.empty();
        }
        var said = e instanceof KubernetesClientException answer
                ? ServerAnswer.of(answer).message()
                : Objects.requireNonNullElse(e.getMessage(), e.toString());
        var problem = Problem.passing(ConditionReason.ApplyFailed, said + "; it is tried again");
        var cluster = Cluster.of(thanos, gatherer.known(thanos, owned), config);
        var seen = Observations.of(thanos, cluster, owned, new Outcome(List.of()));
        return news(thanos, cluster, new Observation(seen.workloads(), seen.rings(), List.of(problem), seen.pending()));
    }

    /** What has begun with this run and cannot be undone. */
    private static Optional<Notice> begun(Cluster cluster, Outcome outcome) {
        return cluster.compact()
                .filter(compact ->
                        outcome.hasWritten(StatefulSet.class, compact.workload().name()))
                .flatMap(Compact::begun);
    }

    /** Announces what is new. */
    private Optional<ThanosStatus> news(Thanos thanos, Cluster cluster, Observation seen) {
        var status = StatusCalculator.calculate(thanos, cluster, seen, clock.instant());
        if (isCurrent(thanos, status)) {
            return Optional.empty();
        }
        events.publish(thanos, Announcement.between(thanos.getStatus(), status, cluster.notices()));
        return Optional.of(status);
    }

    private Outcome apply(Thanos thanos, Cluster cluster, List<HasMetadata> manifests, OwnedObjects owned) {
        var owner = Owner.of(thanos);
        if (cluster.paused()) {
            return applier.compare(owner, manifests, owned);
        }
        var heldUp = cluster.heldUp().keySet();
        var isWithheld = manifests.stream().collect(Collectors.partitioningBy(manifest -> Labels.component(
                        manifest.getMetadata().getLabels())
                .filter(heldUp::contains)
                .isPresent()));
        return applier.apply(owner, isWithheld.get(false), isWithheld.get(true), owned);
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
