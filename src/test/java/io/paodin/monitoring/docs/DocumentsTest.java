package io.paodin.monitoring.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.paodin.monitoring.status.ConditionReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the pages name exists. */
class DocumentsTest {

    /** A file or directory of the repository. What stands in {@code target} comes and goes. */
    private static final Pattern PATH =
            Pattern.compile("(?<![\\w/.-])(?:\\./)?((?:src|deploy|docs|\\.ci|\\.github)/[\\w./-]*[\\w/])");

    private static final Pattern COMMAND = Pattern.compile("\\./mvnw\\b[^\\n#|&;]*");
    private static final Pattern PROFILE = Pattern.compile(" -P(\\w+)");
    private static final Pattern TEST = Pattern.compile(" -D(?:it\\.)?test=(\\w+)");
    private static final Pattern UPDATE = Pattern.compile(" -D(\\w+\\.update)\\b");
    private static final Pattern SETTING = Pattern.compile("PAODIN_[A-Z_]+");

    /** A class by its package below the project's: {@code apply.ManifestApplier}. */
    private static final Pattern CLASS =
            Pattern.compile("(?:api\\.v1alpha1|apply|cli|config|controller|crd|model|render|status)\\.[A-Z]\\w+");

    static List<Document> pages() {
        return Document.all();
    }

    static List<Path> decisions() {
        return Document.pagesUnder(Path.of("docs/decisions")).toList();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void linksLeadSomewhere(Document page) {
        assertThat(page.relativeLinks()).allSatisfy(link -> {
            var parts = link.split("#", 2);
            var target = parts[0].isEmpty()
                    ? page.path()
                    : page.path().resolveSibling(parts[0]).normalize();
            assertThat(target).exists();
            if (parts.length > 1) {
                assertThat(Document.of(target).anchors()).contains(parts[1]);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("pages")
    void namedFilesExist(Document page) {
        assertThat(found(page, PATH).map(path -> Path.of(path.group(1))))
                .allSatisfy(path -> assertThat(path).exists());
    }

    @ParameterizedTest
    @MethodSource("pages")
    void namedClassesExist(Document page) {
        assertThat(found(page, CLASS).map(MatchResult::group).map(name -> name.replace('.', '/') + ".java"))
                .allSatisfy(file -> assertThat(Path.of("src/main/java/io/paodin/monitoring", file))
                        .exists());
    }

    @ParameterizedTest
    @MethodSource("pages")
    void commandsNameExistingProfilesAndTests(Document page) throws IOException {
        var pom = Files.readString(Path.of("pom.xml"));
        var tests = tests();
        for (var command : found(page, COMMAND).map(MatchResult::group).toList()) {
            assertThat(groups(command, PROFILE))
                    .allSatisfy(id -> assertThat(pom).contains("<id>" + id + "</id>"));
            assertThat(groups(command, TEST))
                    .allSatisfy(test -> assertThat(tests).containsKey(test));
            assertThat(groups(command, UPDATE)).allSatisfy(flag -> assertThat(groups(command, TEST))
                    .allSatisfy(test ->
                            assertThat(tests.get(test)).content().contains("System.getProperty(\"" + flag + "\")")));
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void namedSettingsExist(Document page) throws IOException {
        var known = ConfigurationPage.settings().stream()
                .map(ConfigurationPage.Setting::environmentVariable)
                .toList();
        assertThat(found(page, SETTING).map(MatchResult::group))
                .allSatisfy(name -> assertThat(known).contains(name));
    }

    @ParameterizedTest
    @EnumSource
    void everyReasonHasARunbook(ConditionReason reason) {
        assertThat(Document.of(Path.of("docs/runbook.md")).text()).contains("\n## " + reason + "\n");
    }

    @ParameterizedTest
    @MethodSource("decisions")
    void decisionsHaveTheirPartsAndAreShort(Path decision) throws IOException {
        assertThat(Files.readAllLines(decision))
                .hasSizeLessThanOrEqualTo(60)
                .contains("## Context", "## Decision", "## Consequences")
                .anyMatch(line -> line.startsWith("Status: "));
        var title = Files.readAllLines(decision).get(0);
        var words = title.toLowerCase().replaceAll("[^a-z0-9]+", "-").substring(1);
        assertThat(decision.getFileName()).hasToString("0".repeat(4 - words.indexOf('-')) + words + ".md");
    }

    @ParameterizedTest
    @MethodSource("decisions")
    void decisionsAreListed(Path decision) {
        assertThat(Document.of(Path.of("docs/architecture.md")).relativeLinks())
                .contains("decisions/" + decision.getFileName());
    }

    private static Stream<MatchResult> found(Document page, Pattern pattern) {
        return page.code().stream().flatMap(code -> pattern.matcher(code).results());
    }

    private static List<String> groups(String text, Pattern pattern) {
        return pattern.matcher(text).results().map(match -> match.group(1)).toList();
    }

    /** The sources of all tests by the name of the class. */
    private static Map<String, Path> tests() throws IOException {
        try (var files = Files.walk(Path.of("src/test/java"))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.endsWith("package-info.java"))
                    .collect(Collectors.toMap(
                            file -> file.getFileName().toString().replace(".java", ""), file -> file, (a, b) -> a));
        }
    }
}
