package io.paodin.monitoring.model;

import static io.paodin.monitoring.model.Defaults.orElse;
import static io.paodin.monitoring.model.Defaults.orEmpty;

import io.paodin.monitoring.api.v1alpha1.QueryStore;
import io.paodin.monitoring.api.v1alpha1.TlsConfig;
import io.paodin.monitoring.api.v1alpha1.TlsVersion;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A store behind TLS as Envoy is to reach it.
 *
 * @param id names the store in Envoy's files: it is the same whatever stands beside it
 * @param isVerified whether the store has to show a certificate of the authorities
 * @param oldest the oldest version of TLS, as Envoy writes it
 * @param newest the newest version of TLS
 * @param scheme what stands before the credential in the header; null if there is none
 */
public record SecuredStore(
        String id,
        List<Address> addresses,
        boolean isVerified,
        String oldest,
        String newest,
        String scheme,
        StoreMaterial material) {

    private static final String BEARER = "Bearer";
    private static final String BASIC = "Basic";
    private static final int READABLE = 32;
    private static final int HASH = 12;

    /** What the files have for an address beside the certificates, and the room that line breaks take in them. */
    private static final int TEXT = 6000;

    private static final double LINE_BREAKS = 1.05;

    private static final String REDACTED = "(not shown)";

    /**
     * One server, or replicas of it that its name stands for.
     *
     * @param id the name of its listener and its cluster
     * @param text as the resource has it
     * @param listenerPort on 127.0.0.1
     * @param host where to connect to
     * @param sni the name that is asked for; null if there is only an IP address
     * @param authority the host that requests name
     * @param names one of which the certificate must have; none if any will do
     */
    public record Address(
            String id,
            String text,
            int listenerPort,
            HostName host,
            int port,
            String sni,
            String authority,
            List<HostName> names) {

        private Address withPort(int given) {
            return new Address(id, text, given, host, port, sni, authority, names);
        }

        String endpoint() {
            return "127.0.0.1:" + listenerPort;
        }
    }

    /** Whether a store is reached by TLS. */
    static boolean isAskedFor(QueryStore spec) {
        return spec.caSecret != null || spec.tlsConfig != null;
    }

    /** Without ports yet. The spec is valid. */
    static SecuredStore of(QueryStore spec, String id, StoreMaterial material) {
        var tls = orElse(spec.tlsConfig, new TlsConfig());
        return new SecuredStore(
                id,
                spec.addresses.stream()
                        .filter(Objects::nonNull)
                        .map(address -> address(id, address, tls))
                        .toList(),
                !isUnverified(tls),
                version(orElse(tls.minVersion, TlsVersion.TLS12)),
                version(orElse(tls.maxVersion, TlsVersion.TLS13)),
                scheme(spec),
                material);
    }

    /** @param name of the store, given or derived */
    static String id(String name) {
        return readable(name) + "-" + Names.hash(name, HASH);
    }

    /** The id of an address in the files of the proxy. */
    public static String addressId(String storeName, String address) {
        return id(storeName) + "-" + Names.hash(address, HASH);
    }

    private static Address address(String store, String text, TlsConfig tls) {
        int colon = text.lastIndexOf(':');
        var host = HostName.of(text.substring(0, Math.max(colon, 0)).replaceAll("^\\[|]$", ""));
        var server = tls.serverName == null ? host : HostName.of(tls.serverName);
        return new Address(
                store + "-" + Names.hash(text, HASH),
                text,
                0,
                host,
                port(text.substring(colon + 1)),
                server.isIpAddress() ? null : server.text(),
                server.text(),
                isUnverified(tls) ? List.of() : names(tls, server));
    }

    private static List<HostName> names(TlsConfig tls, HostName server) {
        var given = orEmpty(tls.subjectAltNames).stream()
                .filter(Objects::nonNull)
                .map(HostName::of)
                .toList();
        return given.isEmpty() ? List.of(server) : given;
    }

    private static boolean isUnverified(TlsConfig tls) {
        return Boolean.TRUE.equals(tls.insecureSkipVerify);
    }

    private static int port(String digits) {
        return digits.matches("[0-9]{1,5}") ? Integer.parseInt(digits) : 0;
    }

    private static String scheme(QueryStore spec) {
        if (spec.authorization != null) {
            return orElse(spec.authorization.type, BEARER);
        }
        return spec.basicAuth == null ? null : BASIC;
    }

    private static String version(TlsVersion version) {
        return version == TlsVersion.TLS13 ? "TLSv1_3" : "TLSv1_2";
    }

    private static String readable(String name) {
        var plain = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        var cut = plain.substring(0, Math.min(plain.length(), READABLE)).replaceAll("^-|-$", "");
        return cut.isEmpty() ? "store" : cut;
    }

    SecuredStore withPorts(Map<String, Integer> ports) {
        return new SecuredStore(
                id,
                addresses.stream()
                        .map(address -> address.withPort(ports.get(address.id())))
                        .toList(),
                isVerified,
                oldest,
                newest,
                scheme,
                material);
    }

    /** Those of its servers that another one has, too, and verifies alike; empty if it is none. */
    Optional<SecuredStore> within(SecuredStore other) {
        var common = addresses.stream().filter(other::hasServer).toList();
        return common.isEmpty() || isVerified != other.isVerified || !Objects.equals(scheme, other.scheme)
                ? Optional.empty()
                : Optional.of(new SecuredStore(id, common, isVerified, oldest, newest, scheme, material));
    }

    /** Whether it has no server that the other one has not. */
    boolean isWithin(SecuredStore other) {
        return within(other).filter(this::equals).isPresent();
    }

    private boolean hasServer(Address address) {
        return addresses.stream().anyMatch(own -> own.withPort(0).equals(address.withPort(0)));
    }

    /** The header Authorization up to the credential. */
    public String headerPrefix() {
        return scheme + " ";
    }

    public String credentialName() {
        return "credential-" + id;
    }

    public String credentialPath() {
        return "/etc/envoy/stores/" + EnvoyFiles.credential(this);
    }

    SecuredStore with(StoreMaterial other) {
        return new SecuredStore(id, addresses, isVerified, oldest, newest, scheme, other);
    }

    SecuredStore redacted() {
        return with(material.redacted(REDACTED));
    }

    /** How much of the Secret it takes, or a little less. */
    int length() {
        return (int) (addresses.size() * (TEXT + material.length() * LINE_BREAKS));
    }
}
