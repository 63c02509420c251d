package io.paodin.monitoring.e2e;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The file that tells the routers of a cluster the members of each hashring. */
record Hashrings(ThanosCluster thanos, String file) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String KEY = "hashrings.json";
    private static final String PUBLISHED = "monitoring.paodin.io/published";
    private static final String READ = "thanos_receive_config_last_reload_success_timestamp_seconds";

    /** The one that is published now. */
    static Hashrings published(ThanosCluster thanos) {
        return new Hashrings(thanos, configMap(thanos).get().getData().get(KEY));
    }

    private static Resource<ConfigMap> configMap(ThanosCluster thanos) {
        return Kubernetes.client()
                .configMaps()
                .inNamespace(thanos.namespace().name())
                .withName(thanos.name() + "-receive-router-hashrings");
    }

    /** When the operator has published it. */
    Instant since() {
        return Instant.parse(
                configMap(thanos).get().getMetadata().getAnnotations().get(PUBLISHED));
    }

    /** When the last of the routers has read what it knows. */
    Instant read() {
        return thanos.pods("receive-router").stream()
                .map(router -> Instant.ofEpochMilli((long) (thanos.metric(router, READ) * 1000)))
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    /** By the names of the hashrings, in the order of the file: the names of the pods. */
    Map<String, List<String>> members() {
        var rings = new LinkedHashMap<String, List<String>>();
        for (var ring : json()) {
            var members = new ArrayList<String>();
            ring.path("endpoints")
                    .forEach(endpoint ->
                            members.add(podOf(endpoint.path("address").asText())));
            rings.put(ring.path("hashring").asText(), members);
        }
        return rings;
    }

    private static String podOf(String address) {
        return address.substring(0, address.indexOf('.'));
    }

    /** The same without some pods. */
    Hashrings without(Predicate<String> pod) {
        var rings = json();
        for (var ring : rings) {
            var kept = JSON.createArrayNode();
            ring.path("endpoints").forEach(endpoint -> {
                if (!pod.test(podOf(endpoint.path("address").asText()))) {
                    kept.add(endpoint);
                }
            });
            ((ObjectNode) ring).set("endpoints", kept);
        }
        return new Hashrings(thanos, rings.toPrettyString());
    }

    /** The same rings in other bytes. */
    Hashrings reworded() {
        return new Hashrings(thanos, file + "\n");
    }

    /** Publishes it by hand. */
    void publish() {
        configMap(thanos).edit(map -> {
            map.getData().put(KEY, file);
            return map;
        });
    }

    /** Whether this is the file that a router has read last. */
    boolean isReadBy(Pod router) {
        return thanos.metric(router, "thanos_receive_config_hash") == hash();
    }

    /** As a router tells it: the first six bytes of the SHA-256, the last of them first. */
    private double hash() {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(file.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(Arrays.copyOf(Arrays.copyOf(hash, 6), Long.BYTES))
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private ArrayNode json() {
        try {
            return (ArrayNode) JSON.readTree(file);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(file, e);
        }
    }
}
