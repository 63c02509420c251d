package io.paodin.monitoring.model;

import io.paodin.monitoring.api.v1alpha1.HashringAlgorithm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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

    /** As the routers are told of it once all of it is there. */
    HashringFile.Ring ring() {
        return new HashringFile.Ring(name, tenants, isGlob, algorithm().toString(), members(), Map.of());
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
