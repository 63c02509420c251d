package io.paodin.monitoring.model;

import java.util.Optional;

/**
 * How a component gets at its bucket: the key of a Secret, mounted as a file that Thanos reads when it starts.
 *
 * @param version what the pod template says of the file's content, so that another content makes other pods; null if the
 *     content was not looked at
 * @param bucket empty if the content was not looked at, or tells of none
 * @param holdup why the component is left as it is, if it is
 * @param turn what a changed content waits for before it reaches this component, if it does
 */
public record StorageAccess(
        String secret,
        String key,
        String version,
        Optional<Bucket> bucket,
        Optional<Holdup> holdup,
        Optional<String> turn) {

    /** Stands in an invalid cluster for the one that is missing. */
    static final StorageAccess NONE =
            new StorageAccess("", "", null, Optional.empty(), Optional.empty(), Optional.empty());

    /** The annotation of pod templates that has the version. */
    public static final String VERSION = "monitoring.paodin.io/object-storage";

    /** The name of the volume; the templates say so too. */
    static final String VOLUME = "object-storage";

    /** Where the file is mounted; the templates say so too. */
    static final String FILE = "/etc/thanos/object-storage/config.yaml";

    StorageAccess withVersion(String given) {
        return new StorageAccess(secret, key, given, bucket, holdup, turn);
    }

    StorageAccess after(String component) {
        return new StorageAccess(secret, key, version, bucket, holdup, Optional.of(component));
    }
}
