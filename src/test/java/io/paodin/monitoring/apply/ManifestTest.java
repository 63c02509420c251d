package io.paodin.monitoring.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.api.Test;

class ManifestTest {

    private static final Owner OWNER = new Owner("monitoring.paodin.io/v1alpha1", "Thanos", "central", "ns", "uid-1");

    private final KubernetesSerialization json = new KubernetesSerialization();

    @Test
    void carriesTheOwnerAndTheHash() {
        var metadata = manifest("{kind: ConfigMap, apiVersion: v1, metadata: {name: a}, data: {b: c}}")
                .intent()
                .get("metadata");

        assertThat(metadata.at("/namespace").textValue()).isEqualTo("ns");
        assertThat(metadata.at("/ownerReferences/0/uid").textValue()).isEqualTo("uid-1");
        assertThat(metadata.at("/ownerReferences/0/controller").booleanValue()).isTrue();
        assertThat(metadata.at("/ownerReferences/0/blockOwnerDeletion").booleanValue())
                .isTrue();
        assertThat(metadata.at("/annotations/example.com~1applied-hash").textValue())
                .matches("[0-9a-f]{24}");
    }

    @Test
    void leavesTheGivenObjectAsItIs() {
        var given = object("{kind: ConfigMap, apiVersion: v1, metadata: {name: a}}");

        Manifest.of(given, OWNER, Manifest.Annotations.withPrefix("example.com/"), json);

        assertThat(given).isEqualTo(object("{kind: ConfigMap, apiVersion: v1, metadata: {name: a}}"));
    }

    @Test
    void neverCarriesAStatus() {
        var intent = manifest("{kind: Deployment, apiVersion: apps/v1, metadata: {name: a}, status: {replicas: 1}}")
                .intent();

        assertThat(intent.has("status")).isFalse();
    }

    @Test
    void hashesTheMeaningAndNotTheOrder() {
        assertThat(hash("{kind: ConfigMap, apiVersion: v1, metadata: {name: a}, data: {b: c, d: e}}"))
                .isEqualTo(hash("{data: {d: e, b: c}, metadata: {name: a}, apiVersion: v1, kind: ConfigMap}"))
                .isNotEqualTo(hash("{kind: ConfigMap, apiVersion: v1, metadata: {name: a}, data: {b: c, d: f}}"));
    }

    @Test
    void hashesAnEmptyObjectThatMeansSomething() {
        var everything = "{kind: NetworkPolicy, apiVersion: networking.k8s.io/v1, metadata: {name: a},"
                + " spec: {ingress: [{from: [{podSelector: {}}]}]}}";
        var nothing = everything.replace("[{podSelector: {}}]", "[{}]");

        assertThat(hash(everything)).isNotEqualTo(hash(nothing));
    }

    @Test
    void hashesTheOwner() {
        var given = object("{kind: ConfigMap, apiVersion: v1, metadata: {name: a}}");
        var keys = Manifest.Annotations.withPrefix("example.com/");
        var another = new Owner(OWNER.apiVersion(), OWNER.kind(), OWNER.name(), OWNER.namespace(), "uid-2");

        assertThat(hash(Manifest.of(given, OWNER, keys, json)))
                .isNotEqualTo(hash(Manifest.of(given, another, keys, json)));
    }

    @Test
    void remembersThatReplicasWereWanted() {
        var fixed = manifest("{kind: Deployment, apiVersion: apps/v1, metadata: {name: a}, spec: {replicas: 0}}");
        var free = manifest("{kind: Deployment, apiVersion: apps/v1, metadata: {name: a}, spec: {}}");
        var applied = json.convertValue(fixed.intent(), Deployment.class);

        assertThat(fixed.releasesReplicas(applied)).isFalse();
        assertThat(free.releasesReplicas(applied)).isTrue();
        assertThat(free.releasesReplicas(json.convertValue(free.intent(), Deployment.class)))
                .isFalse();
    }

    private String hash(String yaml) {
        return hash(manifest(yaml));
    }

    private static String hash(Manifest manifest) {
        return manifest.intent()
                .at("/metadata/annotations/example.com~1applied-hash")
                .textValue();
    }

    private Manifest manifest(String yaml) {
        return Manifest.of(object(yaml), OWNER, Manifest.Annotations.withPrefix("example.com/"), json);
    }

    private HasMetadata object(String yaml) {
        return json.unmarshal("---\n" + yaml);
    }
}
