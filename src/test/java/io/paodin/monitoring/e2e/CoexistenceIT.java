package io.paodin.monitoring.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Several resources know nothing of each other, and take with them only what is theirs. */
@EndToEnd
class CoexistenceIT {

    /** One ends as the other's name begins. */
    private static final String ONE = resource("one");

    private static final String OTHER = resource("one-two");

    private static String resource(String name) {
        return """
                apiVersion: monitoring.paodin.io/v1alpha1
                kind: Thanos
                metadata:
                  name: %s
                spec:
                  query: {}
                  receive:
                    ingestors:
                    - name: all
                      dataVolume: {pvc: {spec: {resources: {requests: {storage: 1Gi}}}}}
                """.formatted(name);
    }

    @Test
    void twoResourcesOfOneNamespaceKeepTheirDataApart(TestNamespace namespace) {
        var one = namespace.apply(ONE);
        var other = namespace.apply(OTHER);
        keepTheirDataApart(one.awaitReady(), other.awaitReady());
    }

    @Test
    void twoResourcesOfOneNameInTwoNamespacesKeepTheirDataApart(TestNamespace namespace, TestNamespace another) {
        var one = namespace.apply(ONE);
        var other = another.apply(ONE);
        keepTheirDataApart(one.awaitReady(), other.awaitReady());
    }

    private static void keepTheirDataApart(ThanosCluster one, ThanosCluster other) {
        var ones = requests(1);
        var others = requests(1000);
        one.writer("team-a").write(ones);
        other.writer("team-a").write(others);
        one.query().expectExactly(ones.with("tenant_id", "team-a"), "requests");
        other.query().expectExactly(others.with("tenant_id", "team-a"), "requests");

        var before = Kubernetes.versions(other.objects());
        one.delete();
        assertThat(Kubernetes.versions(other.objects())).isEqualTo(before);
        other.query().expectExactly(others.with("tenant_id", "team-a"), "requests");
        other.awaitReady();
    }

    @ParameterizedTest
    @EnumSource(names = {"FOREGROUND", "BACKGROUND"})
    void leavesNothingButItsClaims(DeletionPropagation propagation, TestNamespace namespace) {
        var thanos = namespace.apply(ONE).awaitReady();
        var written = requests(1);
        thanos.writer("team-a").write(written);
        thanos.query().expectExactly(written.with("tenant_id", "team-a"), "requests");
        var claims = claims(namespace);
        assertThat(claims).hasSize(1);

        thanos.delete(propagation);
        assertThat(claims(namespace)).isEqualTo(claims);
        Kubernetes.within(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(leftIn(namespace)).isEmpty());

        // and a resource of that name has the data of the claim
        var again = namespace.apply(ONE).awaitReady();
        again.query().expectExactly(written.with("tenant_id", "team-a"), "requests");
    }

    private static Samples requests(double first) {
        return Samples.of(
                "requests",
                Instant.now().minusSeconds(120),
                Duration.ofSeconds(10),
                10,
                i -> first + i,
                "instance",
                "a");
    }

    private static List<String> claims(TestNamespace namespace) {
        return namespace.claims().stream()
                .map(claim ->
                        claim.getMetadata().getName() + claim.getMetadata().getUid())
                .toList();
    }

    /** Whatever it is labelled, but for what Kubernetes puts into every namespace. */
    private static List<String> leftIn(TestNamespace namespace) {
        return Stream.concat(
                        TestNamespace.KINDS.stream(),
                        Stream.of(ReplicaSet.class, ControllerRevision.class, EndpointSlice.class, Secret.class))
                .flatMap(kind ->
                        Kubernetes.client().resources(kind).inNamespace(namespace.name()).list().getItems().stream())
                .map(o -> o.getKind() + "/" + o.getMetadata().getName())
                .filter(name -> !List.of("ConfigMap/kube-root-ca.crt", "ServiceAccount/default")
                        .contains(name))
                .toList();
    }
}
