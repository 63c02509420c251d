package io.paodin.monitoring.model;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Which of the known names somebody may have meant. */
final class NearestNames {

    private static final int MOST = 3;

    private record Candidate(String name, int distance) {}

    private NearestNames() {}

    /** At most three names that differ in a few letters or only lack the beginning, the nearest first. */
    static List<String> of(String given, Collection<String> names) {
        var limit = Math.max(2, given.length() / 4);
        return names.stream()
                .map(name -> new Candidate(name, endsWith(name, given) ? 1 : distance(given, name)))
                .filter(candidate -> candidate.distance() <= limit)
                .sorted(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name))
                .limit(MOST)
                .map(Candidate::name)
                .toList();
    }

    private static boolean endsWith(String name, String given) {
        return name.endsWith("." + given) || name.endsWith("-" + given);
    }

    /** How many letters have to be put in, taken out or replaced. */
    private static int distance(String from, String to) {
        var row = new int[to.length() + 1];
        for (var j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (var i = 1; i <= from.length(); i++) {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j < row.length; j++) {
                var replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.length()];
    }
}
