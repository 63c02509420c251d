package io.paodin.monitoring.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A page of the documentation. */
record Document(Path path, String text) {

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");
    private static final Pattern CODE = Pattern.compile("`([^`\\n]+)`");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");

    static Document of(Path path) {
        try {
            return new Document(path, Files.readString(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Document> all() {
        return Stream.concat(Stream.of(Path.of("README.md"), Path.of("CHANGELOG.md")), pagesUnder(Path.of("docs")))
                .map(Document::of)
                .toList();
    }

    static Stream<Path> pagesUnder(Path directory) {
        try (var files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".md")).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The fenced blocks of a language. */
    List<String> blocks(String language) {
        return matches(BLOCK, text)
                .filter(block -> block.group(1).equals(language))
                .map(block -> block.group(2))
                .toList();
    }

    /** Everything that is set as code, in blocks and between words. */
    List<String> code() {
        return Stream.concat(
                        matches(BLOCK, text).map(block -> block.group(2)),
                        matches(CODE, prose()).map(code -> code.group(1)))
                .toList();
    }

    /** The paths of fields that the paragraph with this beginning names. */
    List<String> fieldsIn(String beginning) {
        return Stream.of(text.split("\n\n"))
                .filter(paragraph -> paragraph.startsWith(beginning))
                .flatMap(paragraph -> matches(CODE, paragraph))
                .map(code -> code.group(1))
                .filter(code -> code.startsWith("spec."))
                .toList();
    }

    /** Targets of links that are not on other sites. */
    List<String> relativeLinks() {
        return matches(LINK, CODE.matcher(prose()).replaceAll(""))
                .map(link -> link.group(1))
                .filter(link -> !link.contains("://"))
                .toList();
    }

    /** What can stand behind {@code #} in a link to this page. */
    Set<String> anchors() {
        return matches(HEADING, prose())
                .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
                .map(heading -> heading.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    private String prose() {
        return BLOCK.matcher(text).replaceAll("");
    }

    private static Stream<MatchResult> matches(Pattern pattern, String text) {
        return pattern.matcher(text).results();
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
