package io.paodin.monitoring.api.v1alpha1;

/**
 * The forms of strings that occur in more than one field. They are RE2 expressions, as the API server compiles them,
 * and valid for {@link java.util.regex.Pattern} too.
 */
public final class Patterns {
    /** A duration of Prometheus: whole numbers, units from large to small, each at most once. Needs a length of 1. */
    public static final String DURATION =
            "^(0|([0-9]+y)?([0-9]+w)?([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?)$";

    /** A point in time (RFC 3339), or a duration before (with a minus) or after now. Needs a length of 2. */
    public static final String TIME = "^([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]+)?"
            + "(Z|[+-][0-9]{2}:[0-9]{2})"
            + "|-?([0-9]+y)?([0-9]+w)?([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?)$";

    /** A DNS label (RFC 1123). */
    public static final String DNS_LABEL = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$";

    /** A DNS name (RFC 1123), as the names of Secrets are. */
    public static final String DNS_NAME = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$";

    /** A key in a Secret. */
    public static final String SECRET_KEY = "^[-._a-zA-Z0-9]+$";

    /** The id of a tenant: it becomes a directory and the value of a label and a header. */
    public static final String TENANT = "^[A-Za-z0-9][A-Za-z0-9_.-]*$";

    /** The id of a tenant, or a pattern of such ids. */
    public static final String TENANT_OR_PATTERN = "^[A-Za-z0-9*?\\[][A-Za-z0-9_.*?\\[\\]^-]*$";

    /** The name of a label of a series. */
    public static final String LABEL_NAME = "^[a-zA-Z_][a-zA-Z0-9_]*$";

    /** The name of an HTTP header. */
    public static final String HEADER_NAME = "^[A-Za-z0-9][A-Za-z0-9_-]*$";

    /** The name of a flag without its dashes. */
    public static final String FLAG_NAME = "^[A-Za-z0-9][A-Za-z0-9._-]*$";

    /** A reference to an image: anything without a space. */
    public static final String IMAGE = "^[^\\s\"']+$";

    /** An amount, as the API server takes it for processor, memory and storage. */
    public static final String QUANTITY = "^(\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]"
            + "|([eE](\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))))?$";

    /** From 1 to 65535. */
    private static final String PORT =
            "([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])";

    /** A web address without credentials, question or fragment. */
    public static final String HTTP_URL = "^https?://([A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]+\\])(:"
            + PORT + ")?(/[A-Za-z0-9._~%/-]*)?$";

    /** The address of a StoreAPI. Only a DNS SRV record brings its own ports. */
    public static final String STORE_ADDRESS = "^((dns[+])?([A-Za-z0-9_][A-Za-z0-9_.-]*|\\[[0-9A-Fa-f:.]+\\]):" + PORT
            + "|(dnssrv|dnssrvnoa)[+][A-Za-z0-9_][A-Za-z0-9_.-]*(:" + PORT + ")?)$";

    /** The name of a host, or an IPv4 address. */
    public static final String HOST = "^[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9.])?$";

    /** What a certificate can be issued for: a DNS name, an IP address or a URI. */
    public static final String SUBJECT_ALT_NAME = "^[A-Za-z0-9_:]([A-Za-z0-9_.:/@%~-]*[A-Za-z0-9_/:])?$";

    /** The name of a scheme of HTTP authentication. */
    public static final String AUTH_SCHEME = "^[A-Za-z][A-Za-z0-9._~-]*$";

    private Patterns() {}
}
