package io.paodin.monitoring.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.paodin.monitoring.api.v1alpha1.HashringAlgorithm;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The file that tells the routers of the hashrings, in which the first ring that matches a tenant takes it. */
public record HashringFile(List<Ring> rings) {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String GLOB = "glob";
    private static final int HASHED_BYTES = 6;

    public HashringFile {
        rings = List.copyOf(rings);
    }

    /**
     * A ring as the routers are told of it.
     *
     * @param tenants empty for the ring that takes every tenant
     * @param isGlob whether the tenants are patterns
     * @param members the addresses
     * @param zones the availability zone of each member, by address, over which the copies of a series are spread; empty if
     *     the zone of any is not known
     */
    public record Ring(
            String name,
            List<String> tenants,
            boolean isGlob,
            String algorithm,
            List<String> members,
            Map<String, String> zones) {

        private static final String KETAMA = HashringAlgorithm.KETAMA.toString();

        public Ring {
            tenants = List.copyOf(tenants);
            members = List.copyOf(members);
            zones = Map.copyOf(zones);
        }

        Ring withTenants(List<String> others) {
            return new Ring(name, others, isGlob, algorithm, members, zones);
        }

        Ring withMembers(List<String> others) {
            return new Ring(name, tenants, isGlob, algorithm, others, Map.of());
        }

        /**
         * Without them if a member has none, if the algorithm knows none, or if so many copies cannot be spread over them.
         */
        Ring withZones(Map<String, String> found, int replicationFactor) {
            return algorithm.equals(KETAMA)
                            && found.keySet().containsAll(members)
                            && canSpread(found, replicationFactor)
                    ? new Ring(name, tenants, isGlob, algorithm, members, found)
                    : new Ring(name, tenants, isGlob, algorithm, members, Map.of());
        }

        /**
         * Thanos gives no zone more than one copy more than any other, and looks for a place without end if a small one
         * leaves none: the router then never becomes ready.
         */
        private static boolean canSpread(Map<String, String> zones, int replicationFactor) {
            var sizes = zones.values().stream()
                    .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()))
                    .values();
            var smallest = sizes.stream().mapToLong(size -> size).min().orElse(0);
            return sizes.stream()
                            .mapToLong(size -> Math.min(size, smallest + 1))
                            .sum()
                    >= replicationFactor;
        }

        /**
         * The algorithm stands in every ring since a misspelt or missing one silently means hashmod, which moves nearly
         * all series when a ring grows.
         */
        private ObjectNode json() {
            var json = JsonNodeFactory.instance.objectNode();
            json.put("hashring", name);
            if (!tenants.isEmpty()) {
                tenants.forEach(json.putArray("tenants")::add);
            }
            if (isGlob) {
                json.put("tenant_matcher_type", GLOB);
            }
            json.put("algorithm", algorithm);
            var endpoints = json.putArray("endpoints");
            members.forEach(member -> {
                var endpoint = endpoints.addObject().put("address", member);
                if (!zones.isEmpty()) {
                    endpoint.put("az", zones.get(member));
                }
            });
            return json;
        }

        private static Ring of(JsonNode json) {
            var tenants = new ArrayList<String>();
            json.path("tenants").forEach(tenant -> tenants.add(tenant.asText()));
            var members = new ArrayList<String>();
            var zones = new HashMap<String, String>();
            json.path("endpoints").forEach(endpoint -> {
                var address = endpoint.path("address").asText();
                members.add(address);
                if (endpoint.has("az")) {
                    zones.put(address, endpoint.path("az").asText());
                }
            });
            return new Ring(
                    json.path("hashring").asText(),
                    tenants,
                    json.path("tenant_matcher_type").asText().equals(GLOB),
                    json.path("algorithm").asText(),
                    members,
                    zones);
        }
    }

    /** @return what {@link #content} has made; empty for text that is not such a file, which somebody else has written */
    public static Optional<HashringFile> parse(String content) {
        try {
            var rings = new ArrayList<Ring>();
            for (var ring : JSON.readTree(content)) {
                rings.add(Ring.of(ring));
            }
            return rings.isEmpty() ? Optional.empty() : Optional.of(new HashringFile(rings));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** A ring per line, so that the same rings give the same bytes, and a change is seen in a diff. */
    public String content() {
        return rings.stream().map(ring -> "  " + ring.json()).collect(Collectors.joining(",\n", "[\n", "\n]\n"));
    }

    public Optional<Ring> ring(String name) {
        return rings.stream().filter(ring -> ring.name().equals(name)).findFirst();
    }

    /**
     * What a router that has read a file of this content reports in {@code thanos_receive_config_hash}: the first six
     * bytes of its SHA-256, the lowest first.
     */
    public static double hash(String content) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            long hash = 0;
            for (int i = HASHED_BYTES - 1; i >= 0; i--) {
                hash = hash << Byte.SIZE | Byte.toUnsignedLong(digest[i]);
            }
            return hash;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
