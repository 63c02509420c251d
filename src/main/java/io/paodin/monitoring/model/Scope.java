package io.paodin.monitoring.model;

import static io.paodin.monitoring.model.Defaults.orElse;
import static io.paodin.monitoring.model.Defaults.orEmpty;

import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.paodin.monitoring.api.v1alpha1.ComponentSpec;
import io.paodin.monitoring.api.v1alpha1.DefaultFields;
import io.paodin.monitoring.api.v1alpha1.ImagePullPolicy;
import io.paodin.monitoring.api.v1alpha1.LogFormat;
import io.paodin.monitoring.api.v1alpha1.LogLevel;
import io.paodin.monitoring.config.OperatorConfig;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the components of one resource are made from, and where they report what is wrong with their part of it. */
record Scope(
        Names names,
        String namespace,
        DefaultFields defaults,
        OperatorConfig config,
        Inputs inputs,
        StoragePlan storage,
        Findings findings) {

    static final String DEFAULTS = "spec.defaultFields";

    /** More pods than one workload has anywhere; what they would be told of one another would not fit an object. */
    private static final int MOST_REPLICAS = 1000;

    /**
     * The parts of a workload that mean the same in every component.
     *
     * @param path where the component stands in the resource, for violations
     * @param reservedLabels names that {@code --label} may not set by additional arguments
     */
    Workload workload(
            String path,
            ComponentSpec spec,
            Essentials own,
            String name,
            Labels labels,
            Args args,
            Set<String> reservedLabels) {
        check(path, spec);
        var image = orElse(spec.image, orElse(defaults.image, config.images().thanos()));
        var version = ThanosVersion.of(image);
        var additional = AdditionalArgs.of(
                own.role(), path + ".additionalArgs", orEmpty(spec.additionalArgs), version, reservedLabels);
        findings.add(additional);
        return new Workload(
                name,
                labels.all(),
                labels.selector(),
                labels.component(),
                spec.replicas,
                PodOptions.of(path, spec, own, name, labels, this),
                new Workload.Container(
                        image, pullPolicy(spec), args.append(additional).build(), spec.resources));
    }

    /** The object storage of a component that cannot be without. That it has none is a violation. */
    StorageAccess storage(String statefulSet, String path) {
        return storage.access(statefulSet).orElseGet(() -> {
            findings.add(
                    path + ".objectStorageConfig",
                    "is missing, and so is spec.objectStorageConfig: name the Secret key with the bucket's configuration");
            return StorageAccess.NONE;
        });
    }

    /** The beginning of every component's command line. */
    Args args(Role role, ComponentSpec spec) {
        var level = spec.logLevel == null ? defaults.logLevel : spec.logLevel;
        var format = spec.logFormat == null ? defaults.logFormat : spec.logFormat;
        var drain = GracePeriod.of(role, spec.terminationGracePeriodSeconds).drain();
        return Args.of(role)
                .flag("log.level", level == null ? Defaults.LOG_LEVEL : level.toString())
                .flag("log.format", format == null ? Defaults.LOG_FORMAT : format.toString())
                .on("enable-auto-gomemlimit")
                .flag("http-address", Service.HTTP.onAllInterfaces())
                .flagIf(role.servesGrpc(), "grpc-address", Service.GRPC.onAllInterfaces())
                .flag("http-grace-period", drain)
                .flagIf(role.servesGrpc(), "grpc-grace-period", drain);
    }

    /** A number of pods that can be listed, whatever the resource says. */
    static int bounded(int replicas) {
        return Math.max(0, Math.min(replicas, MOST_REPLICAS));
    }

    void checkChoices(String path, LogLevel level, LogFormat format, ImagePullPolicy policy) {
        findings.unlessKnown(path + ".logLevel", level, LogLevel.UNKNOWN);
        findings.unlessKnown(path + ".logFormat", format, LogFormat.UNKNOWN);
        findings.unlessKnown(path + ".imagePullPolicy", policy, ImagePullPolicy.UNKNOWN);
    }

    void checkPullSecrets(String path, List<LocalObjectReference> secrets) {
        var names = new HashSet<String>();
        for (int i = 0; secrets != null && i < secrets.size(); i++) {
            var at = path + ".imagePullSecrets[" + i + "]";
            if (secrets.get(i) == null || secrets.get(i).getName() == null) {
                findings.add(at + ".name", "is missing: name a Secret, or remove the entry");
            } else {
                var name = secrets.get(i).getName();
                findings.unlessMatches(at + ".name", name, Form.SECRET_NAME);
                if (!names.add(name)) {
                    findings.add(at + ".name", Findings.shown(name) + " is listed twice: remove one");
                }
            }
        }
    }

    private void check(String path, ComponentSpec spec) {
        findings.unlessMatches(path + ".image", spec.image, Form.IMAGE);
        checkVersion(path, spec);
        checkChoices(path, spec.logLevel, spec.logFormat, spec.imagePullPolicy);
        Quantities.check(path + ".resources", spec.resources, findings);
        findings.unlessWithin(path + ".replicas", spec.replicas, 0, MOST_REPLICAS);
    }

    /** Reported where the image is written, so once for all components that inherit it. */
    private void checkVersion(String path, ComponentSpec spec) {
        var inherited = spec.image == null;
        var image = inherited ? orElse(defaults.image, config.images().thanos()) : spec.image;
        var version = ThanosVersion.of(image);
        if (!version.isSupported()) {
            var origin = inherited && defaults.image == null ? ", the operator's setting paodin.images.thanos," : "";
            findings.add(Violation.unsupportedVersion(
                    (inherited ? DEFAULTS : path) + ".image",
                    "Thanos %s of %s%s is not supported: use %s or newer"
                            .formatted(version, image, origin, ThanosVersion.OLDEST_SUPPORTED)));
        }
    }

    private String pullPolicy(ComponentSpec spec) {
        var policy = orElse(spec.imagePullPolicy, defaults.imagePullPolicy);
        return policy == null ? null : policy.toString();
    }
}
