package io.paodin.monitoring.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.paodin.monitoring.install.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * The generated parts of the documentation are current. After a wanted change run {@code ./mvnw test
 * -Dtest=GeneratedPagesTest -Ddocs.update} and read the diff.
 */
class GeneratedPagesTest {

    @Test
    void settingsAreDocumentedAsTheirJavadocSays() throws IOException {
        check(ConfigurationPage.PATH, ConfigurationPage.content());
    }

    @Test
    void fieldsAreDocumentedAsTheSchemaSays() throws IOException {
        check(ApiPage.PATH, ApiPage.content());
    }

    @Test
    void everySettingTellsItsDefaultAndItsEnvironmentVariable() throws IOException {
        assertThat(ConfigurationPage.settings()).isNotEmpty().allSatisfy(setting -> assertThat(setting.text())
                .contains("Default ")
                .contains("environment variable")
                .contains("`" + setting.environmentVariable() + "`"));
    }

    @Test
    void blocksAreTheFilesThatTheyName() throws IOException {
        for (var page : Document.all()) {
            check(page.path(), IncludedFiles::replace);
        }
    }

    @Test
    void samplesForSeveralClustersAreShownWhole() {
        var usage = Document.of(Path.of("docs/usage.md")).text();
        assertThat(IncludedFiles.in(usage))
                .containsExactlyInAnyOrderElementsOf(Samples.all()
                        .filter(sample -> sample.getParent().endsWith("multi-cluster"))
                        .toList());
    }

    private static void check(Path path, String content) throws IOException {
        check(path, page -> GeneratedSection.replace(page, content));
    }

    private static void check(Path path, UnaryOperator<String> generation) throws IOException {
        var committed = Files.readString(path);
        var current = generation.apply(committed);
        if (System.getProperty("docs.update") != null) {
            Files.writeString(path, current);
            return;
        }
        assertThat(committed)
                .as("%s is not current: run ./mvnw test -Dtest=GeneratedPagesTest -Ddocs.update", path)
                .isEqualTo(current);
    }
}
