package io.paodin.monitoring.model;

import java.util.Map;

/** A file that a component reads from a ConfigMap, mounted as a directory so that changes reach the running pod. */
public record ConfigFile(String configMap, Map<String, String> labels, String key, String content) {}
