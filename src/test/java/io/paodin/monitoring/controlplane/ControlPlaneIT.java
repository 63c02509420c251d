package io.paodin.monitoring.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The control plane that other tests rely on does what they rely on. */
@Tag("controlplane")
class ControlPlaneIT {

    private final ControlPlane controlPlane = ControlPlane.shared();
    private final String namespace = controlPlane.newNamespace("self");

    @Test
    void auditLogHasEveryRequest() throws IOException {
        create("audited");
        assertThat(Files.readString(controlPlane.auditLog()).lines())
                .filteredOn(line -> line.contains(namespace) && line.contains("\"verb\":\"create\""))
                .filteredOn(line -> line.contains("\"resource\":\"configmaps\""))
                .hasSize(1);
    }

    @Test
    void garbageIsCollected() {
        assumeTrue(controlPlane.collectGarbage(), "no kube-controller-manager beside kube-apiserver");
        ConfigMap owner = create("owner");
        create(
                "owned",
                new OwnerReferenceBuilder()
                        .withApiVersion("v1")
                        .withKind("ConfigMap")
                        .withName("owner")
                        .withUid(owner.getMetadata().getUid())
                        .build());
        controlPlane.client().resource(owner).delete();
        await().atMost(Duration.ofMinutes(1))
                .until(() -> controlPlane
                                .client()
                                .configMaps()
                                .inNamespace(namespace)
                                .withName("owned")
                                .get()
                        == null);
    }

    private ConfigMap create(String name, OwnerReference... owners) {
        return controlPlane
                .client()
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(name)
                        .withOwnerReferences(owners)
                        .endMetadata()
                        .build())
                .create();
    }
}
