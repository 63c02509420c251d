package io.paodin.monitoring.model;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.paodin.monitoring.api.v1alpha1.Thanos;
import io.paodin.monitoring.config.OperatorConfig;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.List;
import java.util.Map;

/** Resources and settings for tests that need no running application. */
public final class Examples {

    /** The settings of an operator that nobody has configured. */
    public static final OperatorConfig DEFAULT_SETTINGS = settings(Map.of());

    private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

    private Examples() {}

    public static OperatorConfig settings(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .withMapping(OperatorConfig.class)
                .addDiscoveredConverters()
                .withSources(new PropertiesConfigSource(settings, "test", 100))
                .build()
                .getConfigMapping(OperatorConfig.class);
    }

    /** The resource {@code monitoring/central} with a spec in YAML. */
    public static Thanos thanos(String spec) {
        return SERIALIZATION.unmarshal("""
                apiVersion: monitoring.paodin.io/v1alpha1
                kind: Thanos
                metadata: {name: central, namespace: monitoring, generation: 1}
                spec:
                """ + spec.indent(2), Thanos.class);
    }

    public static Cluster cluster(String spec) {
        return Cluster.of(thanos(spec), Inputs.NONE, DEFAULT_SETTINGS);
    }

    /** A cluster that may be rendered. */
    static Cluster valid(String spec) {
        var cluster = cluster(spec);
        if (!cluster.isValid()) {
            throw new AssertionError("not valid: " + cluster.violations());
        }
        return cluster;
    }

    static Query query(String spec) {
        return valid(spec).query().orElseThrow();
    }

    static Receive receive(String spec) {
        return valid(spec).receive().orElseThrow();
    }

    static List<String> args(Component component) {
        return component.workload().container().args();
    }
}
