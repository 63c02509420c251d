package io.paodin.monitoring.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.DefaultKubernetesResourceList;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.api.Test;

/** What an older definition of the resource let through is still read: a list fails as a whole. */
class LenientDecodingTest {

    private final KubernetesSerialization serialization = new KubernetesSerialization();

    /** As the client lists them. */
    public static class ThanosList extends DefaultKubernetesResourceList<Thanos> {}

    @Test
    void aListWithUnknownValuesIsRead() {
        var list = serialization.unmarshal("""
                apiVersion: monitoring.paodin.io/v1alpha1
                kind: ThanosList
                items:
                - metadata: {name: older}
                  spec: {query: {logLevel: trace, logFormat: x, imagePullPolicy: Sometimes}}
                  status: {hashrings: [{name: soft, phase: Splitting}]}
                - metadata: {name: newer}
                  spec: {query: {logLevel: debug, logFormat: json, imagePullPolicy: Never}}
                  status: {hashrings: [{name: soft, phase: Growing}]}
                """, ThanosList.class);

        var older = list.getItems().get(0);
        assertThat(older.getSpec().query.logLevel).isEqualTo(LogLevel.UNKNOWN);
        assertThat(older.getSpec().query.logFormat).isEqualTo(LogFormat.UNKNOWN);
        assertThat(older.getSpec().query.imagePullPolicy).isEqualTo(ImagePullPolicy.UNKNOWN);
        assertThat(older.getStatus().hashrings.get(0).phase).isNull();
        var newer = list.getItems().get(1);
        assertThat(newer.getSpec().query.logLevel).isEqualTo(LogLevel.DEBUG);
        assertThat(newer.getSpec().query.logFormat).isEqualTo(LogFormat.JSON);
        assertThat(newer.getSpec().query.imagePullPolicy).isEqualTo(ImagePullPolicy.NEVER);
        assertThat(newer.getStatus().hashrings.get(0).phase).isEqualTo(RingPhase.GROWING);
        assertThat(serialization.asJson(newer)).contains("debug", "json", "Never", "Growing");
    }
}
