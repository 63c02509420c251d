package io.paodin.monitoring.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * The keys of one YAML mapping, in their order, and those that a merge ({@code <<}) adds.
 *
 * @param values by key; a key that is not text is there as empty text
 * @param repeated keys that are written more than once
 */
record ConfigMapping(Map<String, Node> values, List<String> repeated) {

    private static final String MERGE = "<<";

    /** Empty if the node is no mapping. */
    static Optional<ConfigMapping> of(Node node) {
        if (!(node instanceof MappingNode mapping)) {
            return Optional.empty();
        }
        var values = new LinkedHashMap<String, Node>();
        var repeated = new ArrayList<String>();
        var merged = new ArrayList<Node>();
        for (var tuple : mapping.getValue()) {
            var key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
            if (key.equals(MERGE)) {
                merged.add(tuple.getValueNode());
            } else if (values.putIfAbsent(key, tuple.getValueNode()) != null) {
                repeated.add(key);
            }
        }
        merge(merged, values, repeated);
        return Optional.of(new ConfigMapping(values, repeated));
    }

    /** What is merged may not repeat a key either. Each source once, however often it is referred to: few aliases can stand for millions. */
    private static void merge(List<Node> sources, Map<String, Node> values, List<String> repeated) {
        var waiting = new ArrayDeque<>(sources);
        Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        while (!waiting.isEmpty()) {
            var source = waiting.remove();
            if (!seen.add(source)) {
                continue;
            }
            if (source instanceof SequenceNode several) {
                waiting.addAll(several.getValue());
            } else if (source instanceof MappingNode mapping) {
                for (var tuple : mapping.getValue()) {
                    if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                        continue;
                    }
                    if (key.getValue().equals(MERGE)) {
                        waiting.add(tuple.getValueNode());
                    } else if (values.putIfAbsent(key.getValue(), tuple.getValueNode()) != null) {
                        repeated.add(key.getValue());
                    }
                }
            } else {
                values.put(MERGE, source);
            }
        }
    }

    /** The value at a path such as {@code sse_config.type}, unless it is left out, null or empty text. */
    Optional<Node> given(String path) {
        var dot = path.indexOf('.');
        if (dot > 0) {
            return Optional.ofNullable(values.get(path.substring(0, dot)))
                    .flatMap(ConfigMapping::of)
                    .flatMap(block -> block.given(path.substring(dot + 1)));
        }
        return Optional.ofNullable(values.get(path))
                .filter(Predicate.not(ConfigYaml::isNull))
                .filter(node -> !(node instanceof ScalarNode scalar)
                        || !scalar.getValue().isEmpty());
    }

    boolean has(String path) {
        return given(path).isPresent();
    }

    /** The text at a path, empty text if there is none. */
    String text(String path) {
        return given(path)
                .filter(ScalarNode.class::isInstance)
                .map(node -> ((ScalarNode) node).getValue())
                .orElse("");
    }
}
