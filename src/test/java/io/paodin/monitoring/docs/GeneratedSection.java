package io.paodin.monitoring.docs;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The part of a page that is generated: all below the marker. What stands above it is written by hand. */
final class GeneratedSection {

    static final String MARKER =
            "<!-- Generated below this line: ./mvnw test -Dtest=GeneratedPagesTest -Ddocs.update -->\n";

    private static final Pattern HTML = Pattern.compile("<(?=\\w)");

    private GeneratedSection() {}

    /** The page with this content in place of what was generated before. */
    static String replace(String page, String content) {
        var end = page.indexOf(MARKER);
        if (end < 0) {
            throw new IllegalArgumentException("the page lacks the line " + MARKER);
        }
        return page.substring(0, end) + MARKER + "\n" + content.strip() + "\n";
    }

    static String row(String... cells) {
        return List.of(cells).stream()
                .map(cell -> cell.replace("|", "\\|"))
                .map(cell -> HTML.matcher(cell).replaceAll("&lt;"))
                .collect(Collectors.joining(" | ", "| ", " |\n"));
    }
}
