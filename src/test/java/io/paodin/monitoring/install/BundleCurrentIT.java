package io.paodin.monitoring.install;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** The committed install manifests are those that the build yields. */
class BundleCurrentIT {

    private static final String UPDATE =
            "./mvnw verify -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false -Dit.test=BundleCurrentIT -Ddeploy.update";

    @Test
    void committedBundleIsTheGeneratedOne() throws IOException {
        for (var file : Bundle.generate().entrySet()) {
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
