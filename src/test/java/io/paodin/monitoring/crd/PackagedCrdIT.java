package io.paodin.monitoring.crd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The CRD that the packaging of the operator yields is the committed one. */
class PackagedCrdIT {

    @Test
    void packagingYieldsTheCommittedCrd() throws IOException {
        Path packaged = Path.of("target/kubernetes").resolve(Crds.COMMITTED.getFileName());
        assertThat(packaged).hasContent(Files.readString(Crds.COMMITTED));
    }
}
