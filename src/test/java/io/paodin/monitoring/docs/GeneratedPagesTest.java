package io.paodin.monitoring.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

    private static void check(Path path, String content) throws IOException {
        var committed = Files.readString(path);
        var current = GeneratedSection.replace(committed, content);
        if (System.getProperty("docs.update") != null) {
            Files.writeString(path, current);
            return;
        }
        assertThat(committed)
                .as("%s is not current: run ./mvnw test -Dtest=GeneratedPagesTest -Ddocs.update", path)
                .isEqualTo(current);
    }
}
