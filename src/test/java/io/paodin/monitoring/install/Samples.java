package io.paodin.monitoring.install;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The files of {@code deploy/samples}. Those of a member cluster hold no resource of ours. */
public final class Samples {

    public static final Path FOLDER = Path.of("deploy", "samples");

    private Samples() {}

    public static Stream<Path> all() {
        try (var files = Files.walk(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Stream<Path> withResources() {
        return all().filter(Samples::hasResource);
    }

    private static boolean hasResource(Path sample) {
        try (var lines = Files.lines(sample)) {
            return lines.anyMatch("kind: Thanos"::equals);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
