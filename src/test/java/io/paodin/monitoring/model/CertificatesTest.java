package io.paodin.monitoring.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paodin.monitoring.model.Certificates.Validity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates and keys are judged as Envoy judges them, before it does. */
class CertificatesTest {

    private static final String EC = file("ec.crt");

    /** Made by {@code src/test/resources/certificates/make}. */
    static String file(String name) {
        try {
            return Files.readString(Path.of("src/test/resources/certificates", name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String keyProblem(String certificate, String key) throws Pem.UnusableException {
        return PrivateKeys.problem(key, Certificates.read(certificate).publicKey())
                .orElse("");
    }

    @ParameterizedTest
    @CsvSource({"ec, ec", "ec, ec-older", "rsa, rsa", "rsa, rsa-older"})
    void aKeyOfAnyFormIsKnownToBeThatOfItsCertificate(String certificate, String key) throws Pem.UnusableException {
        assertThat(keyProblem(file(certificate + ".crt"), file(key + ".key"))).isEmpty();
        assertThat(Certificates.read(file(certificate + ".crt")).problemAsClient())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "ec, other, is not the key of the certificate",
        "ec, rsa, not of the kind of the certificate",
        "rsa, ec, not of the kind of the certificate",
        "ec, encrypted, store it without a password"
    })
    void aKeyThatCannotBeUsedIsRefusedWithTheRemedy(String certificate, String key, String remedy)
            throws Pem.UnusableException {
        assertThat(keyProblem(file(certificate + ".crt"), file(key + ".key"))).contains(remedy);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "none",
                "-----BEGIN PRIVATE KEY-----",
                "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
                "-----BEGIN EC PRIVATE KEY-----\nMAA=\n-----END EC PRIVATE KEY-----",
                "-----BEGIN PRIVATE KEY-----\n?\n-----END PRIVATE KEY-----",
                "-----BEGIN PRIVATE KEY-----\nA===A\n-----END PRIVATE KEY-----"
            })
    void anythingElseIsNoKeyAndIsNotRepeated(String text) throws Pem.UnusableException {
        assertThat(keyProblem(EC, text)).isNotEmpty().doesNotContain("AAAA", "MAA=");
    }

    @ParameterizedTest
    @CsvSource({"short, fewer than 2048 bits", "ed25519, that Envoy cannot use"})
    void aCertificateWhoseKeyEnvoyRefusesIsRefusedBefore(String certificate, String why) throws Pem.UnusableException {
        assertThat(Certificates.read(file(certificate + ".crt")).problemAsClient())
                .hasValueSatisfying(problem -> assertThat(problem).contains(why));
    }

    @Test
    void oneDamagedCertificateSpoilsAllSinceEnvoyRefusesThemAll() {
        var damaged = EC.replaceFirst("\nM", "\nN");
        assertThatThrownBy(() -> Certificates.read(file("authority.crt") + damaged))
                .hasMessage("certificate 2 is damaged: replace it");
        assertThatThrownBy(() -> Certificates.read(EC.substring(0, EC.length() / 2)))
                .hasMessageContaining("block 1 is damaged");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no certificate", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"})
    void withoutACertificateThereIsNothingToTrust(String text) {
        assertThatThrownBy(() -> Certificates.read(text)).hasMessageContaining("holds no certificate");
    }

    @Test
    void whatStandsBetweenCertificatesIsAComment() throws Pem.UnusableException {
        var certificates = Certificates.read("# ours\n" + file("day.crt") + "\n# the old one\n" + file("year.crt"));
        assertThat(certificates
                        .validityOfBest(Instant.parse("2025-06-01T00:00:00Z"))
                        .state())
                .isEqualTo(Validity.State.VALID);
        assertThat(certificates
                        .validityOfFirst(Instant.parse("2025-06-01T00:00:00Z"))
                        .state())
                .isEqualTo(Validity.State.ENDED);
    }

    /** Soon is two weeks before, or when a fifth of its life is left, whichever is later. */
    @ParameterizedTest
    @CsvSource({
        "year, 2024-12-31T23:59:59Z, NOT_YET, 2025-01-01T00:00:00Z",
        "year, 2025-06-01T00:00:00Z, VALID, 2026-01-01T00:00:00Z",
        "year, 2025-12-17T23:59:00Z, VALID, 2026-01-01T00:00:00Z",
        "year, 2025-12-18T00:01:00Z, ENDS_SOON, 2026-01-01T00:00:00Z",
        "year, 2026-01-01T00:00:01Z, ENDED, 2026-01-01T00:00:00Z",
        "day, 2025-01-01T19:00:00Z, VALID, 2025-01-02T00:00:00Z",
        "day, 2025-01-01T19:20:00Z, ENDS_SOON, 2025-01-02T00:00:00Z"
    })
    void timeTellsWhatACertificateIsWorth(String certificate, Instant now, Validity.State state, Instant date)
            throws Pem.UnusableException {
        assertThat(Certificates.read(file(certificate + ".crt")).validityOfFirst(now))
                .isEqualTo(new Validity(state, date));
    }

    /** Authorities that are replaced: the old one and the one that follows it. */
    @ParameterizedTest
    @CsvSource({
        "year, next, 2024-12-31T00:00:00Z, NOT_YET, 2025-01-01T00:00:00Z",
        "year, next, 2025-06-01T00:00:00Z, VALID, 2026-01-01T00:00:00Z",
        "year, next, 2025-12-10T00:00:00Z, VALID, 2027-01-01T00:00:00Z",
        "year, next, 2025-12-25T00:00:00Z, VALID, 2027-01-01T00:00:00Z",
        "day, next, 2025-01-01T19:20:00Z, ENDS_SOON, 2025-01-02T00:00:00Z",
        "day, next, 2025-06-01T00:00:00Z, NOT_YET, 2025-12-01T00:00:00Z",
        "day, year, 2025-12-25T00:00:00Z, ENDS_SOON, 2026-01-01T00:00:00Z",
        "day, year, 2026-02-01T00:00:00Z, ENDED, 2026-01-01T00:00:00Z"
    })
    void ofAuthoritiesTheBestOneCountsWhereverItStands(
            String old, String other, Instant now, Validity.State state, Instant date) throws Pem.UnusableException {
        var first = file(old + ".crt");
        var second = file(other + ".crt");
        for (var bundle : List.of(first + second, second + first)) {
            assertThat(Certificates.read(bundle).validityOfBest(now)).isEqualTo(new Validity(state, date));
        }
    }
}
