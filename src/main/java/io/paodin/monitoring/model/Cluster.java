package io.paodin.monitoring.model;

import static io.paodin.monitoring.model.Defaults.orElse;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.paodin.monitoring.api.v1alpha1.DefaultFields;
import io.paodin.monitoring.api.v1alpha1.Thanos;
import io.paodin.monitoring.api.v1alpha1.ThanosSpec;
import io.paodin.monitoring.config.OperatorConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All that one resource asks for, decided. Always made, whatever the spec: where something is wrong, {@link
 * #violations()} has all of it, and nothing of the rest may be rendered.
 *
 * @param paused whether nothing is to be applied, whatever the spec says
 * @param notices what is accepted but worth telling
 */
public record Cluster(
        String name,
        String namespace,
        boolean paused,
        Optional<Query> query,
        Optional<Receive> receive,
        List<Violation> violations,
        List<Notice> notices) {

    public static Cluster of(Thanos thanos, OperatorConfig config) {
        var spec = orElse(thanos.getSpec(), new ThanosSpec());
        var metadata = orElse(thanos.getMetadata(), new ObjectMeta());
        var name = orElse(metadata.getName(), "");
        var namespace = orElse(metadata.getNamespace(), "default");
        var findings = new Findings();
        var defaults = orElse(spec.defaultFields, new DefaultFields());
        var scope = new Scope(new Names(name), namespace, defaults, config, findings);

        findings.unlessMatches("metadata.name", name, Form.RESOURCE_NAME);
        findings.unlessMatches(Scope.DEFAULTS + ".image", defaults.image, Form.IMAGE);
        scope.checkChoices(Scope.DEFAULTS, defaults.logLevel, defaults.logFormat, defaults.imagePullPolicy);
        scope.checkPullSecrets(Scope.DEFAULTS, defaults.imagePullSecrets);
        findings.notAvailableYet("spec.objectStorageConfig", spec.objectStorageConfig);
        findings.notAvailableYet("spec.storeGateway", spec.storeGateway);
        findings.notAvailableYet("spec.compact", spec.compact);
        var receive = Optional.ofNullable(spec.receive).map(r -> Receive.of(r, scope));
        var query = Optional.ofNullable(spec.query)
                .map(q -> Query.of(q, receive.map(Receive::members).orElse(null), scope));
        return new Cluster(
                name,
                namespace,
                Boolean.TRUE.equals(spec.paused),
                query,
                receive,
                findings.violations(),
                findings.notices());
    }

    public boolean isValid() {
        return violations.isEmpty();
    }

    /** All components, in the order in which they are applied. */
    public List<Component> components() {
        var components = new ArrayList<Component>();
        receive.ifPresent(r -> {
            components.add(r.router());
            components.addAll(r.ingestors());
        });
        query.ifPresent(components::add);
        return List.copyOf(components);
    }
}
