package io.paodin.monitoring.e2e;

import static java.util.stream.Collectors.toSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** A prefix of the bucket of {@link ObjectStore}, and what it holds, as Thanos' own tool tells it. */
record Bucket(String server, String prefix) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * @param minTime of the oldest sample, in milliseconds since the epoch
     * @param maxTime after the newest sample
     * @param level 1 as long as it was not compacted
     * @param resolution 0 for raw samples, else in milliseconds
     */
    record Block(
            String ulid,
            long minTime,
            long maxTime,
            int level,
            long resolution,
            List<String> sources,
            Map<String, String> labels,
            long samples) {}

    /**
     * The configuration for Thanos.
     *
     * @param key {@code first} or {@code second}, of those that the server knows, or {@code reader}, which cannot write
     */
    String configuration(String key) {
        return ("{type: S3, prefix: %s, config: {endpoint: \"s3.%s.svc:8333\", bucket: thanos, insecure: true,"
                        + " access_key: e2e-%s, secret_key: e2e-%s-secret}}")
                .formatted(prefix, server, key, key);
    }

    /** A Secret {@code thanos-bucket} with the configuration as {@code objstore.yaml}. */
    String secret(String key) {
        return """
                apiVersion: v1
                kind: Secret
                metadata: {name: thanos-bucket}
                stringData: {objstore.yaml: '%s'}
                """.formatted(configuration(key));
    }

    /** All blocks that are uploaded completely, with those that are only marked for deletion. */
    List<Block> blocks() {
        var blocks = new ArrayList<Block>();
        try (var values = JSON.readerFor(JsonNode.class).<JsonNode>readValues(list())) {
            while (values.hasNext()) {
                blocks.add(block(values.next()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return blocks;
    }

    /** The ingestors of which there are blocks. */
    Set<String> replicas() {
        return blocks().stream()
                .map(block -> block.labels().get("receive_replica"))
                .collect(toSet());
    }

    private static Block block(JsonNode meta) {
        var sources = new ArrayList<String>();
        meta.path("compaction").path("sources").forEach(source -> sources.add(source.asText()));
        var labels = new TreeMap<String, String>();
        meta.path("thanos")
                .path("labels")
                .fields()
                .forEachRemaining(e -> labels.put(e.getKey(), e.getValue().asText()));
        return new Block(
                meta.path("ulid").asText(),
                meta.path("minTime").asLong(),
                meta.path("maxTime").asLong(),
                meta.path("compaction").path("level").asInt(),
                meta.path("thanos").path("downsample").path("resolution").asLong(),
                sources,
                labels,
                meta.path("stats").path("numSamples").asLong());
    }

    private String list() {
        var pods = Kubernetes.client().pods().inNamespace(server).withLabel("app", "tools");
        var pod = pods.list().getItems().get(0).getMetadata().getName();
        var out = new ByteArrayOutputStream();
        var error = new ByteArrayOutputStream();
        try (var exec = Kubernetes.client()
                .pods()
                .inNamespace(server)
                .withName(pod)
                .writingOutput(out)
                .writingError(error)
                .exec(
                        "/bin/thanos",
                        "tools",
                        "bucket",
                        "ls",
                        "--output=json",
                        "--objstore.config=" + configuration("test"))) {
            var status = exec.exitCode().get(60, TimeUnit.SECONDS);
            if (status != 0) {
                throw new AssertionError(error.toString(StandardCharsets.UTF_8));
            }
            return out.toString(StandardCharsets.UTF_8);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
