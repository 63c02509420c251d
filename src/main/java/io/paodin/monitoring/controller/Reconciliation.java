package io.paodin.monitoring.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
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
import io.paodin.monitoring.model.Labels;
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
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One run of the flow for one resource. Whatever it finds, it starts from what is there: it keeps nothing in memory. */
@Singleton
public class Reconciliation {

    private final KubernetesClient client;
    private final OperatorConfig config;
    private final Gatherer gatherer;
    private final StoreSources storeSources;
    private final ManifestRenderer renderer;
    private final ManifestApplier applier;
    private final ReceiveSteps receiveSteps;
    private final EventPublisher events;
    private final Clock clock;
    private final NextLook nextLook;

    public Reconciliation(
            KubernetesClient client,
            OperatorConfig config,
            Gatherer gatherer,
            StoreSources storeSources,
            ManifestRenderer renderer,
            ManifestApplier applier,
            ReceiveSteps receiveSteps,
            EventPublisher events,
            Clock clock) {
        this.client = client;
        this.config = config;
        this.gatherer = gatherer;
        this.storeSources = storeSources;
        this.renderer = renderer;
        this.applier = applier;
        this.receiveSteps = receiveSteps;
        this.events = events;
        this.clock = clock;
        this.nextLook = new NextLook(config, clock);
    }

    /**
     * @param outcome what became of the objects
     * @param status the new status, or empty if it is what the resource has already
     * @param nextLook when to look at the resource again although no event tells of anything
     * @param violations how much is wrong with the spec
     */
    public record Result(Outcome outcome, Optional<ThanosStatus> status, Optional<Duration> nextLook, int violations) {

        private static final Result NOTHING = new Result(new Outcome(List.of()), Optional.empty(), Optional.empty(), 0);

        /** To be thrown once the status is written, so that the resource is tried again. */
        Optional<ApplyException> failure() {
            return outcome.failure();
        }
    }

    /** The objects of a cluster, and those among them that are to be left as they are. */
    private record Manifests(List<HasMetadata> applicable, List<HasMetadata> withheld) {

        static final Manifests NONE = new Manifests(List.of(), List.of());

        static Manifests of(Cluster cluster, List<HasMetadata> all) {
            var heldUp = cluster.heldUp().keySet();
            var isWithheld = all.stream().collect(Collectors.partitioningBy(manifest -> Labels.component(
                            manifest.getMetadata().getLabels())
                    .filter(heldUp::contains)
                    .isPresent()));
            return new Manifests(isWithheld.get(false), isWithheld.get(true));
        }

        List<HasMetadata> all() {
            return Stream.concat(applicable.stream(), withheld.stream()).toList();
        }
    }

    public Result run(Thanos thanos, OwnedObjects cached, Compactors compactors, ReceivePods pods) {
        if (thanos.isMarkedForDeletion()) {
            // The garbage collector is at work; what it has removed must stay removed.
            return Result.NOTHING;
        }
        var stores = storeSources.read(thanos, cached);
        var owned = new WithSecret(cached, stores.secret());
        var inputs = gatherer.gather(thanos, owned, compactors, pods).with(stores.inputs());
        var cluster = Cluster.of(thanos, inputs, config);
        var manifests = cluster.isValid() ? Manifests.of(cluster, renderer.render(cluster)) : Manifests.NONE;
        if (isBehind(thanos, manifests.applicable(), owned)) {
            return Result.NOTHING;
        }
        var outcome = cluster.isValid() ? apply(thanos, cluster, manifests, owned) : renew(thanos, cluster, owned);
        if (outcome.isInVain()) {
            // Of the end of the resource there will be an event.
            return Result.NOTHING;
        }
        if (cluster.isActive()) {
            outcome = outcome.and(receiveSteps.take(cluster, inputs, outcome, owned, pods.of(thanos)));
        }
        var status = news(
                thanos,
                cluster,
                StatusCalculator.calculate(
                        thanos, cluster, Observations.of(thanos, cluster, owned, outcome), clock.instant()));
        return new Result(
                outcome,
                status,
                nextLook.after(thanos, cluster, outcome),
                cluster.violations().size());
    }

    /** The new status after a run that ended with an exception, or empty if the resource says so already. */
    public Optional<ThanosStatus> failed(Thanos thanos, OwnedObjects owned, ReceivePods pods, Exception e) {
        if (thanos.isMarkedForDeletion()) {
            return Optional.empty();
        }
        var said = e instanceof KubernetesClientException answer
                ? ServerAnswer.of(answer).message()
                : Objects.requireNonNullElse(e.getMessage(), e.toString());
        var problem = Problem.passing(ConditionReason.ApplyFailed, said + "; it is tried again");
        var cluster = Cluster.of(thanos, gatherer.known(thanos, owned, pods), config);
        var seen = Observations.of(thanos, cluster, owned, new Outcome(List.of()));
        var failed = new Observation(seen.workloads(), seen.rings(), List.of(problem), seen.pending());
        return news(thanos, cluster, StatusCalculator.afterFailure(thanos, cluster, failed, clock.instant()));
    }

    /** Announces what is new. */
    private Optional<ThanosStatus> news(Thanos thanos, Cluster cluster, ThanosStatus status) {
        if (isCurrent(thanos, status)) {
            return Optional.empty();
        }
        events.publish(thanos, Announcement.between(thanos.getStatus(), status, cluster.notices()));
        return Optional.of(status);
    }

    /** What goes on while the spec is invalid. */
    private Outcome renew(Thanos thanos, Cluster cluster, OwnedObjects owned) {
        return renderer.renderEnvoyFiles(cluster)
                .filter(secret -> !cluster.paused())
                .map(secret -> applier.applyAlone(Owner.of(thanos), secret, owned))
                .orElseGet(() -> new Outcome(List.of()));
    }

    private Outcome apply(Thanos thanos, Cluster cluster, Manifests manifests, OwnedObjects owned) {
        var owner = Owner.of(thanos);
        if (cluster.paused()) {
            return applier.compare(owner, manifests.all(), isLeaving(cluster), owned);
        }
        // Before, since it cannot be undone: after a crash in between nobody would know that it is new.
        cluster.beginning().ifPresent(notice -> events.publish(thanos, List.of(Announcement.of(notice))));
        return applier.apply(owner, manifests.applicable(), manifests.withheld(), isLeaving(cluster), owned);
    }

    /** What belongs to ingestors that the resource has no more stays until their pods have gone in order. */
    private static Predicate<HasMetadata> isLeaving(Cluster cluster) {
        var leaving = cluster.leaving();
        return object -> Labels.component(object.getMetadata().getLabels())
                .filter(leaving::contains)
                .isPresent();
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
