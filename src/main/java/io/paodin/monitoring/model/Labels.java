package io.paodin.monitoring.model;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The labels of all objects. What selects pods is immutable in the API, so nothing is ever added to {@link
 * #selector()}.
 */
public final class Labels {

    public static final String NAME = "app.kubernetes.io/name";
    public static final String COMPONENT = "app.kubernetes.io/component";
    public static final String INSTANCE = "app.kubernetes.io/instance";
    public static final String PART_OF = "app.kubernetes.io/part-of";
    public static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    public static final String INGESTOR = "monitoring.paodin.io/ingestor";

    /** The value of {@link #MANAGED_BY}: what the operator's informers select. */
    public static final String OPERATOR = "paodin-monitoring";

    /** The value of {@link #NAME}. */
    public static final String THANOS = "thanos";

    private final Map<String, String> component = new TreeMap<>();
    private final Map<String, String> selector;

    private Labels(String instance, Role role, Map<String, String> more) {
        component.put(NAME, THANOS);
        component.put(INSTANCE, instance);
        component.put(COMPONENT, role.label());
        selector = new TreeMap<>(component);
        selector.putAll(more);
    }

    static Labels of(String instance, Role role) {
        return new Labels(instance, role, Map.of());
    }

    static Labels ofIngestor(String instance, String ingestor) {
        return new Labels(instance, Role.RECEIVE_INGESTOR, Map.of(INGESTOR, ingestor));
    }

    /** The id of the component that an object with these labels belongs to; empty if somebody has taken them away. */
    public static Optional<String> component(Map<String, String> labels) {
        return Optional.ofNullable(labels).map(l -> l.get(COMPONENT)).map(role -> {
            var ingestor = labels.get(INGESTOR);
            return ingestor == null ? role : role + "-" + ingestor;
        });
    }

    /** All labels, for metadata and pods. */
    public Map<String, String> all() {
        var all = new TreeMap<>(selector);
        all.put(PART_OF, selector.get(INSTANCE));
        all.put(MANAGED_BY, OPERATOR);
        return Collections.unmodifiableMap(all);
    }

    /** What selects the pods of one workload. */
    public Map<String, String> selector() {
        return Collections.unmodifiableMap(selector);
    }

    /** What selects the pods of all workloads of the component: those of all ingestors, for example. */
    public Map<String, String> component() {
        return Collections.unmodifiableMap(component);
    }
}
