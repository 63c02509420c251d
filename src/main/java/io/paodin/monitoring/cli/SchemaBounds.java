package io.paodin.monitoring.cli;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What a schema demands of a value beyond its type, in words that follow the value's path. */
final class SchemaBounds {

    /** How much of a wrong value is repeated in a message. */
    private static final int SHOWN = 100;

    private SchemaBounds() {}

    static List<String> problems(Map<?, ?> schema, Object value) {
        var problems = new ArrayList<String>();
        if (schema.get("enum") instanceof List<?> allowed && !allowed.contains(value)) {
            problems.add("must be one of " + allowed + ", is " + shown(value));
        }
        if (value instanceof String text) {
            size(schema, "Length", text.codePointCount(0, text.length()), "characters", problems);
            if (schema.get("pattern") instanceof String pattern && !isMatch(pattern, text)) {
                problems.add("must match " + pattern + ", is " + shown(text));
            }
        } else if (value instanceof Number number) {
            range(schema, new BigDecimal(number.toString()), problems);
        } else if (value instanceof List<?> items) {
            size(schema, "Items", items.size(), "items", problems);
        } else if (value instanceof Map<?, ?> fields) {
            size(schema, "Properties", fields.size(), "entries", problems);
        }
        return problems;
    }

    /** The indexes of items that a set or a list keyed by fields has before already. */
    static List<Integer> repeated(Map<?, ?> schema, List<?> items) {
        var repeated = new ArrayList<Integer>();
        var seen = new HashSet<Object>();
        for (int i = 0; i < items.size(); i++) {
            var identity = identity(schema, items.get(i));
            if (identity != null && !seen.add(identity)) {
                repeated.add(i);
            }
        }
        return repeated;
    }

    static String shown(Object value) {
        var text = String.valueOf(value);
        return text.codePointCount(0, text.length()) > SHOWN
                ? text.substring(0, text.offsetByCodePoints(0, SHOWN)) + "…"
                : text;
    }

    private static Object identity(Map<?, ?> schema, Object item) {
        if ("set".equals(schema.get("x-kubernetes-list-type"))) {
            return item;
        }
        return "map".equals(schema.get("x-kubernetes-list-type"))
                        && schema.get("x-kubernetes-list-map-keys") instanceof List<?> keys
                        && item instanceof Map<?, ?> fields
                        && fields.keySet().containsAll(keys)
                ? keys.stream().map(fields::get).toList()
                : null;
    }

    /** In Java a dollar also stands before the last line feed, in the API server only at the end. */
    private static boolean isMatch(String pattern, String text) {
        var matcher = Pattern.compile(pattern).matcher(text);
        return pattern.endsWith("$") ? matcher.matches() : matcher.find();
    }

    private static void size(Map<?, ?> schema, String what, int size, String unit, List<String> problems) {
        if (schema.get("min" + what) instanceof Number least && size < least.intValue()) {
            problems.add("must have at least " + least + " " + unit + ", has " + size);
        }
        if (schema.get("max" + what) instanceof Number most && size > most.intValue()) {
            problems.add("must have at most " + most + " " + unit + ", has " + size);
        }
    }

    private static void range(Map<?, ?> schema, BigDecimal number, List<String> problems) {
        if (schema.get("minimum") instanceof Number least && number.compareTo(exact(least)) < 0) {
            problems.add("must be at least " + exact(least) + ", is " + number);
        }
        if (schema.get("maximum") instanceof Number most && number.compareTo(exact(most)) > 0) {
            problems.add("must be at most " + exact(most) + ", is " + number);
        }
    }

    private static BigDecimal exact(Number number) {
        var exact = new BigDecimal(number.toString()).stripTrailingZeros();
        return exact.scale() < 0 ? exact.setScale(0) : exact;
    }
}
