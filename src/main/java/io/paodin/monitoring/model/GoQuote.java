package io.paodin.monitoring.model;

import java.util.Optional;

/** Strings in the double quotes of the Go language, which is how Thanos reads the values of label flags. */
public final class GoQuote {

    private static final String ESCAPES = "abfnrtv\\\"";
    private static final String ESCAPED = "\u0007\b\f\n\r\t\u000b\\\"";

    private GoQuote() {}

    /** The text as a quoted Go string. Text that is not valid Unicode gets the replacement character. */
    public static String quote(String text) {
        var quoted = new StringBuilder(text.length() + 2).append('"');
        text.codePoints().forEach(character -> {
            var escape = character < 128 ? ESCAPED.indexOf(character) : -1;
            if (escape >= 0) {
                quoted.append('\\').append(ESCAPES.charAt(escape));
            } else if (isSurrogate(character)) {
                quoted.append("\\ufffd");
            } else if (Character.isISOControl(character) || Character.getType(character) == Character.FORMAT) {
                quoted.append(character > 0xffff ? "\\U%08x".formatted(character) : "\\u%04x".formatted(character));
            } else {
                quoted.appendCodePoint(character);
            }
        });
        return quoted.append('"').toString();
    }

    /** The text of a quoted Go string: empty where Go would refuse it, or where it is not in double quotes. */
    public static Optional<String> unquote(String quoted) {
        var end = quoted.length() - 1;
        if (end < 1 || quoted.charAt(0) != '"' || quoted.charAt(end) != '"') {
            return Optional.empty();
        }
        var text = new StringBuilder(end);
        for (var at = 1; at < end; at++) {
            var character = quoted.charAt(at);
            if (character == '"' || character == '\n') {
                return Optional.empty();
            }
            if (character != '\\') {
                text.append(character);
                continue;
            }
            at++;
            var length = at < end ? lengthOfCode(quoted.charAt(at)) : -1;
            if (length < 0) {
                return Optional.empty();
            }
            if (length == 0) {
                text.append(ESCAPED.charAt(ESCAPES.indexOf(quoted.charAt(at))));
                continue;
            }
            var octal = Character.isDigit(quoted.charAt(at));
            var from = octal ? at : at + 1;
            at = from + length - 1;
            var code = at < end ? code(quoted.substring(from, from + length), octal) : -1;
            if (code < 0) {
                return Optional.empty();
            }
            text.appendCodePoint(code);
        }
        return Optional.of(text.toString());
    }

    /** How many digits follow the letter of an escape: 0 for a plain one, -1 where there is no such escape. */
    private static int lengthOfCode(char letter) {
        return switch (letter) {
            case 'x' -> 2;
            case 'u' -> 4;
            case 'U' -> 8;
            case '0', '1', '2', '3', '4', '5', '6', '7' -> 3;
            default -> ESCAPES.indexOf(letter) < 0 ? -1 : 0;
        };
    }

    private static int code(String digits, boolean octal) {
        if (!digits.matches(octal ? "[0-3][0-7]{2}" : "[0-9a-fA-F]+")) {
            return -1;
        }
        var code = Long.parseLong(digits, octal ? 8 : 16);
        return code > Character.MAX_CODE_POINT || isSurrogate((int) code) ? -1 : (int) code;
    }

    private static boolean isSurrogate(int character) {
        return character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
    }
}
