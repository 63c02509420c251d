package io.paodin.monitoring.model;

import io.paodin.monitoring.api.v1alpha1.Patterns;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A pattern of tenant ids, as Go's {@code filepath.Match} reads it: {@code *} for any characters, {@code ?} for one, and
 * a class such as {@code [a-c]} or {@code [^0-9]}. What Go would take besides could match no id, and is no pattern here.
 *
 * @param parts the characters that each may stand for; null for any number of any characters
 */
record TenantPattern(String text, List<BitSet> parts) {

    private static final String CHARACTER = "[A-Za-z0-9_.-]";
    private static final String RANGE = "[A-Za-z0-9_.](?:-[A-Za-z0-9_.])?";
    private static final Pattern PART = Pattern.compile("\\[\\^?(?:" + RANGE + ")+]|[*?]|" + CHARACTER);
    private static final Pattern WHOLE = Pattern.compile("(?:" + PART.pattern() + ")+");

    private static final BitSet ANY = matching(CHARACTER);

    /** What {@link Patterns#TENANT} lets an id begin with. */
    private static final BitSet FIRST = matching("[A-Za-z0-9]");

    /** @return empty for text that is no pattern, or one that matches nothing */
    static Optional<TenantPattern> of(String text) {
        if (text.length() > 128 || !WHOLE.matcher(text).matches()) {
            return Optional.empty();
        }
        var parts = PART.matcher(text)
                .results()
                .map(part -> part.group().equals("*") ? null : characters(part.group()))
                .collect(ArrayList<BitSet>::new, List::add, List::addAll);
        var pattern = new TenantPattern(text, parts);
        return pattern.common(pattern).isPresent() ? Optional.of(pattern) : Optional.empty();
    }

    boolean matchesEverything() {
        return parts.stream().allMatch(part -> part == null);
    }

    /** A shortest id that both match, if there is one: the two are walked through side by side. */
    Optional<String> common(TenantPattern other) {
        var seen = new BitSet();
        var steps = new ArrayDeque<Step>();
        steps.add(new Step(0, 0, ""));
        while (!steps.isEmpty()) {
            var step = steps.remove();
            int state = ((step.here * (other.parts.size() + 1)) + step.there) * 2 + (step.id.isEmpty() ? 0 : 1);
            if (seen.get(state)) {
                continue;
            }
            seen.set(state);
            var hereEnds = step.here == parts.size();
            var thereEnds = step.there == other.parts.size();
            if (hereEnds && thereEnds && !step.id.isEmpty()) {
                return Optional.of(step.id);
            }
            // Passing over a star adds nothing to the id, so that it goes first.
            if (!hereEnds && parts.get(step.here) == null) {
                steps.addFirst(new Step(step.here + 1, step.there, step.id));
            }
            if (!thereEnds && other.parts.get(step.there) == null) {
                steps.addFirst(new Step(step.here, step.there + 1, step.id));
            }
            if (!hereEnds && !thereEnds) {
                var next = next(parts.get(step.here), other.parts.get(step.there), step.id.isEmpty());
                if (next >= 0) {
                    steps.addLast(new Step(
                            parts.get(step.here) == null ? step.here : step.here + 1,
                            other.parts.get(step.there) == null ? step.there : step.there + 1,
                            step.id + (char) next));
                }
            }
        }
        return Optional.empty();
    }

    private record Step(int here, int there, String id) {}

    /** A character that both parts may stand for; -1 for none. Letters are easier to read than digits. */
    private static int next(BitSet here, BitSet there, boolean first) {
        var both = (BitSet) (first ? FIRST : ANY).clone();
        both.and(here == null ? ANY : here);
        both.and(there == null ? ANY : there);
        return both.nextSetBit('a') >= 0 ? both.nextSetBit('a') : both.nextSetBit(0);
    }

    private static BitSet characters(String part) {
        return part.equals("?") ? ANY : matching(part.equals(".") ? "[.]" : part);
    }

    private static BitSet matching(String regex) {
        // A range that runs backwards is no error to Go, and matches nothing.
        var backwards = Pattern.compile("(.)-(.)")
                .matcher(regex)
                .results()
                .anyMatch(range -> range.group(1).compareTo(range.group(2)) > 0);
        var set = new BitSet(128);
        if (!backwards) {
            var pattern = Pattern.compile(regex);
            for (char c = '-'; c <= 'z'; c++) {
                if (c != '/' && pattern.matcher(String.valueOf(c)).matches()) {
                    set.set(c);
                }
            }
        }
        return set;
    }
}
