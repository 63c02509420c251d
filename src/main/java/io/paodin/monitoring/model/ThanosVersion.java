package io.paodin.monitoring.model;

import io.paodin.monitoring.config.OperatorConfig;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;

/** A version of Thanos as far as an image reference tells it. */
public record ThanosVersion(int major, int minor, int patch) implements Comparable<ThanosVersion> {

    private static final Pattern TAG = Pattern.compile("v?(\\d{1,6})\\.(\\d{1,6})(?:\\.(\\d{1,6}))?(?:[-_+.].*)?");

    /** What an image whose tag says nothing is taken for. */
    public static final ThanosVersion DEFAULT =
            parse(OperatorConfig.Images.DEFAULT_THANOS).orElseThrow();

    public static final ThanosVersion OLDEST_SUPPORTED = new ThanosVersion(0, 42, 0);

    private static final Comparator<ThanosVersion> ORDER = Comparator.comparingInt(ThanosVersion::major)
            .thenComparingInt(ThanosVersion::minor)
            .thenComparingInt(ThanosVersion::patch);

    /** The version that the image's tag names, else {@link #DEFAULT}. */
    public static ThanosVersion of(String image) {
        return parse(image).orElse(DEFAULT);
    }

    /** The version that the image's tag names: empty for a bare digest, {@code latest} and other names. */
    public static Optional<ThanosVersion> parse(String image) {
        var matcher = TAG.matcher(tag(image));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return Optional.of(new ThanosVersion(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                matcher.group(3) == null ? 0 : Integer.parseInt(matcher.group(3))));
    }

    /** The image's tag, else its digest, else {@code latest}: what a status shows as the version. */
    public static String tag(String image) {
        var at = image.indexOf('@');
        var named = at < 0 ? image : image.substring(0, at);
        var colon = named.lastIndexOf(':');
        if (colon > named.lastIndexOf('/')) {
            return named.substring(colon + 1);
        }
        return at < 0 ? "latest" : image.substring(at + 1);
    }

    public boolean isSupported() {
        return compareTo(OLDEST_SUPPORTED) >= 0;
    }

    /** Whether flags that the newest table does not know may exist in this version. */
    public boolean isNewerThanTable() {
        return compareTo(FlagTable.newest().version()) > 0;
    }

    @Override
    public int compareTo(ThanosVersion other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}
