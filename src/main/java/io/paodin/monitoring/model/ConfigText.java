package io.paodin.monitoring.model;

import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A configuration as text, in YAML that people can read, in the order of its maps and lists. All text is quoted and
 * escaped, so that none can be taken for anything else; dollars too, since Thanos puts variables of its environment into a
 * configuration before it reads it.
 */
final class ConfigText {

    private static final String INDENT = "  ";

    private ConfigText() {}

    /** @param value of maps, collections, text, numbers and booleans */
    static String of(Object value) {
        var text = new StringBuilder();
        if (isBlock(value)) {
            block(value, "", text);
        } else {
            text.append(inline(value)).append('\n');
        }
        return text.toString();
    }

    /** @param indent what every line but the first begins with, at whose place the text stands */
    private static void block(Object value, String indent, StringBuilder text) {
        var isFirst = true;
        if (value instanceof Map<?, ?> map) {
            for (var entry : map.entrySet()) {
                text.append(isFirst ? "" : indent).append(quoted(entry.getKey().toString()));
                isFirst = false;
                if (isBlock(entry.getValue())) {
                    text.append(":\n").append(indent).append(INDENT);
                    block(entry.getValue(), indent + INDENT, text);
                } else {
                    text.append(": ").append(inline(entry.getValue())).append('\n');
                }
            }
        } else {
            for (var item : (Collection<?>) value) {
                text.append(isFirst ? "" : indent).append("- ");
                isFirst = false;
                block(item, indent + INDENT, text);
            }
        }
    }

    /** Whether it takes lines of its own: a map with something in it, and a list of such. */
    private static boolean isBlock(Object value) {
        return value instanceof Map<?, ?> map
                ? !map.isEmpty()
                : value instanceof Collection<?> list
                        && !list.isEmpty()
                        && list.stream().allMatch(ConfigText::isBlock);
    }

    private static String inline(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> quoted(entry.getKey().toString()) + ": " + inline(entry.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (value instanceof Collection<?> list) {
            return list.stream().map(ConfigText::inline).collect(Collectors.joining(", ", "[", "]"));
        }
        return value instanceof String string ? quoted(string) : String.valueOf(value);
    }

    private static String quoted(String text) {
        var quoted = new StringBuilder("\"");
        text.codePoints().forEach(character -> {
            if (character == '"' || character == '\\') {
                quoted.append('\\').appendCodePoint(character);
            } else if (character >= ' ' && character <= '~' && character != '$') {
                quoted.appendCodePoint(character);
            } else {
                quoted.append((character > 0xffff ? "\\U%08x" : "\\u%04x").formatted(character));
            }
        });
        return quoted.append('"').toString();
    }
}
