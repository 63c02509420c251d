package io.paodin.monitoring.install;

import static org.assertj.core.api.Assertions.assertThat;

import io.paodin.monitoring.olm.ClusterExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The committed install manifests are those that the build yields. */
class BundleCurrentIT {

    private static final String UPDATE =
            "./mvnw verify -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false -Dit.test=BundleCurrentIT -Ddeploy.update";

    @Test
    void committedBundleIsTheGeneratedOne() throws IOException {
        var files = new TreeMap<>(Bundle.generate());
        files.put(ClusterExtension.COMMITTED, ClusterExtension.file(Bundle.packaged()));
        for (var file : files.entrySet()) {
            if (System.getProperty("deploy.update") != null) {
                Files.writeString(file.getKey(), file.getValue());
            }
            assertThat(file.getKey())
                    .as("%s is not current. Update it with%n%n    %s%n", file.getKey(), UPDATE)
                    .content()
                    .isEqualTo(file.getValue());
        }
    }
}
