package io.paodin.monitoring.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Label and field selectors of a list or watch. */
final class Selection {
    private static final Pattern SET = Pattern.compile("(\\S+)\\s+(in|notin)\\s+\\(([^)]*)\\)");
    private static final Pattern EQUALITY = Pattern.compile("([^!=\\s]+)\\s*(!=|==|=)\\s*(.*)");
    private static final String COMMA_OUTSIDE_PARENTHESES = ",(?![^(]*\\))";

    private final List<Predicate<JsonNode>> terms;

    private Selection(List<Predicate<JsonNode>> terms) {
        this.terms = terms;
    }

    static Selection of(Call call) {
        List<Predicate<JsonNode>> terms = new ArrayList<>();
        for (String term : split(call.parameter("labelSelector").orElse(""), COMMA_OUTSIDE_PARENTHESES)) {
            terms.add(labelTerm(term));
        }
        for (String term : split(call.parameter("fieldSelector").orElse(""), ",")) {
            terms.add(fieldTerm(term));
        }
        if (!call.name().isEmpty()) {
            terms.add(object -> Json.meta(object, "name").equals(call.name()));
        }
        return new Selection(List.copyOf(terms));
    }

    boolean matches(JsonNode object) {
        return object != null && terms.stream().allMatch(term -> term.test(object));
    }

    private static List<String> split(String text, String separator) {
        return Arrays.stream(text.split(separator))
                .map(String::strip)
                .filter(s -> !s.isEmpty())
                .toList();
    }

    private static Predicate<JsonNode> fieldTerm(String term) {
        Matcher equality = EQUALITY.matcher(term);
        if (!equality.matches()) {
            throw ApiError.badRequest("invalid field selector " + term);
        }
        String path = "/" + equality.group(1).replace('.', '/');
        boolean wanted = !equality.group(2).equals("!=");
        return object -> object.at(path).asText("").equals(equality.group(3)) == wanted;
    }

    private static Predicate<JsonNode> labelTerm(String term) {
        Matcher set = SET.matcher(term);
        if (set.matches()) {
            List<String> values = split(set.group(3), ",");
            boolean in = set.group(2).equals("in");
            return object -> {
                JsonNode label = label(object, set.group(1));
                return (label.isTextual() && values.contains(label.asText())) == in;
            };
        }
        Matcher equality = EQUALITY.matcher(term);
        if (equality.matches()) {
            boolean wanted = !equality.group(2).equals("!=");
            return object -> {
                JsonNode label = label(object, equality.group(1));
                return (label.isTextual() && label.asText().equals(equality.group(3))) == wanted;
            };
        }
        if (term.startsWith("!")) {
            return object -> label(object, term.substring(1)).isMissingNode();
        }
        return object -> !label(object, term).isMissingNode();
    }

    private static JsonNode label(JsonNode object, String name) {
        return object.path("metadata").path("labels").path(name);
    }
}
