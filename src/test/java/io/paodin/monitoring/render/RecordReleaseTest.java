package io.paodin.monitoring.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.paodin.monitoring.crd.Crds;
import io.paodin.monitoring.install.LastRelease;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Records what the next release is compared with, by {@code ./mvnw test -Dtest=RecordReleaseTest -Drelease.record=VERSION}, and
 * sees to it that what is recorded is whole.
 */
class RecordReleaseTest {

    private static final Pattern WORKLOAD = Pattern.compile("(deployment|statefulset)-.*\\.yaml");

    @Test
    void theRecordIsWhole() throws IOException {
        var version = System.getProperty("release.record");
        if (version != null) {
            record(version, new LastRelease(LastRelease.FOLDER));
        }
        LastRelease.find().ifPresent(release -> {
            assertThat(release.version()).matches("\\d+\\.\\d+\\.\\d+");
            assertThat(release.crd()).isNotEmptyFile();
            assertThat(release.golden()).isNotEmptyDirectory();
        });
    }

    @Test
    void theRecordIsOfOneVersion(@TempDir Path directory) throws IOException {
        var release = new LastRelease(directory);
        record("1.2.3", release);
        Files.createFile(release.golden().resolve("old"));
        record("1.2.4", release);

        assertThat(release.version()).isEqualTo("1.2.4");
        assertThat(release.golden().resolve("old")).doesNotExist();
        assertThat(release.crd()).hasSameTextualContentAs(Crds.COMMITTED);
        var manifest = "query-only/manifests/deployment-q-query.yaml";
        assertThat(release.golden().resolve(manifest)).hasSameTextualContentAs(GoldenCase.FOLDER.resolve(manifest));
        assertThat(release.golden().resolve("sample-minimal/thanos.yaml"))
                .hasSameTextualContentAs(Path.of("deploy/samples/minimal.yaml"));
    }

    static void record(String version, LastRelease release) throws IOException {
        delete(release.folder());
        Files.createDirectories(release.folder());
        Files.writeString(release.folder().resolve("version"), version + "\n");
        Files.copy(Crds.COMMITTED, release.crd());
        for (var one : GoldenCase.all().toList()) {
            var folder = release.golden().resolve(one.name());
            Files.createDirectories(folder.resolve("manifests"));
            Files.copy(one.resource(), folder.resolve("thanos.yaml"));
            var settings = one.resource().resolveSibling("settings.properties");
            if (Files.exists(settings)) {
                Files.copy(settings, folder.resolve("settings.properties"));
            }
            try (var manifests = Files.list(one.manifests())) {
                for (var file : manifests.toList()) {
                    if (WORKLOAD.matcher(file.getFileName().toString()).matches()) {
                        Files.copy(file, folder.resolve("manifests").resolve(file.getFileName()));
                    }
                }
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (var files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder()).forEach(RecordReleaseTest::deleteOne);
            }
        }
    }

    private static void deleteOne(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
