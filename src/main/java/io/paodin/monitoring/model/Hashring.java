package io.paodin.monitoring.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.paodin.monitoring.api.v1alpha1.HashringAlgorithm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The ingestors that share the series of the same tenants. An ingestor with tenants is a ring of its own (hard); all
 * ingestors without tenants form one ring (soft) that takes every other tenant.
 *
 * @param tenants in the order of their names; empty for the soft ring
 * @param isGlob whether its tenants are patterns
 */
public record Hashring(String name, List<String> tenants, boolean isGlob, List<Ingestor> ingestors) {

    /** The name of the soft ring. */
    public static final String SOFT = "soft";

    private static final JsonMapper JSON = new JsonMapper();

    public Hashring {
        tenants = List.copyOf(tenants);
        ingestors = List.copyOf(ingestors);
    }

    /**
     * Thanos takes the first ring that matches. So those of ids come before those of patterns, from which an id can be an
     * exception, and the soft one, which matches every tenant, is the last.
     */
    static List<Hashring> of(List<Ingestor> ingestors) {
        var rings = new ArrayList<Hashring>();
        var globs = new ArrayList<Hashring>();
        var soft = new ArrayList<Ingestor>();
        for (var ingestor : ingestors) {
            if (ingestor.tenants().isEmpty()) {
                soft.add(ingestor);
            } else {
                (ingestor.isGlob() ? globs : rings)
                        .add(new Hashring(ingestor.name(), ingestor.tenants(), ingestor.isGlob(), List.of(ingestor)));
            }
        }
        rings.addAll(globs);
        if (!soft.isEmpty()) {
            rings.add(new Hashring(SOFT, List.of(), false, soft));
        }
        return List.copyOf(rings);
    }

    public boolean isSoft() {
        return tenants.isEmpty();
    }

    /** All ingestors of a ring have the same. */
    HashringAlgorithm algorithm() {
        return ingestors.get(0).algorithm();
    }

    public List<String> members() {
        return ingestors.stream().flatMap(i -> i.members().stream()).toList();
    }

    public List<String> ingestorNames() {
        return ingestors.stream().map(Ingestor::name).toList();
    }

    /**
     * The routers' hashrings file: a ring per line, in the order of {@link #of}, so that the same rings give the same
     * bytes. The algorithm stands in every ring since a misspelt or missing one silently means hashmod, which moves
     * nearly all series when a ring grows.
     */
    static String file(List<Hashring> rings) {
        return rings.stream().map(ring -> "  " + ring.json()).collect(Collectors.joining(",\n", "[\n", "\n]\n"));
    }

    /** The members of each ring in a file that {@link #file} has made; none if it is not such a file. */
    public static Map<String, List<String>> published(String file) {
        var rings = new LinkedHashMap<String, List<String>>();
        try {
            for (var ring : JSON.readTree(file)) {
                var members = new ArrayList<String>();
                ring.path("endpoints")
                        .forEach(e -> members.add(e.path("address").asText()));
                rings.put(ring.path("hashring").asText(), members);
            }
        } catch (JsonProcessingException e) {
            // Somebody else has written it, and it will be replaced.
            return Map.of();
        }
        return rings;
    }

    private ObjectNode json() {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("hashring", name);
        if (!isSoft()) {
            tenants.forEach(json.putArray("tenants")::add);
        }
        if (isGlob) {
            json.put("tenant_matcher_type", "glob");
        }
        json.put("algorithm", algorithm().toString());
        var endpoints = json.putArray("endpoints");
        members().forEach(member -> endpoints.addObject().put("address", member));
        return json;
    }

    /**
     * How many members may be down at once: what a write can miss and still reach its quorum, which is a majority, and
     * one for a replication factor of two. Without replication it is one, or no node could ever be drained.
     */
    static int maxUnavailable(int replicationFactor) {
        int quorum = replicationFactor == 2 ? 1 : replicationFactor / 2 + 1;
        return Math.max(1, replicationFactor - quorum);
    }
}
