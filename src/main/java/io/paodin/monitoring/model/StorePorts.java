package io.paodin.monitoring.model;

import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which loopback port leads to which address. A port that is once somebody's stays so, whatever else comes and goes:
 * the querier and Envoy learn of a change at different times, and in between a port must not lead to another store.
 */
final class StorePorts {

    static final int FIRST = 11000;
    static final int LAST = 19999;

    private StorePorts() {}

    /**
     * @param ids of all addresses that need a port; fewer than there are ports
     * @param published the ports of those that had one before, and of others that are gone
     * @return in the order of the ids
     */
    static Map<String, Integer> assign(Collection<String> ids, Map<String, Integer> published) {
        var ports = new TreeMap<String, Integer>();
        var taken = new HashSet<Integer>();
        for (var id : new TreeSet<>(ids)) {
            var port = published.get(id);
            if (port != null && isOurs(port) && taken.add(port)) {
                ports.put(id, port);
            }
        }
        // Behind all that were published last, as long as there is room: one that has just become free may still be
        // asked for.
        int next = published.values().stream()
                .filter(StorePorts::isOurs)
                .max(Integer::compare)
                .map(StorePorts::after)
                .orElse(FIRST);
        for (var id : new TreeSet<>(ids)) {
            if (!ports.containsKey(id)) {
                int port = free(next, taken, Set.copyOf(published.values()));
                taken.add(port);
                ports.put(id, port);
                next = after(port);
            }
        }
        return Collections.unmodifiableMap(ports);
    }

    private static int free(int from, Set<Integer> taken, Set<Integer> lately) {
        int reused = -1;
        for (int port = from, tried = 0; tried <= LAST - FIRST; port = after(port), tried++) {
            if (!taken.contains(port)) {
                if (!lately.contains(port)) {
                    return port;
                }
                reused = reused < 0 ? port : reused;
            }
        }
        return reused;
    }

    private static boolean isOurs(int port) {
        return port >= FIRST && port <= LAST;
    }

    private static int after(int port) {
        return port == LAST ? FIRST : port + 1;
    }
}
