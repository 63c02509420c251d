package io.paodin.monitoring.model;

import io.paodin.monitoring.api.v1alpha1.RouterSpec;
import io.paodin.monitoring.api.v1alpha1.SecretKey;
import io.paodin.monitoring.api.v1alpha1.TlsVersion;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The TLS of the routers' port for remote write. They look at certificate and key at each connection, and at the
 * authorities of clients when they start; so only these are read here, that others make other pods.
 *
 * @param clientCa null if everybody is let in
 * @param clientCaVersion what the pod template says of its content; null if the content was not looked at
 * @param minVersion as Thanos writes it; null for its own
 * @param holdup why the routers are left as they are, if they are
 */
public record WriteTls(
        SecretRef cert,
        SecretRef key,
        SecretRef clientCa,
        String clientCaVersion,
        String minVersion,
        Optional<Holdup> holdup) {

    /** The annotation of pods that has the version of the authorities. */
    static final String CLIENT_CA = "monitoring.paodin.io/client-ca";

    /** The name of the volume; the template says so too. */
    static final String VOLUME = "remote-write-tls";

    /** Where it is mounted; the template says so too, and has the names of the files. */
    static final String DIRECTORY = "/etc/thanos/remote-write-tls";

    private static final String PATH = Router.PATH + ".remoteWriteTls";

    private static final Map<TlsVersion, String> VERSIONS = Map.of(TlsVersion.TLS12, "1.2", TlsVersion.TLS13, "1.3");

    /** @return null for none */
    static WriteTls of(RouterSpec router, Scope scope) {
        check(router, scope.findings());
        var spec = router.remoteWriteTls;
        if (spec == null) {
            return null;
        }
        var cert = required(spec.certSecret, PATH + ".certSecret", scope.findings());
        var key = required(spec.keySecret, PATH + ".keySecret", scope.findings());
        scope.findings().unlessSecretKey(PATH + ".clientCaSecret", spec.clientCaSecret);
        scope.findings().unlessKnown(PATH + ".minVersion", spec.minVersion, TlsVersion.UNKNOWN);
        var minVersion = spec.minVersion == null ? null : VERSIONS.get(spec.minVersion);
        if (spec.clientCaSecret == null) {
            return new WriteTls(cert, key, null, null, minVersion, Optional.empty());
        }
        var clientCa = SecretRef.of(spec.clientCaSecret);
        var value = scope.inputs().secrets().get(clientCa);
        return new WriteTls(
                cert,
                key,
                clientCa,
                value instanceof SecretValue.Found found ? clientCa.version(found.content()) : null,
                minVersion,
                Holdup.of(clientCa, withCertificate(value, clientCa), PATH + ".clientCaSecret"));
    }

    /** What has to be looked at, if anything. */
    static Set<SecretRef> references(RouterSpec router) {
        return Optional.ofNullable(router)
                .map(spec -> spec.remoteWriteTls)
                .map(tls -> tls.clientCaSecret)
                .map(SecretRef::of)
                .filter(SecretRef::isWellFormed)
                .map(Set::of)
                .orElse(Set.of());
    }

    private static void check(RouterSpec router, Findings findings) {
        if (router.tenantCertificateField == null) {
            return;
        }
        if (router.remoteWriteTls == null || router.remoteWriteTls.clientCaSecret == null) {
            findings.add(
                    Router.PATH + ".tenantCertificateField",
                    "needs writers with certificates: set " + PATH + ".clientCaSecret, or remove it");
        }
        if (router.tenantHeader != null) {
            findings.add(
                    Router.PATH + ".tenantHeader", "names no tenant with tenantCertificateField: remove one of them");
        }
    }

    private static SecretRef required(SecretKey key, String path, Findings findings) {
        if (key == null) {
            findings.add(path, "is missing: name a Secret and its key");
            return new SecretRef("", "");
        }
        findings.unlessSecretKey(path, key);
        return SecretRef.of(key);
    }

    /** A router ends that finds no certificate where it looks for authorities. */
    private static SecretValue withCertificate(SecretValue value, SecretRef reference) {
        return value instanceof SecretValue.Found found && !found.content().contains("-----BEGIN CERTIFICATE-----")
                ? new SecretValue.Missing(
                        "has no certificate in PEM under the key %s: put one there".formatted(reference.key()))
                : value;
    }
}
