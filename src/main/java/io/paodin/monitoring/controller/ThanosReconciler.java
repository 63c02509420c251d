package io.paodin.monitoring.controller;

import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import io.paodin.monitoring.api.v1alpha1.Thanos;
import io.paodin.monitoring.api.v1alpha1.ThanosStatus;
import io.paodin.monitoring.apply.ApplyException;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Runs the flow whenever a resource, or an object of it, changes. */
@Singleton
@ControllerConfiguration(name = ThanosReconciler.NAME, fieldManager = ThanosReconciler.FIELD_MANAGER)
@GradualRetry(maxAttempts = -1, initialInterval = 1000, intervalMultiplier = 2, maxInterval = 300_000)
public class ThanosReconciler implements Reconciler<Thanos> {

    public static final String NAME = "thanos";

    /** The server-side apply manager of all fields that the operator writes. Another name would orphan them. */
    public static final String FIELD_MANAGER = "paodin-monitoring";

    /** How soon a run that waits for the informers looks again, if no event of theirs comes first. */
    private static final Duration CACHE_LAG = Duration.ofMillis(200);

    private final Reconciliation reconciliation;
    private final BucketClaims claims;
    private final HaltedCompactors haltedCompactors;
    private final StoreConnections storeConnections;
    private final RouterReports routerReports;
    private final ResourceMetrics metrics;
    private final RecentWrites recentWrites;

    public ThanosReconciler(
            Reconciliation reconciliation,
            BucketClaims claims,
            HaltedCompactors haltedCompactors,
            StoreConnections storeConnections,
            RouterReports routerReports,
            ResourceMetrics metrics,
            Clock clock) {
        this.reconciliation = reconciliation;
        this.claims = claims;
        this.haltedCompactors = haltedCompactors;
        this.storeConnections = storeConnections;
        this.routerReports = routerReports;
        this.metrics = metrics;
        this.recentWrites = new RecentWrites(clock);
    }

    @Override
    public List<EventSource<?, Thanos>> prepareEventSources(EventSourceContext<Thanos> context) {
        metrics.report(() -> context.getPrimaryCache().list());
        var sources = new ArrayList<EventSource<?, Thanos>>(OwnedKinds.informers(context, claims));
        sources.add(OwnedKinds.claims(context));
        var pods = ObservedPods.informer(context, claims);
        storeConnections.find(thanos -> ObservedPods.ofQuery(pods, thanos));
        sources.add(pods);
        sources.add(storeConnections);
        sources.add(claims);
        sources.add(haltedCompactors);
        sources.add(routerReports);
        return sources;
    }

    @Override
    public UpdateControl<Thanos> reconcile(Thanos thanos, Context<Thanos> context) {
        var resource = ResourceID.fromResource(thanos);
        var cached = CachedObjects.of(thanos, context);
        if (!recentWrites.areSeen(resource, cached)) {
            return UpdateControl.<Thanos>noUpdate().rescheduleAfter(CACHE_LAG);
        }
        var result = reconciliation.run(thanos, cached, new CachedCompactors(context), new CachedReceivePods(context));
        recentWrites.remember(resource, result.outcome());
        metrics.examined(thanos, result.violations());
        if (result.status().isPresent() && !write(result.status().get(), thanos, context)) {
            // Gone in the meantime. Its successor, if there is one, has an event of its own.
            return UpdateControl.noUpdate();
        }
        result.failure().ifPresent(failure -> {
            throw failure;
        });
        return result.nextLook()
                .map(wait -> UpdateControl.<Thanos>noUpdate().rescheduleAfter(wait))
                .orElseGet(UpdateControl::noUpdate);
    }

    /** Says in the status what kept a run from coming to one. That the run is tried again does not depend on it. */
    @Override
    public ErrorStatusUpdateControl<Thanos> updateErrorStatus(Thanos thanos, Context<Thanos> context, Exception e) {
        if (!(e instanceof ApplyException)) {
            try {
                reconciliation
                        .failed(thanos, CachedObjects.of(thanos, context), new CachedReceivePods(context), e)
                        .ifPresent(status -> write(status, thanos, context));
            } catch (RuntimeException unsaid) {
                e.addSuppressed(unsaid);
            }
        }
        return ErrorStatusUpdateControl.defaultErrorProcessing();
    }

    /**
     * Writes the status and shows it to the next reconciliation, which may begin before the informer has seen it: it would
     * take the former status for the newest, and announce the same news again.
     *
     * @return false if the resource is gone
     */
    private static boolean write(ThanosStatus status, Thanos thanos, Context<Thanos> context) {
        var written = StatusWriter.write(context.getClient(), thanos, status);
        written.ifPresent(current -> context.eventSourceRetriever()
                .getControllerEventSource()
                .handleRecentResourceUpdate(ResourceID.fromResource(thanos), current, thanos));
        return written.isPresent();
    }
}
