package io.paodin.monitoring.install;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** The committed install manifest is the one that the build yields. */
class BundleCurrentIT {

    private static final String UPDATE =
            "./mvnw verify -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false -Dit.test=BundleCurrentIT -Ddeploy.update";

    @Test
    void committedBundleIsTheGeneratedOne() throws IOException {
        String generated = Bundle.generate();
        if (System.getProperty("deploy.update") != null) {
            Files.writeString(Bundle.COMMITTED, generated);
        }
        String committed = Files.exists(Bundle.COMMITTED) ? Files.readString(Bundle.COMMITTED) : "";
        if (!committed.equals(generated)) {
            fail("%s is not current. Update it with%n%n    %s%n", Bundle.COMMITTED, UPDATE);
        }
    }
}
