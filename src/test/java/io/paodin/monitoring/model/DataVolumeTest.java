package io.paodin.monitoring.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.paodin.monitoring.model.DataVolume.Retention;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DataVolumeTest {

    private static DataVolume volume(String dataVolume) {
        return Examples.receive("receive: {ingestors: [{name: a, dataVolume: " + dataVolume + "}]}")
                .ingestors()
                .get(0)
                .data();
    }

    @Test
    void isADirectoryOfThePodByDefault() {
        assertThat(volume("null").emptyDir()).isNotNull();
        assertThat(volume("null").claim()).isNull();
        assertThat(volume("{emptyDir: {medium: Memory}}").emptyDir().getMedium())
                .isEqualTo("Memory");
    }

    @Test
    void theClaimWinsOverTheDirectory() {
        var volume = volume("{emptyDir: {}, pvc: {spec: {resources: {requests: {storage: 1Gi}}}}}");
        assertThat(volume.emptyDir()).isNull();
        assertThat(volume.name()).isEqualTo("data");
        assertThat(volume.claim().spec().getAccessModes()).containsExactly("ReadWriteOnce");
    }

    @Test
    void nameLabelsAnnotationsAndAccessModesOfTheClaimAreKept() {
        var volume = volume("""
                {pvc: {apiVersion: v1, kind: PersistentVolumeClaim,
                       metadata: {name: tsdb, labels: {b: "2", a: "1"}, annotations: {x/y: "{ }: #"}},
                       spec: {accessModes: [ReadWriteOncePod], storageClassName: fast, resources: {requests: {storage: 1Gi}}}}}
                """.strip().replace("\n", " "));
        assertThat(volume.name()).isEqualTo("tsdb");
        assertThat(volume.claim().labels()).containsExactly(Map.entry("a", "1"), Map.entry("b", "2"));
        assertThat(volume.claim().annotations()).containsExactly(Map.entry("x/y", "{ }: #"));
        assertThat(volume.claim().spec().getAccessModes()).containsExactly("ReadWriteOncePod");
        assertThat(volume.claim().spec().getStorageClassName()).isEqualTo("fast");
    }

    @Test
    void claimsAreRetainedUnlessTheResourceSaysOtherwise() {
        var pvc = "pvc: {spec: {resources: {requests: {storage: 1Gi}}}}";
        assertThat(volume("{" + pvc + "}").claim().retention()).isEqualTo(new Retention("Retain", "Retain"));
        assertThat(volume("{persistentVolumeClaimRetentionPolicy: {whenScaled: Delete}, " + pvc + "}")
                        .claim()
                        .retention())
                .isEqualTo(new Retention("Retain", "Delete"));
        assertThat(volume("{persistentVolumeClaimRetentionPolicy: {whenDeleted: Delete}, " + pvc + "}")
                        .claim()
                        .retention())
                .isEqualTo(new Retention("Delete", "Retain"));
    }
}
