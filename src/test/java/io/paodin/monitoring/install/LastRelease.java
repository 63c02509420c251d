package io.paodin.monitoring.install;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What is kept of the last release, for the next one to be compared with: its definition, and the manifests that it renders for
 * the golden cases. {@code RecordReleaseTest} records it, see docs/releasing.md. Before the first release there is none.
 */
public record LastRelease(Path folder) {

    public static final Path FOLDER = Path.of("src", "test", "resources", "last-release");

    public static Optional<LastRelease> find() {
        return Optional.of(new LastRelease(FOLDER)).filter(release -> Files.isDirectory(release.folder()));
    }

    public String version() {
        try {
            return Files.readString(folder.resolve("version")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path crd() {
        return folder.resolve("crd.yaml");
    }

    /** In the layout of {@code src/test/resources/golden}. */
    public Path golden() {
        return folder.resolve("golden");
    }
}
