package io.paodin.monitoring.model;

import io.paodin.monitoring.api.v1alpha1.SecretKey;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Collects all that is wrong with a spec, each thing once, so that a person sees everything together. */
final class Findings {

    /** How much of a wrong value is repeated in a message. */
    private static final int SHOWN = 100;

    private final Set<Violation> violations = new LinkedHashSet<>();
    private final Set<Notice> notices = new LinkedHashSet<>();

    void add(Violation violation) {
        violations.add(violation);
    }

    void add(String path, String message) {
        violations.add(Violation.of(path, message));
    }

    void add(Findings others) {
        violations.addAll(others.violations);
        notices.addAll(others.notices);
    }

    void add(AdditionalArgs additional) {
        violations.addAll(additional.violations());
        notices.addAll(additional.notices());
    }

    /** @param what what to give, with its article */
    void unlessGiven(String path, String value, String what) {
        if (value == null || value.isEmpty()) {
            add(path, "is missing: give " + what);
        }
    }

    /** Reports what is wrong with a reference that is given. */
    void unlessSecretKey(String path, SecretKey key) {
        if (key == null) {
            return;
        }
        unlessGiven(path + ".name", key.name, "the name of a Secret");
        unlessMatches(path + ".name", key.name, Form.SECRET_NAME);
        unlessGiven(path + ".key", key.key, "a key of the Secret");
        unlessMatches(path + ".key", key.key, Form.SECRET_KEY);
        if (Boolean.TRUE.equals(key.optional)) {
            add(path + ".optional", "must not be true, the Secret is needed: remove it");
        }
    }

    void add(Notice notice) {
        notices.add(notice);
    }

    /** Reports a value that is given and does not have the form. */
    void unlessMatches(String path, String value, Form form) {
        if (value != null && !form.matches(value)) {
            add(path, "must be " + form.expected() + ", is " + shown(value));
        }
    }

    /** Reports what is given and no duration of Prometheus. */
    Optional<Duration> duration(String text, String path) {
        var duration = Optional.ofNullable(text).flatMap(Durations::prometheus);
        if (text != null && duration.isEmpty()) {
            add(path, "must be a Prometheus duration such as 6h or 2w, is " + shown(text));
        }
        return duration;
    }

    /** Reports a number that is given and too small or too great. */
    void unlessWithin(String path, Integer value, int least, int most) {
        if (value != null && (value < least || value > most)) {
            add(path, "must be from " + least + " to " + most + ", is " + value);
        }
    }

    /** Reports a value of an enum that this version does not know. */
    <E extends Enum<E>> void unlessKnown(String path, E value, E unknown) {
        if (value == unknown) {
            var known = Arrays.stream(unknown.getDeclaringClass().getEnumConstants())
                    .filter(constant -> constant != unknown)
                    .map(Object::toString)
                    .collect(Collectors.joining(", "));
            add(path, "must be one of " + known);
        }
    }

    /** Reports items that are null. */
    void unlessFilled(String path, List<?> items) {
        for (int i = 0; items != null && i < items.size(); i++) {
            if (items.get(i) == null) {
                add(path + "[" + i + "]", "is empty: give a value or remove it");
            }
        }
    }

    /** Reports items that are null or without a character that is seen. */
    void unlessTexts(String path, List<String> items) {
        for (int i = 0; items != null && i < items.size(); i++) {
            if (items.get(i) == null || items.get(i).isBlank()) {
                add(path + "[" + i + "]", "is empty: give a value or remove it");
            }
        }
    }

    /** Reports keys and values that labels cannot have. */
    void unlessLabels(String path, Map<String, String> labels) {
        unlessKeys(path, labels);
        sorted(labels).forEach((key, value) -> unlessMatches(at(path, key), value, Form.LABEL_VALUE));
    }

    /** Reports keys that labels and annotations cannot have, and values that are null. */
    void unlessKeys(String path, Map<String, String> entries) {
        sorted(entries).forEach((key, value) -> {
            unlessMatches(path, key, Form.KEY);
            if (value == null) {
                add(at(path, key), "has no value: give one, which may be \"\", or remove it");
            }
        });
    }

    List<Violation> violations() {
        return List.copyOf(violations);
    }

    List<Notice> notices() {
        return List.copyOf(notices);
    }

    static String at(String path, String key) {
        return path + "[" + shown(key) + "]";
    }

    /** A value as a message repeats it: in quotes, and not endless. */
    static String shown(String value) {
        return '"' + shortened(value) + '"';
    }

    static String shortened(String value) {
        var isLong = value.codePointCount(0, value.length()) > SHOWN;
        return isLong ? value.substring(0, value.offsetByCodePoints(0, SHOWN)) + "…" : value;
    }

    private static Map<String, String> sorted(Map<String, String> entries) {
        return entries == null ? Map.of() : new TreeMap<>(entries);
    }
}
