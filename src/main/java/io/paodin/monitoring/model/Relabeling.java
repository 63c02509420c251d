package io.paodin.monitoring.model;

import static io.paodin.monitoring.model.Defaults.orElse;
import static io.paodin.monitoring.model.Defaults.orEmpty;
import static io.paodin.monitoring.model.Relabeling.Part.MODULUS;
import static io.paodin.monitoring.model.Relabeling.Part.REGEX;
import static io.paodin.monitoring.model.Relabeling.Part.REPLACEMENT;
import static io.paodin.monitoring.model.Relabeling.Part.SEPARATOR;
import static io.paodin.monitoring.model.Relabeling.Part.SOURCE_LABELS;
import static io.paodin.monitoring.model.Relabeling.Part.TARGET_LABEL;

import com.google.re2j.PatternSyntaxException;
import io.paodin.monitoring.api.v1alpha1.RelabelAction;
import io.paodin.monitoring.api.v1alpha1.RelabelConfig;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * What routers do to the labels of what is written, as text for a flag. Not as a file: they read it only when they start,
 * and a pod that is started anew must not meet steps that another has not, or that let none start.
 */
final class Relabeling {

    /** What the kernel takes as one argument is 128 KiB. */
    private static final int LONGEST = 100_000;

    private final String path;
    private final Findings findings;

    private Relabeling(String path, Findings findings) {
        this.path = path;
        this.findings = findings;
    }

    /** A field of a step, and what Thanos calls it. */
    enum Part {
        SOURCE_LABELS("sourceLabels", "source_labels", step -> step.sourceLabels),
        SEPARATOR("separator", "separator", step -> step.separator),
        REGEX("regex", "regex", step -> step.regex),
        MODULUS("modulus", "modulus", step -> step.modulus),
        TARGET_LABEL("targetLabel", "target_label", step -> step.targetLabel),
        REPLACEMENT("replacement", "replacement", step -> step.replacement);

        private final String field;
        private final String key;
        private final Function<RelabelConfig, Object> value;

        Part(String field, String key, Function<RelabelConfig, Object> value) {
            this.field = field;
            this.key = key;
            this.value = value;
        }
    }

    /** What an action has to be given and what it can be given; all else would have no effect, or end the router. */
    private record Shape(Set<Part> needs, Set<Part> takes) {

        private static final Shape TEXT_INTO_LABEL =
                new Shape(EnumSet.of(SOURCE_LABELS, TARGET_LABEL), EnumSet.of(SEPARATOR));
        private static final Shape TEXT = new Shape(EnumSet.of(SOURCE_LABELS), EnumSet.of(SEPARATOR, REGEX));
        private static final Shape COMPARISON =
                new Shape(EnumSet.of(SOURCE_LABELS, TARGET_LABEL), EnumSet.noneOf(Part.class));
        private static final Shape NAMES = new Shape(EnumSet.of(REGEX), EnumSet.noneOf(Part.class));

        static Shape of(RelabelAction action) {
            return switch (action) {
                case REPLACE, UNKNOWN ->
                    new Shape(EnumSet.of(TARGET_LABEL), EnumSet.of(SOURCE_LABELS, SEPARATOR, REGEX, REPLACEMENT));
                case KEEP, DROP -> TEXT;
                case KEEPEQUAL, DROPEQUAL -> COMPARISON;
                case HASHMOD -> new Shape(EnumSet.of(SOURCE_LABELS, TARGET_LABEL, MODULUS), EnumSet.of(SEPARATOR));
                case LABELMAP -> new Shape(EnumSet.of(REGEX), EnumSet.of(REPLACEMENT));
                case LABELDROP, LABELKEEP -> NAMES;
                case LOWERCASE, UPPERCASE -> TEXT_INTO_LABEL;
            };
        }
    }

    /** @return null for no steps */
    static String of(List<RelabelConfig> steps, String path, Findings findings) {
        findings.unlessFilled(path, steps);
        var given = orEmpty(steps);
        for (int i = 0; i < given.size(); i++) {
            if (given.get(i) != null) {
                new Relabeling(path + "[" + i + "]", findings).check(given.get(i));
            }
        }
        if (given.isEmpty()) {
            return null;
        }
        var text = ConfigText.of(given.stream()
                .map(step -> file(orElse(step, new RelabelConfig())))
                .toList());
        int length = text.getBytes(StandardCharsets.UTF_8).length;
        if (length > LONGEST) {
            findings.add(
                    path,
                    "come to %d bytes, and an argument has %d at most: use fewer or shorter ones"
                            .formatted(length, LONGEST));
        }
        return text;
    }

    private void check(RelabelConfig step) {
        findings.unlessKnown(path + ".action", step.action, RelabelAction.UNKNOWN);
        findings.unlessFilled(path + ".sourceLabels", step.sourceLabels);
        var action = orElse(step.action, RelabelAction.REPLACE);
        if (action == RelabelAction.UNKNOWN) {
            return;
        }
        var shape = Shape.of(action);
        for (var part : Part.values()) {
            var value = part.value.apply(step);
            if (shape.needs().contains(part)) {
                if (isEmpty(value)) {
                    findings.add(path + "." + part.field, "is missing: action %s needs it".formatted(action));
                }
            } else if (value != null && !shape.takes().contains(part)) {
                findings.add(path + "." + part.field, "has no meaning for action %s: remove it".formatted(action));
            }
        }
        if (step.modulus != null && step.modulus < 1) {
            findings.add(path + ".modulus", "must be 1 or more, is " + step.modulus);
        }
        if (action == RelabelAction.LABELMAP && "".equals(step.replacement)) {
            findings.add(path + ".replacement", "must be the name of a label: give one, or remove it");
        }
        if (action != RelabelAction.REPLACE && step.targetLabel != null && step.targetLabel.contains("$")) {
            findings.add(
                    path + ".targetLabel",
                    "must be the name of a label: only replace puts groups of regex into it, is "
                            + Findings.shown(step.targetLabel));
        }
        checkRegex(step.regex);
    }

    private static boolean isEmpty(Object value) {
        return value == null || "".equals(value) || value instanceof List<?> list && list.isEmpty();
    }

    private void checkRegex(String regex) {
        try {
            if (regex != null) {
                com.google.re2j.Pattern.compile("^(?s:" + regex + ")$");
            }
        } catch (PatternSyntaxException e) {
            findings.add(
                    path + ".regex",
                    "must be a regular expression of RE2, which has no lookarounds and no references back: %s in %s"
                            .formatted(e.getDescription(), Findings.shown(regex)));
        }
    }

    private static Map<String, Object> file(RelabelConfig step) {
        var file = new LinkedHashMap<String, Object>();
        file.put("action", orElse(step.action, RelabelAction.REPLACE).toString());
        for (var part : Part.values()) {
            var value = part.value.apply(step);
            if (value != null) {
                file.put(part.key, value);
            }
        }
        return file;
    }
}
