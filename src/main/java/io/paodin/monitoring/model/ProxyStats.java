package io.paodin.monitoring.model;

import io.paodin.monitoring.api.v1alpha1.StoreConnection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The counters of a proxy that tell what became of its connections, by cluster. Read from its metrics piece by piece:
 * nothing is kept but the line at hand, and of that no more than it takes.
 */
public final class ProxyStats {

    /** The counters, as a filter of Envoy's names of them. */
    public static final String FILTER = "^cluster\\..*\\.(ssl\\.(fail_verify_san|fail_verify_error|connection_error)"
            + "|upstream_cx_(connect_fail|none_healthy)|upstream_rq_(401|403)|grpc\\.(0|7|16))$";

    private static final Set<String> DENIALS = Set.of("401", "403");
    private static final int MOST_CLUSTERS = 10_000;
    private static final Pattern LINE = Pattern.compile("envoy_cluster_(\\w+)\\{([^}]*)} ([0-9]+)");
    private static final Pattern CLUSTER = Pattern.compile("envoy_cluster_name=\"([^\"]*)\"");
    private static final Pattern CODE = Pattern.compile("envoy_response_code=\"([0-9]+)\"");

    /** What is counted. Of several that have grown, the first one says most. */
    private enum Counter {
        ANSWERED,
        DENIED,
        WRONG_NAME,
        UNTRUSTED,
        REFUSED,
        FAILED,
        NOBODY
    }

    private final Lines lines = new Lines();
    private final Map<String, Map<Counter, Long>> clusters = new HashMap<>();

    /** The next piece of the page, of any size. */
    public void accept(byte[] piece) {
        lines.accept(piece, this::read);
    }

    /** No more pieces come: the last line may lack its end. */
    public void end() {
        lines.end(this::read);
    }

    private void read(String text) {
        var sample = LINE.matcher(text);
        if (!sample.lookingAt()) {
            return;
        }
        var cluster = CLUSTER.matcher(sample.group(2));
        var counter = counter(sample.group(1), sample.group(2));
        if (cluster.find() && counter.isPresent() && clusters.size() < MOST_CLUSTERS) {
            var digits = sample.group(3);
            clusters.computeIfAbsent(cluster.group(1), name -> new EnumMap<>(Counter.class))
                    .merge(
                            counter.get(),
                            Long.parseLong(digits.substring(0, Math.min(18, digits.length()))),
                            Long::sum);
        }
    }

    private static Optional<Counter> counter(String metric, String labels) {
        return switch (metric) {
            case "ssl_fail_verify_san" -> Optional.of(Counter.WRONG_NAME);
            case "ssl_fail_verify_error" -> Optional.of(Counter.UNTRUSTED);
            case "ssl_connection_error" -> Optional.of(Counter.REFUSED);
            case "upstream_cx_connect_fail" -> Optional.of(Counter.FAILED);
            case "upstream_cx_none_healthy" -> Optional.of(Counter.NOBODY);
            case "grpc_0" -> Optional.of(Counter.ANSWERED);
            // Permission denied, and unauthenticated.
            case "grpc_7", "grpc_16" -> Optional.of(Counter.DENIED);
            case "upstream_rq" -> {
                var code = CODE.matcher(labels);
                yield code.find() && DENIALS.contains(code.group(1)) ? Optional.of(Counter.DENIED) : Optional.empty();
            }
            default -> Optional.empty();
        };
    }

    /**
     * What became of the connections of each cluster since an earlier look.
     *
     * @param before what was counted then; counters that have begun anew since, with the process, count from 0
     * @param known what was known then: it holds for clusters of which nothing more is known
     */
    public Map<String, StoreConnection> since(ProxyStats before, Map<String, StoreConnection> known) {
        var connections = new TreeMap<String, StoreConnection>();
        clusters.forEach((cluster, counters) -> {
            var earlier = before.clusters.get(cluster);
            var last = Optional.ofNullable(known.get(cluster));
            grown(counters, earlier)
                    .map(counter -> connection(counter, last))
                    .or(() -> last)
                    .ifPresent(connection -> connections.put(cluster, connection));
        });
        return connections;
    }

    private static Optional<Counter> grown(Map<Counter, Long> counters, Map<Counter, Long> earlier) {
        var isFirstLook = earlier == null;
        if (isFirstLook
                && counters.values().stream().filter(count -> count > 0).count() > 1
                && counters.getOrDefault(Counter.ANSWERED, 0L) > 0) {
            // It has answered and it has not: nobody knows which was the last.
            return Optional.empty();
        }
        for (var counter : Counter.values()) {
            long now = counters.getOrDefault(counter, 0L);
            long then = isFirstLook ? 0 : earlier.getOrDefault(counter, 0L);
            if (now > then || now < then && now > 0) {
                return Optional.of(counter);
            }
        }
        return Optional.empty();
    }

    private static StoreConnection connection(Counter counter, Optional<StoreConnection> last) {
        return switch (counter) {
            case ANSWERED -> StoreConnection.Established;
            case DENIED -> StoreConnection.Denied;
            case WRONG_NAME -> StoreConnection.WrongName;
            case UNTRUSTED -> StoreConnection.Untrusted;
            case REFUSED -> StoreConnection.Refused;
            case FAILED -> StoreConnection.Unreachable;
            // Not even tried, for a while after it has failed: why it has failed is what is known.
            case NOBODY -> last.filter(l -> l != StoreConnection.Established).orElse(StoreConnection.Unreachable);
        };
    }
}
