package io.paodin.monitoring.model;

import java.util.ArrayList;
import java.util.List;

/** Collects all that is wrong with a spec, so that a person sees everything at once. */
final class Findings {

    private final List<Violation> violations = new ArrayList<>();
    private final List<Notice> notices = new ArrayList<>();

    void add(Violation violation) {
        violations.add(violation);
    }

    void add(String path, String message) {
        violations.add(Violation.of(path, message));
    }

    void add(AdditionalArgs additional) {
        violations.addAll(additional.violations());
        notices.addAll(additional.notices());
    }

    void notAvailableYet(String path, Object value) {
        if (value != null) {
            add(path, "not available yet: remove it");
        }
    }

    /** Reports a value that is given and does not have the form. */
    void unlessMatches(String path, String value, Form form) {
        if (value != null && !form.matches(value)) {
            add(path, "must be " + form.expected() + ", is \"" + value + "\"");
        }
    }

    /** Reports a number that is given and too small. */
    void unlessAtLeast(String path, Integer value, int least) {
        if (value != null && value < least) {
            add(path, "must be " + least + " or more, is " + value);
        }
    }

    List<Violation> violations() {
        return List.copyOf(violations);
    }

    List<Notice> notices() {
        return List.copyOf(notices);
    }
}
