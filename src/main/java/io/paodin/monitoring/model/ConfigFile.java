package io.paodin.monitoring.model;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A file that a component reads from a ConfigMap, mounted as a directory so that changes reach the running pod.
 *
 * @param annotations those of the ConfigMap, sorted
 */
public record ConfigFile(
        String configMap, Map<String, String> labels, Map<String, String> annotations, String key, String content) {

    /** What the API server lets a ConfigMap hold, less room for its metadata. */
    private static final int LIMIT = 1_000_000;

    /** Without annotations. */
    public ConfigFile(String configMap, Map<String, String> labels, String key, String content) {
        this(configMap, labels, Map.of(), key, content);
    }

    /** Reports content that no ConfigMap can hold. */
    ConfigFile check(String path, Findings findings) {
        checkLength(content.getBytes(StandardCharsets.UTF_8).length, key, path, findings);
        return this;
    }

    static void checkLength(int length, String key, String path, Findings findings) {
        if (length > LIMIT) {
            findings.add(
                    path,
                    "makes a file %s of %d bytes, and a ConfigMap holds %d: list fewer, or lower replicas"
                            .formatted(key, length, LIMIT));
        }
    }
}
