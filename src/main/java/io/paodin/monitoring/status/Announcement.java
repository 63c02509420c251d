package io.paodin.monitoring.status;

import io.fabric8.kubernetes.api.model.Condition;
import io.paodin.monitoring.api.v1alpha1.HashringStatus;
import io.paodin.monitoring.api.v1alpha1.RingPhase;
import io.paodin.monitoring.api.v1alpha1.ThanosStatus;
import io.paodin.monitoring.model.Notice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** A change of a status that is worth an event. */
public record Announcement(Type type, String reason, String message) {

    /** The type of the event. */
    public enum Type {
        Normal,
        Warning
    }

    static final String RECOVERED = "Recovered";
    static final String RESUMED = "Resumed";
    static final String STORE = "StoreNotice";

    /** The reason of the event is this with the phase. */
    static final String HASHRING = "Hashring";

    /**
     * What happened between two statuses of a resource.
     *
     * @param before null if there was none
     * @param notices told once for each generation of the spec
     */
    public static List<Announcement> between(ThanosStatus before, ThanosStatus after, List<Notice> notices) {
        var news = new ArrayList<Announcement>();
        var degraded = change(before, after, Conditions.DEGRADED);
        var ready = change(before, after, Conditions.READY);
        var progressing = change(before, after, Conditions.PROGRESSING);
        if (degraded.began() || degraded.isTrue() && degraded.isReworded()) {
            news.add(warning(degraded.after()));
        } else if (degraded.ended()) {
            news.add(new Announcement(Type.Normal, RECOVERED, "nothing needs attention any more"));
        }
        stores(after).forEach((name, message) -> {
            // What needs a person is told already.
            if (!message.equals(stores(before).get(name))
                    && !(degraded.isTrue() && degraded.after().getMessage().contains(message))) {
                news.add(new Announcement(Type.Warning, STORE, "store %s: %s".formatted(name, message)));
            }
        });
        if (ready.began()) {
            news.add(normal(ready.after()));
        }
        if (progressing.isTrue() && progressing.isNewly(ConditionReason.ApplyFailed)) {
            news.add(warning(progressing.after()));
        }
        if (progressing.isNewly(ConditionReason.Paused)) {
            news.add(normal(progressing.after()));
        } else if (progressing.isNoLonger(ConditionReason.Paused)) {
            news.add(new Announcement(Type.Normal, RESUMED, "spec.paused is not true any more: changes are applied"));
        }
        news.addAll(rings(before, after));
        if (before == null || !Objects.equals(before.observedGeneration, after.observedGeneration)) {
            notices.forEach(notice -> news.add(of(notice)));
        }
        return news;
    }

    /** Each phase that a hashring enters, but for those of a resource that is new. */
    private static List<Announcement> rings(ThanosStatus before, ThanosStatus after) {
        if (before == null || before.hashrings == null || after.hashrings == null) {
            return List.of();
        }
        var phases = new HashMap<String, RingPhase>();
        before.hashrings.forEach(ring -> phases.put(ring.name, ring.phase));
        return after.hashrings.stream()
                .filter(ring -> ring.phase != null && ring.phase != phases.get(ring.name))
                .filter(ring -> ring.phase != RingPhase.STABLE || phases.containsKey(ring.name))
                .map(ring -> new Announcement(Type.Normal, HASHRING + ring.phase, described(ring)))
                .toList();
    }

    private static String described(HashringStatus ring) {
        return "hashring %s: %d of %d members published%s"
                .formatted(ring.name, ring.members, ring.desired, ring.message == null ? "" : ", " + ring.message);
    }

    /** What is said of stores, by name. */
    private static Map<String, String> stores(ThanosStatus status) {
        var messages = new TreeMap<String, String>();
        if (status != null && status.stores != null) {
            status.stores.stream()
                    .filter(store -> store.message != null)
                    .forEach(store -> messages.put(store.name, store.message));
        }
        return messages;
    }

    public static Announcement of(Notice notice) {
        return new Announcement(Type.Warning, notice.reason(), notice.toString());
    }

    private static Announcement warning(Condition condition) {
        return new Announcement(Type.Warning, condition.getReason(), condition.getMessage());
    }

    private static Announcement normal(Condition condition) {
        return new Announcement(Type.Normal, condition.getReason(), condition.getMessage());
    }

    private static Change change(ThanosStatus before, ThanosStatus after, String type) {
        return new Change(
                Conditions.find(before, type), Conditions.find(after, type).orElseThrow());
    }

    private record Change(Optional<Condition> before, Condition after) {

        boolean isTrue() {
            return isTrue(after);
        }

        boolean began() {
            return isTrue(after) && before.filter(Change::isTrue).isEmpty();
        }

        boolean ended() {
            return !isTrue(after) && before.filter(Change::isTrue).isPresent();
        }

        boolean isReworded() {
            return before.filter(b -> b.getReason().equals(after.getReason())
                            && b.getMessage().equals(after.getMessage()))
                    .isEmpty();
        }

        boolean isNewly(ConditionReason reason) {
            return has(after, reason) && before.filter(b -> has(b, reason)).isEmpty();
        }

        boolean isNoLonger(ConditionReason reason) {
            return !has(after, reason) && before.filter(b -> has(b, reason)).isPresent();
        }

        private static boolean isTrue(Condition condition) {
            return "True".equals(condition.getStatus());
        }

        private static boolean has(Condition condition, ConditionReason reason) {
            return reason.name().equals(condition.getReason());
        }
    }
}
