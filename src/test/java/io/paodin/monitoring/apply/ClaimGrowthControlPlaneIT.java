package io.paodin.monitoring.apply;

import io.fabric8.kubernetes.client.Config;
import io.paodin.monitoring.controlplane.ControlPlane;
import org.junit.jupiter.api.Tag;

/** The contract on a real API server. */
@Tag("controlplane")
class ClaimGrowthControlPlaneIT extends ClaimGrowthContract {

    @Override
    Config server() {
        return ControlPlane.shared().client().getConfiguration();
    }
}
