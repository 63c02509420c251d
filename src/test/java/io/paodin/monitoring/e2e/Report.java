package io.paodin.monitoring.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What the tests have seen, in figures: a line for each in {@code target/e2e/report.txt}, with the namespace. */
final class Report {

    private static final Path FILE = Path.of("target", "e2e", "report.txt");

    private Report() {}

    static synchronized void add(String namespace, String format, Object... figures) {
        try {
            Files.createDirectories(FILE.getParent());
            Files.writeString(
                    FILE,
                    namespace + ": " + format.formatted(figures) + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
