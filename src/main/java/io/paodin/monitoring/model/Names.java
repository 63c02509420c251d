package io.paodin.monitoring.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The names of all objects of a resource. A name over its limit is cut and ends in a hash of the full name. */
public record Names(String cluster) {

    /** The governing Service's suffix ({@code -operated}) and a pod's ordinal fit behind a name of this length. */
    private static final int WORKLOAD_LIMIT = 52;

    private static final int OBJECT_LIMIT = 63;
    private static final int HASH_LENGTH = 8;

    public String query() {
        return bounded(cluster + "-query", WORKLOAD_LIMIT);
    }

    public String router() {
        return bounded(cluster + "-receive-router", WORKLOAD_LIMIT);
    }

    public String ingestor(String name) {
        return bounded(cluster + "-receive-ingestor-" + name, WORKLOAD_LIMIT);
    }

    public String storeGateway() {
        return bounded(cluster + "-storegateway", WORKLOAD_LIMIT);
    }

    public String compact() {
        return bounded(cluster + "-compact", WORKLOAD_LIMIT);
    }

    public String ringBudget(String ring) {
        return bounded(cluster + "-receive-ring-" + ring, OBJECT_LIMIT);
    }

    public static String governingService(String workload) {
        return workload + "-operated";
    }

    public static String configMap(String workload, String purpose) {
        return workload + "-" + purpose;
    }

    public static String envoy(String query) {
        return query + "-envoy";
    }

    static String bounded(String name, int limit) {
        if (name.length() <= limit) {
            return name;
        }
        return name.substring(0, limit - HASH_LENGTH - 1) + "-" + hash(name);
    }

    private static String hash(String text) {
        return hash(text, HASH_LENGTH);
    }

    static String hash(String text, int length) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, length);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
