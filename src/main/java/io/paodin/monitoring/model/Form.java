package io.paodin.monitoring.model;

import io.paodin.monitoring.api.v1alpha1.Patterns;
import java.util.regex.Pattern;

/** The forms that the schema demands of strings, for resources that no API server has checked. */
enum Form {
    /** Services are named after the resource, and their names begin with a letter. */
    RESOURCE_NAME(
            "^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$",
            "of lower case letters, digits and '-', begin with a letter and have 63 characters at most"),
    INGESTOR_NAME(Patterns.DNS_LABEL, "of lower case letters, digits and '-'"),
    TENANT(Patterns.TENANT, "of letters, digits, '_', '.' and '-' and begin with a letter or a digit"),
    LABEL_NAME(Patterns.LABEL_NAME, "a Prometheus label name"),
    HEADER_NAME(Patterns.HEADER_NAME, "the name of an HTTP header"),
    IMAGE(Patterns.IMAGE, "an image reference"),
    CLAIM_NAME(Patterns.DNS_LABEL, "of lower case letters, digits and '-'"),
    STORE_ADDRESS(Patterns.STORE_ADDRESS, "host:port, dns+host:port, dnssrv+name or dnssrvnoa+name");

    private final Pattern pattern;
    private final String expected;

    Form(String pattern, String expected) {
        this.pattern = Pattern.compile(pattern);
        this.expected = expected;
    }

    boolean matches(String value) {
        return pattern.matcher(value).matches();
    }

    /** What a value must be, to stand behind "must be". */
    String expected() {
        return expected;
    }
}
