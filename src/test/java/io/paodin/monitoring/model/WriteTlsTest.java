package io.paodin.monitoring.model;

import static io.paodin.monitoring.model.Examples.args;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WriteTlsTest {

    private static final String ONE_SIDED =
            "certSecret: {name: tls, key: tls.crt}, keySecret: {name: tls, key: tls.key}";
    private static final String MUTUAL = ONE_SIDED + ", clientCaSecret: {name: writers, key: ca.crt}";
    private static final SecretRef CLIENT_CA = new SecretRef("writers", "ca.crt");
    private static final String PEM = "-----BEGIN CERTIFICATE-----\nMII=\n-----END CERTIFICATE-----\n";

    private static Router router(String tls, SecretValue clientCa) {
        var thanos = Examples.thanos("receive: {router: {remoteWriteTls: {" + tls + "}}, ingestors: [{name: a}]}");
        var inputs = clientCa == null ? Inputs.NONE : Inputs.of(Map.of(CLIENT_CA, clientCa));
        var cluster = Cluster.of(thanos, inputs, Examples.DEFAULT_SETTINGS);
        assertThat(cluster.violations()).isEmpty();
        return cluster.receive().orElseThrow().router();
    }

    @Test
    void certificateAndKeyAreFilesAndNobodyReadsThem() {
        var router = router(ONE_SIDED, null);
        assertThat(args(router))
                .contains(
                        "--remote-write.server-tls-cert=/etc/thanos/remote-write-tls/tls.crt",
                        "--remote-write.server-tls-key=/etc/thanos/remote-write-tls/tls.key")
                .noneMatch(arg -> arg.contains("client-ca") || arg.contains("min-version"));
        assertThat(Cluster.references(
                        Examples.thanos("receive: {router: {remoteWriteTls: {" + ONE_SIDED + "}}, ingestors: []}")))
                .isEmpty();
    }

    @Test
    void writersMayHaveToShowACertificate() {
        assertThat(args(router(MUTUAL + ", minVersion: TLS12", null)))
                .contains(
                        "--remote-write.server-tls-client-ca=/etc/thanos/remote-write-tls/client-ca.crt",
                        "--remote-write.server-tls-min-version=1.2");
        assertThat(args(Examples.receive("receive: {router: {remoteWriteTls: {" + MUTUAL
                                + "}, tenantCertificateField: organizationalUnit}, ingestors: [{name: a}]}")
                        .router()))
                .contains("--receive.tenant-certificate-field=organizationalUnit");
        assertThat(Cluster.references(
                        Examples.thanos("receive: {router: {remoteWriteTls: {" + MUTUAL + "}}, ingestors: []}")))
                .containsExactly(CLIENT_CA);
    }

    @Test
    void otherAuthoritiesMakeOtherPods() {
        var one = router(MUTUAL, new SecretValue.Found(PEM));
        var other = router(MUTUAL, new SecretValue.Found(PEM + PEM));
        assertThat(version(one)).startsWith("writers/ca.crt@").isNotEqualTo(version(other));
        assertThat(version(router(MUTUAL, null))).isNull();
        assertThat(one.holdup()).isEmpty();
    }

    private static String version(Router router) {
        return router.workload().pod().annotations().get("monitoring.paodin.io/client-ca");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no certificate"})
    void withoutAnyAuthorityTheRoutersAreLeftAsTheyAre(String content) {
        assertThat(router(MUTUAL, new SecretValue.Found(content)).holdup()).hasValueSatisfying(holdup -> {
            assertThat(holdup.reason()).isEqualTo(Reason.MissingSecret);
            assertThat(holdup.message())
                    .isEqualTo(
                            "Secret writers has no certificate in PEM under the key ca.crt: put one there, or correct "
                                    + "spec.receive.router.remoteWriteTls.clientCaSecret");
        });
    }

    static SecretValue[] absent() {
        return new SecretValue[] {new SecretValue.Missing("does not exist"), new SecretValue.Unreadable("timeout")};
    }

    @ParameterizedTest
    @MethodSource("absent")
    void whileTheAuthoritiesAreNotKnownTheRoutersAreLeftAsTheyAre(SecretValue value) {
        assertThat(router(MUTUAL, value).holdup()).isPresent();
    }
}
