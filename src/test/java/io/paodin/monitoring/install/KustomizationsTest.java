package io.paodin.monitoring.install;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KustomizationsTest {

    static Stream<Path> folders() {
        return Kustomizations.folders();
    }

    @ParameterizedTest
    @MethodSource("folders")
    void areBuiltFromWhatIsThere(Path folder) {
        assertThat(Kustomizations.parts(folder)).isNotEmpty().allSatisfy(part -> assertThat(part)
                .exists());
    }

    /** The tests that apply what is in the folder miss nothing. */
    @Test
    void haveEveryFileThatIsNotForItself() {
        var olm = Kustomizations.files().filter(file -> file.startsWith(Kustomizations.FOLDER.resolve("olm")));
        var others = Stream.concat(Stream.concat(Samples.all(), olm), Stream.of(Bundle.COMMITTED));
        var known = Stream.concat(
                        others,
                        Kustomizations.folders()
                                .flatMap(folder -> Stream.concat(
                                        Stream.of(folder.resolve("kustomization.yaml")), Kustomizations.parts(folder))))
                .collect(Collectors.toSet());
        assertThat(Kustomizations.files()).isNotEmpty().isSubsetOf(known);
    }
}
