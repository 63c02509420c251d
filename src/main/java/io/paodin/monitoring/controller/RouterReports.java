package io.paodin.monitoring.controller;

import io.fabric8.kubernetes.api.model.Pod;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import io.paodin.monitoring.api.v1alpha1.Thanos;
import io.paodin.monitoring.model.ReceiveState.RouterPod;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * What the routers say of the hashrings that they have read. Who wants to know it gets what is known, and has the pod asked
 * anew in the background; so it is known while somebody goes on asking, and the API server is not involved.
 *
 * <p>An event source: a resource is looked at again when one of its routers says something else.
 */
public class RouterReports extends SimpleInboundEventSource<Thanos> implements ResourceEventAware<Thanos> {

    private static final Logger LOG = Logger.getLogger(RouterReports.class);

    private static final String PORT = "http";
    private static final String HASH = "thanos_receive_config_hash";
    private static final String READ_AT = "thanos_receive_config_last_reload_success_timestamp_seconds";
    private static final Set<String> METRICS = Set.of(HASH, READ_AT);

    /** How old an answer has to be for the pod to be asked again. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    /** How old an answer may be for something to be decided by it. */
    private static final Duration TRUSTED = Duration.ofSeconds(10);

    /** How old an answer is that nobody asks for any more. */
    private static final Duration FORGOTTEN = Duration.ofMinutes(10);

    /** By the UID of the pod. */
    private final Map<String, Known> pods = new ConcurrentHashMap<>();

    private final PodMetrics.Source metrics;
    private final InstantSource clock;

    RouterReports(PodMetrics.Source metrics, InstantSource clock) {
        super("router-reports");
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * What is known of a pod.
     *
     * @param heard when it has answered with a report, or was asked for the first time
     * @param at when it has answered, or failed to
     * @param isBeingAsked whether another answer is to come
     * @param answer what it has said, the age as of then
     */
    private record Known(
            ResourceID resource, Instant heard, Instant at, boolean isBeingAsked, RouterPod.Answer answer) {

        boolean isOlderThan(Duration age, Instant now) {
            return !isBeingAsked && !now.isBefore(at.plus(age));
        }

        RouterPod.Answer answer(Instant now) {
            return answer instanceof RouterPod.Report report
                    ? new RouterPod.Report(report.hash(), report.age().plus(Duration.between(at, now)))
                    : answer;
        }
    }

    /** What the pod has said last, if it was asked. */
    RouterPod.Answer answer(Thanos thanos, Pod pod) {
        var uid = pod.getMetadata().getUid();
        var before = pods.get(uid);
        if (before == null || before.isOlderThan(FRESH, clock.instant())) {
            ask(ResourceID.fromResource(thanos), pod, before);
        }
        return Optional.ofNullable(pods.get(uid))
                .map(known -> known.answer(clock.instant()))
                .orElseGet(RouterPod.Unasked::new);
    }

    @Override
    public void onResourceDeleted(Thanos thanos) {
        var resource = ResourceID.fromResource(thanos);
        pods.values().removeIf(known -> known.resource().equals(resource));
    }

    @Override
    public void stop() {
        super.stop();
        pods.clear();
    }

    private void ask(ResourceID resource, Pod pod, Known before) {
        var uid = pod.getMetadata().getUid();
        forgetThoseThatAreGone();
        var now = clock.instant();
        var heard = before == null ? now : before.heard();
        pods.put(
                uid,
                before == null || before.isOlderThan(TRUSTED, now)
                        ? new Known(resource, heard, now, true, new RouterPod.Unasked())
                        : new Known(resource, heard, before.at(), true, before.answer()));
        var address = PodAddress.of(pod, PORT);
        if (address.isEmpty()) {
            learn(uid, resource, heard, new RouterPod.Silent(heard));
            return;
        }
        metrics.read(address.get().host(), address.get().port(), METRICS).whenComplete((values, failure) -> {
            if (failure != null) {
                LOG.debugf(
                        "Cannot read the metrics of pod %s: %s",
                        pod.getMetadata().getName(), failure.getMessage());
            }
            if (values == null) {
                learn(uid, resource, heard, new RouterPod.Silent(heard));
            } else {
                learn(uid, resource, clock.instant(), report(values));
            }
        });
    }

    private void forgetThoseThatAreGone() {
        var longAgo = clock.instant().minus(FORGOTTEN);
        pods.values().removeIf(known -> !known.isBeingAsked() && known.at().isBefore(longAgo));
    }

    /** By the clock of the pod both times. */
    private RouterPod.Report report(PodMetrics.Values values) {
        var readAt = Instant.ofEpochMilli((long) (values.value(READ_AT) * 1000));
        return new RouterPod.Report(
                values.value(HASH), Duration.between(readAt, values.at().orElseGet(clock::instant)));
    }

    private void learn(String uid, ResourceID resource, Instant heard, RouterPod.Answer answer) {
        var before = pods.put(uid, new Known(resource, heard, clock.instant(), false, answer));
        if (before == null || !isSame(before.answer(), answer)) {
            propagateEvent(resource);
        }
    }

    private static boolean isSame(RouterPod.Answer one, RouterPod.Answer other) {
        return one instanceof RouterPod.Report known && other instanceof RouterPod.Report told
                ? known.hash() == told.hash()
                : one.getClass() == other.getClass();
    }
}
