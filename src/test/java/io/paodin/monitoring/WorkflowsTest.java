package io.paodin.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the linter of the gate does not ask of the workflows. */
class WorkflowsTest {

    private static final Path FOLDER = Path.of(".github", "workflows");
    private static final YAMLMapper YAML = new YAMLMapper();

    /** Nobody can change what it stands for; the version is for people, and for what updates it. */
    private static final Pattern PINNED = Pattern.compile("uses: [\\w./-]+@[0-9a-f]{40} # v\\d+\\.\\d+\\.\\d+");

    /** What others write, such as the title of a pull request, would be run as a part of the script. */
    private static final Pattern FOREIGN = Pattern.compile("\\$\\{\\{[^}]*github\\.(event\\.|head_ref)");

    static List<Path> workflows() throws IOException {
        try (var files = Files.list(FOLDER)) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void actionsArePinned(Path workflow) throws IOException {
        assertThat(Files.readAllLines(workflow))
                .filteredOn(line -> line.contains("uses:"))
                .isNotEmpty()
                .allMatch(line -> PINNED.matcher(line).find());
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void jobsHaveNoMoreRightsAndTimeThanTheyNeed(Path workflow) throws IOException {
        var root = YAML.readTree(workflow.toFile());
        assertThat(root.path("permissions")).isEqualTo(YAML.readTree("{contents: read}"));
        assertThat(root.path("jobs")).isNotEmpty().allMatch(job -> job.has("timeout-minutes"));
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void scriptsHoldNothingThatOthersWrite(Path workflow) throws IOException {
        for (var job : YAML.readTree(workflow.toFile()).path("jobs")) {
            for (var step : job.path("steps")) {
                assertThat(FOREIGN.matcher(step.path("run").asText()).find())
                        .as(step.toString())
                        .isFalse();
            }
        }
    }

    /** Where there is no pipefail, and where $(...) is an argument, a step goes on after a failure, with a part missing. */
    @Test
    void aFailureEndsTheRelease() throws IOException {
        var release = YAML.readTree(FOLDER.resolve("release.yml").toFile());
        assertThat(release.at("/defaults/run/shell").asText()).isEqualTo("bash");
        for (var job : release.path("jobs")) {
            for (var step : job.path("steps")) {
                assertThat(step.path("run").asText().lines())
                        .filteredOn(line -> line.contains("$("))
                        .allMatch(line -> line.matches(" *\\w+=\\$\\([^$]*(\\$\\w+[^$]*)*\\)"));
            }
        }
    }

    @Test
    void aReleaseNamesAllImagesByDigest(@TempDir Path directory) throws Exception {
        var image = "quay.io/paodin/paodin-monitoring:";
        var byTag = Files.readString(Path.of("deploy", "bundle.yaml"));
        assertThat(byTag).contains(image);
        var byDigest = byTag.replaceAll(image + "[^\"\\s]+", image.replace(":", "@sha256:" + "0a".repeat(32)));

        assertThat(pinned(directory, byDigest)).isZero();
        assertThat(pinned(directory, byTag)).isOne();
        assertThat(pinned(directory, byDigest.replace("a0a", ""))).isOne();
        assertThat(pinned(directory, byDigest + "---\nspec:\n- image: 'quay.io/a/b:1'\n"))
                .isOne();
        assertThat(pinned(directory, byDigest + "---\ncontainerImage: quay.io/a/b\n"))
                .isOne();
        assertThat(pinned(directory, "spec: {}\n")).isOne();
    }

    private static int pinned(Path directory, String text) throws IOException, InterruptedException {
        var file = Files.writeString(directory.resolve("file.yaml"), text);
        return new ProcessBuilder(".ci/pinned", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output").toFile())
                .start()
                .waitFor();
    }

    /** The bundle for OLM says where the image runs: see ServiceVersion in package olm. */
    @Test
    void theImageIsBuiltForTheArchitecturesThatTheBundleNames() throws IOException {
        var release = YAML.readTree(FOLDER.resolve("release.yml").toFile());
        Set<String> built = new TreeSet<>();
        for (JsonNode one : release.at("/jobs/image/strategy/matrix/include")) {
            built.add(one.path("architecture").asText());
        }
        assertThat(built).containsExactly("amd64", "arm64");
    }
}
