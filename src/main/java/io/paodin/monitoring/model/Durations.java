package io.paodin.monitoring.model;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The two ways in which Thanos writes durations: that of Prometheus and that of Go. */
public final class Durations {

    private static final Pattern PROMETHEUS =
            Pattern.compile("(?:(\\d+)y)?(?:(\\d+)w)?(?:(\\d+)d)?(?:(\\d+)h)?(?:(\\d+)m)?(?:(\\d+)s)?(?:(\\d+)ms)?");
    private static final long[] PROMETHEUS_MILLIS = {
        365L * 24 * 3_600_000, 7L * 24 * 3_600_000, 24L * 3_600_000, 3_600_000, 60_000, 1_000, 1
    };

    private static final String GO_UNIT = "(\\d+(?:\\.\\d*)?|\\.\\d+)(ns|us|µs|μs|ms|s|m|h|d|w)";
    private static final Pattern GO = Pattern.compile("([-+]?)(0|(?:" + GO_UNIT + ")+)");
    private static final Pattern GO_PART = Pattern.compile(GO_UNIT);
    private static final Map<String, Long> GO_NANOS = Map.of(
            "ns",
            1L,
            "us",
            1_000L,
            "µs",
            1_000L,
            "μs",
            1_000L,
            "ms",
            1_000_000L,
            "s",
            1_000_000_000L,
            "m",
            60_000_000_000L,
            "h",
            3_600_000_000_000L,
            "d",
            24 * 3_600_000_000_000L,
            "w",
            168 * 3_600_000_000_000L);

    /** A repeated group is matched recursively: endless text would end the thread. */
    private static final int LONGEST_TEXT = 256;

    private static final BigInteger LONGEST = BigInteger.valueOf(Long.MAX_VALUE);

    private Durations() {}

    /** A Prometheus duration: whole numbers with units from {@code y} to {@code ms} in falling order, or {@code 0}. */
    public static Optional<Duration> prometheus(String text) {
        if (text.equals("0")) {
            return Optional.of(Duration.ZERO);
        }
        var matcher = PROMETHEUS.matcher(text);
        if (text.isEmpty() || !matcher.matches()) {
            return Optional.empty();
        }
        var millis = BigInteger.ZERO;
        for (var unit = 0; unit < PROMETHEUS_MILLIS.length; unit++) {
            var number = matcher.group(unit + 1);
            if (number != null) {
                millis = millis.add(new BigInteger(number).multiply(BigInteger.valueOf(PROMETHEUS_MILLIS[unit])));
            }
        }
        return ofNanos(millis.multiply(BigInteger.valueOf(1_000_000)));
    }

    /**
     * A Go duration as the flag parser of Thanos reads it: units from {@code ns} to {@code w} in any order, with
     * fractions and a sign. Days and weeks are an addition of the parser; Go itself ends at hours.
     */
    public static Optional<Duration> go(String text) {
        var matcher = GO.matcher(text);
        if (text.length() > LONGEST_TEXT || !matcher.matches()) {
            return Optional.empty();
        }
        var nanos = GO_PART.matcher(matcher.group(2))
                .results()
                .map(part -> new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(GO_NANOS.get(part.group(2)))))
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .toBigInteger();
        return ofNanos(matcher.group(1).equals("-") ? nanos.negate() : nanos);
    }

    /** Writes a duration of whole milliseconds in hours, minutes and seconds, which both dialects read alike. */
    public static String format(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("negative duration " + duration);
        }
        var text = new StringBuilder();
        append(text, duration.toHours(), "h");
        append(text, duration.toMinutesPart(), "m");
        append(text, duration.toSecondsPart(), "s");
        append(text, duration.toMillisPart(), "ms");
        return text.isEmpty() ? "0s" : text.toString();
    }

    private static void append(StringBuilder text, long number, String unit) {
        if (number > 0) {
            text.append(number).append(unit);
        }
    }

    private static Optional<Duration> ofNanos(BigInteger nanos) {
        return nanos.abs().compareTo(LONGEST) > 0
                ? Optional.empty()
                : Optional.of(Duration.ofNanos(nanos.longValueExact()));
    }
}
