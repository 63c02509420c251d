package io.paodin.monitoring.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The place that a configuration of object storage points to. Two configurations with equal buckets share their objects,
 * whatever their credentials are; {@link StorageProvider} says what counts as the same place.
 *
 * @param provider in upper case, as in Thanos' documentation
 * @param endpoint the normalised server or account, empty where names are unique without one
 * @param name of the bucket, container or directory
 * @param prefix within it, without slashes at its ends
 */
public record Bucket(String provider, String endpoint, String name, String prefix) {

    private static final int ID_LENGTH = 16;

    /** Where a configuration points to, unless it does not even name a bucket. */
    static Optional<Bucket> of(StorageProvider provider, ConfigMapping config, String prefix) {
        var place = provider.place(config);
        return Optional.of(place.name())
                .filter(name -> !name.isEmpty())
                .map(name -> new Bucket(provider.name(), place.endpoint(), name, StoragePlace.withoutSlashes(prefix)));
    }

    /** Providers whose endpoint is the name of a server, which can be one of the cluster. */
    private static final Set<String> ON_A_SERVER = Set.of("S3", "SWIFT", "ALIYUNOSS", "BOS", "OBS");

    /** A Service by its long names; its domain may be left out. */
    private static final Pattern LONG_SERVICE_NAME =
            Pattern.compile("^([^./:]+[.][^./:]+)[.]svc([.]cluster[.]local)?(?=[:/]|$)");

    private static final Pattern ONE_LABEL = Pattern.compile("^([^./:\\[]+)(?=[:/]|$)");

    /**
     * Written in one way for all namespaces: the short name of a Service, and a directory, are another place in each, and
     * the long names of a Service are the same.
     */
    Bucket seenFrom(String namespace) {
        if (provider.equals("FILESYSTEM")) {
            return new Bucket(provider, namespace, name, prefix);
        }
        if (!ON_A_SERVER.contains(provider)) {
            return this;
        }
        var server = LONG_SERVICE_NAME.matcher(endpoint).replaceFirst("$1");
        return new Bucket(provider, ONE_LABEL.matcher(server).replaceFirst("$1." + namespace), name, prefix);
    }

    /** Equal for equal buckets and tells none of their names, so it can stand where others may read. */
    public String id() {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (var part : new String[] {provider, endpoint, name, prefix}) {
                var bytes = part.getBytes(StandardCharsets.UTF_8);
                // With its length in front, no part can run into the next.
                digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
                digest.update(bytes);
            }
            return HexFormat.of().formatHex(digest.digest()).substring(0, ID_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
