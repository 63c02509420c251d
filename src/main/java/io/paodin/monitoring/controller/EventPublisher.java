package io.paodin.monitoring.controller;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.paodin.monitoring.api.v1alpha1.Thanos;
import io.paodin.monitoring.apply.ServerAnswer;
import io.paodin.monitoring.model.Labels;
import io.paodin.monitoring.status.Announcement;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Writes events about a resource. The same news about the same resource has the same name, so that a repetition counts up
 * one event, whoever wrote it first.
 */
@Singleton
public class EventPublisher {

    private static final Logger LOG = Logger.getLogger(EventPublisher.class);

    /** The API server's limit for an event's message. */
    private static final int MESSAGE_LIMIT = 1024;

    private static final int CONFLICT = 409;

    private final KubernetesClient client;
    private final Clock clock;

    public EventPublisher(KubernetesClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    /** Never throws: an event that cannot be written must not keep a resource from being looked after. */
    public void publish(Thanos thanos, List<Announcement> news) {
        for (var announcement : news) {
            LOG.infof("%s: %s", announcement.reason(), announcement.message());
            try {
                write(event(thanos, announcement));
            } catch (KubernetesClientException e) {
                LOG.logf(
                        ServerAnswer.of(e).isOfTerminatingNamespace() ? Logger.Level.DEBUG : Logger.Level.WARN,
                        "Cannot write the event %s: %s",
                        announcement.reason(),
                        e.getMessage());
            }
        }
    }

    private void write(Event event) {
        try {
            client.resource(event).create();
        } catch (KubernetesClientException e) {
            if (e.getCode() != CONFLICT) {
                throw e;
            }
            countUp(event);
        }
    }

    private void countUp(Event event) {
        var existing = client.resource(event).get();
        if (existing == null) {
            return;
        }
        int count = existing.getCount() == null ? 1 : existing.getCount();
        client.resource(event)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"count\":%d,\"lastTimestamp\":\"%s\"}".formatted(count + 1, event.getLastTimestamp()));
    }

    private Event event(Thanos thanos, Announcement news) {
        var metadata = thanos.getMetadata();
        var now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
        return new EventBuilder()
                .withNewMetadata()
                .withName(name(thanos, news))
                .withNamespace(metadata.getNamespace())
                .endMetadata()
                .withNewInvolvedObject()
                .withApiVersion(thanos.getApiVersion())
                .withKind(thanos.getKind())
                .withName(metadata.getName())
                .withNamespace(metadata.getNamespace())
                .withUid(metadata.getUid())
                .endInvolvedObject()
                .withType(news.type().name())
                .withReason(news.reason())
                .withMessage(cut(news.message()))
                .withFirstTimestamp(now)
                .withLastTimestamp(now)
                .withCount(1)
                .withNewSource()
                .withComponent(Labels.OPERATOR)
                .endSource()
                .withReportingComponent(Labels.OPERATOR)
                .withReportingInstance(Labels.OPERATOR)
                .build();
    }

    private static String name(Thanos thanos, Announcement news) {
        var identity = thanos.getMetadata().getUid() + news.type() + news.reason() + news.message();
        return thanos.getMetadata().getName() + "."
                + UUID.nameUUIDFromBytes(identity.getBytes(StandardCharsets.UTF_8))
                        .toString()
                        .replace("-", "")
                        .substring(0, 16);
    }

    private static String cut(String message) {
        return message.length() <= MESSAGE_LIMIT ? message : message.substring(0, MESSAGE_LIMIT - 3) + "...";
    }
}
