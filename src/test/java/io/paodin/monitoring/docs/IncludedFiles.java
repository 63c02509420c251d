package io.paodin.monitoring.docs;

import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The blocks of a page that are files of the repository: each stands below a comment that names its file. */
final class IncludedFiles {

    private static final Pattern BLOCK = Pattern.compile("(?ms)^(<!-- The file (\\S+) -->\\n```yaml\\n).*?^```$");

    private IncludedFiles() {}

    /** The page with the files as they are now. */
    static String replace(String page) {
        return BLOCK.matcher(page)
                .replaceAll(block -> Matcher.quoteReplacement(
                        block.group(1) + Document.of(path(block)).text() + "```"));
    }

    static Stream<Path> in(String page) {
        return BLOCK.matcher(page).results().map(IncludedFiles::path);
    }

    private static Path path(MatchResult block) {
        return Path.of(block.group(2));
    }
}
