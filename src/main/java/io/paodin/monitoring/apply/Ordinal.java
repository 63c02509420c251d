package io.paodin.monitoring.apply;

import java.util.OptionalInt;
import java.util.regex.Pattern;

/** The number at the end of the names of a StatefulSet's pods and claims. */
final class Ordinal {

    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,8}");

    private Ordinal() {}

    /** @return empty if the name is not the stem, a dash and a number */
    static OptionalInt of(String name, String stem) {
        var end = stem.length() + 1;
        return name.startsWith(stem + "-")
                        && NUMBER.matcher(name.substring(end)).matches()
                ? OptionalInt.of(Integer.parseInt(name.substring(end)))
                : OptionalInt.empty();
    }
}
