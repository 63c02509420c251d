package io.paodin.monitoring.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.paodin.monitoring.install.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The packaged operator renders the samples as the classes do, whatever it is packaged as. */
class GoldenIT {

    private static final Path GOLDEN = Path.of("src", "test", "resources", "golden");

    @Test
    void samplesAreRenderedAsRecorded() throws IOException {
        for (var sample : Samples.withResources().toList()) {
            var result = PackagedOperator.run("", "render", "--file", sample.toString());

            assertThat(result.exitCode()).as(result.err()).isZero();
            assertThat(documents(result.out()))
                    .as(sample.toString())
                    .containsExactlyInAnyOrderElementsOf(recorded(sample));
        }
    }

    private static List<String> recorded(Path sample) throws IOException {
        var name = "sample-"
                + Samples.FOLDER.relativize(sample).toString().replace('/', '-').replace(".yaml", "");
        var files = new TreeMap<Path, String>();
        try (var manifests = Files.list(GOLDEN.resolve(name).resolve("manifests"))) {
            for (var file : manifests.toList()) {
                files.put(file, Files.readString(file));
            }
        }
        return files.values().stream().flatMap(text -> documents(text).stream()).toList();
    }

    private static List<String> documents(String yaml) {
        return Stream.of(yaml.split("(?m)^---$"))
                .map(String::strip)
                .filter(document -> !document.isEmpty())
                .toList();
    }
}
