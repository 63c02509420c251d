package io.paodin.monitoring.model;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** The start and end of a range of time, each a time or a duration relative to now, as {@code --min-time} takes them. */
final class TimeBounds {

    private TimeBounds() {}

    /** Reports what is neither, and bounds in the wrong order; a time and a duration cannot be compared without a clock. */
    static void check(String path, String min, String max, Findings findings) {
        var isGiven = checkOne(path + ".minTime", min, findings) & checkOne(path + ".maxTime", max, findings);
        if (!isGiven) {
            return;
        }
        var times = isEarlier(time(min), time(max));
        var offsets = isEarlier(offset(min), offset(max));
        if (times.or(() -> offsets).filter(earlier -> !earlier).isPresent()) {
            findings.add(
                    path + ".minTime", "must be before maxTime, %s, is %s: exchange or remove one".formatted(max, min));
        }
    }

    /** How far before now a relative bound is; empty for a time, and for what is neither. */
    static Optional<Duration> before(String bound) {
        return bound == null ? Optional.empty() : offset(bound).map(Duration::negated);
    }

    /** @return whether it is there and right */
    private static boolean checkOne(String path, String bound, Findings findings) {
        if (bound == null) {
            return false;
        }
        if (time(bound).isEmpty() && offset(bound).isEmpty()) {
            findings.add(path, "must be " + Form.TIME.expected() + ", is " + Findings.shown(bound));
            return false;
        }
        return true;
    }

    private static <T extends Comparable<? super T>> Optional<Boolean> isEarlier(Optional<T> one, Optional<T> other) {
        return one.flatMap(a -> other.map(b -> a.compareTo(b) < 0));
    }

    private static Optional<Instant> time(String bound) {
        if (!Form.TIME.matches(bound) || !bound.contains("T")) {
            return Optional.empty();
        }
        try {
            return Optional.of(OffsetDateTime.parse(bound).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Duration> offset(String bound) {
        if (!Form.TIME.matches(bound)) {
            return Optional.empty();
        }
        return bound.startsWith("-")
                ? Durations.prometheus(bound.substring(1)).map(Duration::negated)
                : Durations.prometheus(bound);
    }
}
