package io.paodin.monitoring.model;

import io.paodin.monitoring.api.v1alpha1.Patterns;
import java.util.regex.Pattern;

/** The forms that the schema demands of strings, for resources that no API server has checked. */
enum Form {
    /** Services are named after the resource, and their names begin with a letter. */
    RESOURCE_NAME("^[a-z]([-a-z0-9]*[a-z0-9])?$", 63, "of lower case letters, digits and '-', and begin with a letter"),
    /** A part of names, the value of a label, and the name of a volume. */
    DNS_LABEL(Patterns.DNS_LABEL, 63, "of lower case letters, digits and '-'"),
    TENANT(Patterns.TENANT, 128, "of letters, digits, '_', '.' and '-', and begin with a letter or a digit"),
    LABEL_NAME(Patterns.LABEL_NAME, 128, "a Prometheus label name"),
    HEADER_NAME(Patterns.HEADER_NAME, 128, "the name of an HTTP header"),
    IMAGE(Patterns.IMAGE, 512, "an image reference"),
    STORE_ADDRESS(
            Patterns.STORE_ADDRESS,
            320,
            "host:port, dns+host:port, dnssrv+name or dnssrvnoa+name, with a port up to 65535"),
    HTTP_URL(
            Patterns.HTTP_URL,
            1024,
            "an http:// or https:// address of a server, with a path at most, and without credentials"),
    /** The key of a label or an annotation in Kubernetes. */
    KEY(
            "^([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$",
            317,
            "a key of Kubernetes, such as topology.kubernetes.io/zone"),
    LABEL_VALUE(
            "^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$",
            63,
            "of letters, digits, '-', '_' and '.', and begin and end with a letter or a digit"),
    SECRET_NAME(Patterns.DNS_NAME, 253, "the name of a Secret"),
    OBJECT_NAME(Patterns.DNS_NAME, 253, "the name of an object"),
    SECRET_KEY(Patterns.SECRET_KEY, 253, "a key in a Secret"),
    HOST(Patterns.HOST, 253, "the name of a host or an IPv4 address"),
    SUBJECT_ALT_NAME(Patterns.SUBJECT_ALT_NAME, 253, "a DNS name, an IP address or a URI"),
    AUTH_SCHEME(Patterns.AUTH_SCHEME, 64, "a scheme of HTTP authentication, such as Bearer"),
    TIME(Patterns.TIME, 40, "a time (2024-01-01T00:00:00Z) or a duration relative to now (-6w)");

    private final Pattern pattern;
    private final int longest;
    private final String expected;

    Form(String pattern, int longest, String expected) {
        this.pattern = Pattern.compile(pattern);
        this.longest = longest;
        this.expected = expected;
    }

    boolean matches(String value) {
        return value.length() <= longest && pattern.matcher(value).matches();
    }

    /** What a value must be, to stand behind "must be". */
    String expected() {
        return expected + " (" + longest + " characters at most)";
    }
}
