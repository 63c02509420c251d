package io.paodin.monitoring.model;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Pieces of the sentences that a status has. */
final class Sentences {

    /** How many are named: a status has room for a message, not for a list. */
    private static final int MOST = 3;

    private Sentences() {}

    /** {@code a is}, {@code a and b are}, {@code a, b, c and 4 more are}. */
    static <T> String are(List<T> all, Function<T, String> name) {
        return list(all, name) + (all.size() == 1 ? " is" : " are");
    }

    private static <T> String list(List<T> all, Function<T, String> name) {
        var shown = all.stream()
                .limit(all.size() > MOST + 1 ? MOST : MOST + 1L)
                .map(name)
                .collect(Collectors.toList());
        if (shown.size() < all.size()) {
            return String.join(", ", shown) + " and " + (all.size() - shown.size()) + " more";
        }
        var last = shown.remove(shown.size() - 1);
        return shown.isEmpty() ? last : String.join(", ", shown) + " and " + last;
    }
}
