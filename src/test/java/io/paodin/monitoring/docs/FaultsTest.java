package io.paodin.monitoring.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every fault of {@code docs/faults.md} has a test, and the test exists. */
class FaultsTest {

    private static final Pattern ROW = Pattern.compile("\\| ([^|]+) \\| ([^|]+) \\|");
    private static final Pattern TEST = Pattern.compile("`(\\w+)#(\\w+)`");
    private static final Pattern PARENT = Pattern.compile("class \\w+ (?:extends|implements) (\\w+Contract)");

    static List<String> rows() throws IOException {
        return Files.readAllLines(Path.of("docs/faults.md")).stream()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| Fault "))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void isGuardedByATestThatExists(String row) throws IOException {
        assertThat(row).matches(ROW);
        var tests = TEST.matcher(row).results().toList();
        assertThat(tests).isNotEmpty();
        for (var test : tests) {
            assertThat(source(test.group(1))).contains(" " + test.group(2) + "(");
        }
    }

    /** The source of a test, with that of the class or interface of the contract that it keeps. */
    private static String source(String name) throws IOException {
        try (var files = Files.walk(Path.of("src/test/java"))) {
            var text = Files.readString(files.filter(file -> file.endsWith(name + ".java"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("there is no " + name)));
            var parent = PARENT.matcher(text);
            return parent.find() ? text + source(parent.group(1)) : text;
        }
    }
}
