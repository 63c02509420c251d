package io.paodin.monitoring.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.paodin.monitoring.api.v1alpha1.AdditionalArg;
import io.paodin.monitoring.api.v1alpha1.Thanos;
import io.paodin.monitoring.api.v1alpha1.ThanosSpec;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Specs with any fields at any values, from a seed: sensible ones, and with {@code garbage} others as well. */
public final class RandomSpecs {

    /** What has ended programs, templates and YAML before. */
    public static final List<String> NASTY = List.of(
            "",
            " ",
            "\": {x}",
            "\n- a",
            "{{x}}",
            "{x}",
            "#",
            "a: b # c",
            "$(X)",
            "$$",
            "%s%n",
            "'\"`\\",
            "\u0000",
            "\u007f",
            "\u0085",
            "\u2028",
            "\ufeff",
            "ü😀",
            "null",
            "true",
            "1e3",
            "-1",
            "../..",
            "--help",
            "1h1h",
            "99999999999999999999y",
            "!!java.lang.String x",
            "&a *a",
            "x".repeat(5000));

    private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private static final Map<String, List<String>> SENSIBLE = Map.ofEntries(
            Map.entry("image", List.of("thanos:v0.42.4", "q/t:v0.43.0", "q/t@sha256:0123", "q/t:latest")),
            Map.entry("name", List.of("a", "b", "team-c", "soft", "n".repeat(60))),
            Map.entry("key", List.of("a", "b")),
            Map.entry("tenants", List.of("t1", "t2", "t3", "t4", "t5", "t6", "t7", "t8")),
            Map.entry("localTsdbRetention", List.of("2d", "15d", "6h", "1y")),
            Map.entry("blockDuration", List.of("2h", "1h", "30m")),
            Map.entry("outOfOrderTimeWindow", List.of("10m", "0s")),
            Map.entry("tooFarInFutureTimeWindow", List.of("0", "5m")),
            Map.entry("addresses", List.of("a:1", "b:2", "dns+c:3", "dnssrv+d", "[::1]:5")),
            Map.entry("replicaLabels", List.of("replica", "receive_replica")),
            Map.entry("selectorLabels", List.of("eu", "a\"b", "$(X)", "ü")),
            Map.entry("nodeSelector", List.of("linux", "")),
            Map.entry("metaMonitoringUrl", List.of("http://query:10902", "https://prometheus.example.com/prefix")),
            Map.entry("regex", List.of("(.*)", "a|b")),
            Map.entry("tenantHeader", List.of("X-Tenant")),
            Map.entry("defaultTenantId", List.of("nobody")),
            Map.entry("splitTenantLabelName", List.of("team")),
            Map.entry("tenantLabelName", List.of("tenant")));

    private static final Map<String, Integer> SENSIBLE_NUMBERS = Map.of("terminationGracePeriodSeconds", 60);

    private final Random random;
    private final boolean garbage;

    private RandomSpecs(long seed, boolean garbage) {
        this.random = new Random(seed);
        this.garbage = garbage;
    }

    public static Thanos sensible(long seed) {
        return new RandomSpecs(seed, false).thanos();
    }

    public static Thanos garbage(long seed) {
        return new RandomSpecs(seed, true).thanos();
    }

    private Thanos thanos() {
        var resource = JSON.objectNode()
                .put("apiVersion", "monitoring.paodin.io/v1alpha1")
                .put("kind", "Thanos");
        resource.putObject("metadata").put("name", random.nextInt(4) == 0 ? "n".repeat(63) : "central");
        resource.set("spec", object(ThanosSpec.class));
        return SERIALIZATION.unmarshal(resource.toString(), Thanos.class);
    }

    private JsonNode object(Class<?> type) {
        var object = JSON.objectNode();
        for (Field field : type.getFields()) {
            if (random.nextInt(100) < (garbage ? 45 : 30) || isNeeded(field)) {
                var renamed = field.getAnnotation(JsonProperty.class);
                object.set(
                        renamed == null ? field.getName() : renamed.value(),
                        isGarbage() ? JSON.nullNode() : value(field.getName(), field.getGenericType()));
            }
        }
        return object;
    }

    private static boolean isNeeded(Field field) {
        return List.of("query", "receive", "ingestors", "name", "addresses").contains(field.getName());
    }

    private boolean isGarbage() {
        return garbage && random.nextInt(12) == 0;
    }

    private JsonNode value(String name, Type type) {
        if (type instanceof ParameterizedType generic && generic.getRawType() == List.class) {
            var list = JSON.arrayNode();
            var size = 1 + random.nextInt(3);
            for (int i = 0; i < size; i++) {
                list.add(isGarbage() ? JSON.nullNode() : value(name, generic.getActualTypeArguments()[0]));
            }
            return list;
        }
        if (type instanceof ParameterizedType map) {
            var entries = JSON.objectNode();
            entries.set(
                    garbage ? text(name) : "key",
                    isGarbage() ? JSON.nullNode() : value(name, map.getActualTypeArguments()[1]));
            return entries;
        }
        return scalar(name, (Class<?>) type);
    }

    private JsonNode scalar(String name, Class<?> type) {
        if (type == String.class) {
            return JSON.textNode(text(name));
        }
        if (type == Integer.class) {
            int number = garbage
                    ? pick(List.of(-1, 0, 1, 3, 5000, Integer.MIN_VALUE, Integer.MAX_VALUE))
                    : SENSIBLE_NUMBERS.getOrDefault(name, 2);
            return JSON.numberNode(number);
        }
        if (type == Boolean.class) {
            return JSON.booleanNode(random.nextBoolean());
        }
        if (type.isEnum()) {
            return JSON.textNode(pick(List.of(type.getEnumConstants())).toString());
        }
        if (type == JsonNode.class) {
            return garbage ? RandomOverlays.of(random.nextLong()) : JSON.objectNode();
        }
        if (type == AdditionalArg.class && !garbage) {
            return JSON.objectNode().put("name", "enable-feature").put("value", "x");
        }
        return type.getPackageName().startsWith("io.paodin") ? object(type) : borrowed(type.getSimpleName());
    }

    private ObjectNode borrowed(String type) {
        var object = JSON.objectNode();
        switch (type) {
            case "PersistentVolumeClaimSpec" ->
                object.putObject("resources").putObject("requests").put("storage", "1Gi");
            case "LocalObjectReference" -> object.put("name", "registry");
            case "Toleration" -> object.put("key", text("key")).put("operator", "Exists");
            case "TopologySpreadConstraint" ->
                object.put("maxSkew", 1)
                        .put("topologyKey", "zone" + (garbage ? 0 : random.nextInt()))
                        .put("whenUnsatisfiable", "DoNotSchedule");
            case "ResourceRequirements" -> object.putObject("limits").put("memory", "1Gi");
            default -> {
                // Anything may be left out of the others.
            }
        }
        return object;
    }

    private String text(String field) {
        var sensible = SENSIBLE.getOrDefault(field, List.of("x"));
        return pick(garbage && random.nextInt(3) == 0 ? NASTY : sensible);
    }

    private <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
