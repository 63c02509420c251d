package io.paodin.monitoring.model;

import static io.paodin.monitoring.model.Defaults.orElse;
import static io.paodin.monitoring.model.Defaults.orEmpty;

import io.paodin.monitoring.api.v1alpha1.ComponentSpec;
import io.paodin.monitoring.api.v1alpha1.DefaultFields;
import io.paodin.monitoring.config.OperatorConfig;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What the components of one resource are made from, and where they report what is wrong with their part of it. */
record Scope(Names names, String namespace, DefaultFields defaults, OperatorConfig config, Findings findings) {

    /**
     * The parts of a workload that mean the same in every component.
     *
     * @param path where the component stands in the resource, for violations
     * @param reservedLabels names that {@code --label} may not set by additional arguments
     */
    Workload workload(
            String path,
            ComponentSpec spec,
            Role role,
            String name,
            Labels labels,
            Args args,
            Set<String> reservedLabels) {
        findings.unlessMatches(path + ".image", spec.image, Form.IMAGE);
        findings.unlessAtLeast(path + ".replicas", spec.replicas, 0);
        var image = orElse(spec.image, orElse(defaults.image, config.images().thanos()));
        var version = ThanosVersion.of(image);
        if (!version.isSupported()) {
            findings.add(Violation.unsupportedVersion(
                    path + ".image",
                    "Thanos " + version + " of " + image + " is not supported: use " + ThanosVersion.OLDEST_SUPPORTED
                            + " or newer"));
        }
        var additional = AdditionalArgs.of(
                role, path + ".additionalArgs", orEmpty(spec.additionalArgs), version, reservedLabels);
        findings.add(additional);
        return new Workload(
                name,
                labels.all(),
                labels.selector(),
                labels.component(),
                spec.replicas,
                pod(spec),
                new Workload.Container(
                        image, pullPolicy(spec), args.append(additional).build(), spec.resources));
    }

    /** The beginning of every component's command line. */
    Args args(Role role, ComponentSpec spec) {
        var level = spec.logLevel == null ? defaults.logLevel : spec.logLevel;
        var format = spec.logFormat == null ? defaults.logFormat : spec.logFormat;
        return Args.of(role)
                .flag("log.level", level == null ? Defaults.LOG_LEVEL : level.toString())
                .flag("log.format", format == null ? Defaults.LOG_FORMAT : format.toString())
                .on("enable-auto-gomemlimit")
                .flag("http-address", Service.HTTP.onAllInterfaces())
                .flag("grpc-address", Service.GRPC.onAllInterfaces());
    }

    private Workload.Pod pod(ComponentSpec spec) {
        return new Workload.Pod(
                config.podUser().orElse(null),
                orElse(spec.imagePullSecrets, orEmpty(defaults.imagePullSecrets)),
                spec.nodeSelector == null ? Map.of() : new TreeMap<>(spec.nodeSelector),
                orEmpty(spec.tolerations),
                spec.affinity);
    }

    private String pullPolicy(ComponentSpec spec) {
        var policy = orElse(spec.imagePullPolicy, defaults.imagePullPolicy);
        return policy == null ? null : policy.toString();
    }
}
