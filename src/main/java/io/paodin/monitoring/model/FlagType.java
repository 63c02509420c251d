package io.paodin.monitoring.model;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The forms that the value of a Thanos flag can have. */
public enum FlagType {
    /** Takes no value: {@code --flag} or {@code --no-flag}. */
    BOOL("\"true\" or \"false\"", matching("true|false")),
    INT("a whole number", matching("-?(?:0|[1-9]\\d{0,17})")),
    UINT("a whole number without a sign", matching("0|[1-9]\\d{0,17}")),
    FLOAT("a number", matching("[-+]?(?:\\d+(?:\\.\\d*)?|\\.\\d+)(?:[eE][-+]?\\d{1,3})?")),
    GO_DURATION("a Go duration such as 90s or 1.5h (units w d h m s ms us ns)", value -> Durations.go(value)
            .isPresent()),
    PROMETHEUS_DURATION(
            "a Prometheus duration such as 1h30m or 2w (units y w d h m s ms, whole numbers)",
            value -> Durations.prometheus(value).isPresent()),
    TIME_OR_DURATION(
            "an RFC 3339 time such as 2030-01-31T00:00:00Z, or a Prometheus duration such as -2w",
            FlagType::isTimeOrDuration),
    BYTES("a size with a unit of bytes such as 512MB or 1GiB (KB and KiB are both 1024 B; not Mi)", FlagType::isBytes),
    /** The values are those of the flag. */
    ENUM("one of the listed values", value -> true),
    STRING("text", value -> true),
    LABEL("a label name, =, and the value in double quotes, such as region=\"eu\"", FlagType::isLabel),
    ADDRESS("an address such as host:port", matching("\\S+")),
    PATH("a path, without quotes around it", matching("[^\"'\\s](?:.*[^\"'])?")),
    YAML("YAML text", value -> !value.isBlank());

    /** A repeated group is matched recursively: endless text would end the thread. */
    private static final int LONGEST_SIZE = 256;

    private final String form;
    private final Predicate<String> check;

    FlagType(String form, Predicate<String> check) {
        this.form = form;
        this.check = check;
    }

    /** The expected form, in words that follow "must be". */
    String form() {
        return form;
    }

    boolean accepts(String value) {
        return check.test(value);
    }

    private static Predicate<String> matching(String pattern) {
        return Pattern.compile(pattern).asMatchPredicate();
    }

    private static boolean isTimeOrDuration(String value) {
        if (Durations.prometheus(value.startsWith("-") ? value.substring(1) : value)
                .isPresent()) {
            return true;
        }
        try {
            OffsetDateTime.parse(value);
            // Go insists on seconds, which Java leaves out.
            return value.matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d.+");
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static boolean isBytes(String value) {
        var number = "(?:\\d{1,18}(?:\\.\\d*)?|\\.\\d+)";
        // One value may add up several parts, but not parts of the two spellings.
        return value.length() <= LONGEST_SIZE
                && value.matches("0|(?:%1$s(?:[KMGTPE]i)?B)+|(?:%1$s[KMGTPE]?B)+".formatted(number));
    }

    private static boolean isLabel(String value) {
        var equals = value.indexOf('=');
        return equals > 0 && GoQuote.unquote(value.substring(equals + 1)).isPresent();
    }
}
