package io.paodin.monitoring.model;

import static io.paodin.monitoring.model.Defaults.orElse;
import static io.paodin.monitoring.model.Defaults.orEmpty;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.paodin.monitoring.api.v1alpha1.DefaultFields;
import io.paodin.monitoring.api.v1alpha1.QueryStore;
import io.paodin.monitoring.api.v1alpha1.Thanos;
import io.paodin.monitoring.api.v1alpha1.ThanosSpec;
import io.paodin.monitoring.config.OperatorConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All that one resource asks for, decided. Always made, whatever the spec: where something is wrong, {@link
 * #violations()} has all of it, and nothing of the rest may be rendered.
 *
 * @param paused whether nothing is to be applied, whatever the spec says
 * @param envoyFiles what the proxy of query reads while it runs; also if it is to read no more. Of an invalid resource: what
 *     was published, and may be published again with what it refers to
 * @param departures the ingestors' pods that are to go
 * @param notices what is accepted but worth telling
 */
public record Cluster(
        String name,
        String namespace,
        boolean paused,
        Optional<Query> query,
        Optional<Receive> receive,
        Departures departures,
        Optional<StoreGateway> storeGateway,
        Optional<Compact> compact,
        Optional<EnvoyFiles> envoyFiles,
        List<Violation> violations,
        List<Notice> notices) {

    public static Cluster of(Thanos thanos, Inputs inputs, OperatorConfig config) {
        var spec = orElse(thanos.getSpec(), new ThanosSpec());
        var metadata = orElse(thanos.getMetadata(), new ObjectMeta());
        var name = orElse(metadata.getName(), "");
        var namespace = orElse(metadata.getNamespace(), "default");
        var findings = new Findings();
        var defaults = orElse(spec.defaultFields, new DefaultFields());
        var names = new Names(name);
        var storage = StoragePlan.of(spec, names, namespace, inputs, findings);
        var scope = new Scope(names, namespace, defaults, config, inputs, storage, findings);

        findings.unlessMatches("metadata.name", name, Form.RESOURCE_NAME);
        findings.unlessMatches(Scope.DEFAULTS + ".image", defaults.image, Form.IMAGE);
        scope.checkChoices(Scope.DEFAULTS, defaults.logLevel, defaults.logFormat, defaults.imagePullPolicy);
        scope.checkPullSecrets(Scope.DEFAULTS, defaults.imagePullSecrets);
        var receive = Optional.ofNullable(spec.receive).map(r -> Receive.of(r, scope));
        var storeGateway = Optional.ofNullable(spec.storeGateway).map(s -> StoreGateway.of(s, spec.compact, scope));
        var uploads = receive.map(Receive::uploads).orElse(Compact.Uploads.NONE);
        var compact = Optional.ofNullable(spec.compact).map(c -> Compact.of(c, uploads, scope));
        var departures = receive.map(Receive::departures)
                .orElseGet(() -> Departures.of(List.of(), inputs, config.routerConfirmationTimeout()));
        var sources = sources(receive, departures, storeGateway, inputs, namespace);
        var query = Optional.ofNullable(spec.query).map(q -> Query.of(q, sources, scope));
        Overlap.check(spec, findings);
        return new Cluster(
                name,
                namespace,
                Boolean.TRUE.equals(spec.paused),
                query,
                receive,
                departures,
                storeGateway,
                compact,
                findings.violations().isEmpty()
                        ? EnvoyFiles.of(query, names, inputs.stores().published())
                        : EnvoyFiles.renewed(stores(spec), names, inputs.stores()),
                findings.violations(),
                findings.notices());
    }

    /** The Secrets that have to be looked at before the cluster of a resource can be decided. */
    public static Set<SecretRef> references(Thanos thanos) {
        var spec = orElse(thanos.getSpec(), new ThanosSpec());
        var references = new LinkedHashSet<>(StoragePlan.references(spec));
        Optional.ofNullable(spec.receive)
                .map(receive -> WriteTls.references(receive.router))
                .ifPresent(references::addAll);
        return references;
    }

    private static List<QueryStore> stores(ThanosSpec spec) {
        return spec.query == null ? List.of() : orEmpty(spec.query.stores);
    }

    /** What the secured stores of a resource refer to, all of it. */
    public static Set<MaterialRef> storeReferences(Thanos thanos) {
        return StoreAccess.references(stores(orElse(thanos.getSpec(), new ThanosSpec())));
    }

    /** Whether a resource asks for stores that are reached by TLS. */
    public static boolean hasSecuredStores(Thanos thanos) {
        return stores(orElse(thanos.getSpec(), new ThanosSpec())).stream()
                .anyMatch(store -> store != null && SecuredStore.isAskedFor(store));
    }

    /** For people to look at: without what nobody may see. */
    public Cluster redacted() {
        return new Cluster(
                name,
                namespace,
                paused,
                query,
                receive,
                departures,
                storeGateway,
                compact,
                envoyFiles.map(EnvoyFiles::redacted),
                violations,
                notices);
    }

    public boolean isValid() {
        return violations.isEmpty();
    }

    /** Whether it may be applied. */
    public boolean isActive() {
        return isValid() && !paused;
    }

    /** Whether pods of ingestors are about to go. */
    public boolean isAnyoneLeaving() {
        return departures.isAnyoneLeaving();
    }

    /** All components, in the order in which they are applied. */
    public List<Component> components() {
        var components = new ArrayList<Component>();
        receive.ifPresent(r -> {
            components.add(r.router());
            components.addAll(r.ingestors());
        });
        storeGateway.ifPresent(components::add);
        compact.ifPresent(components::add);
        query.ifPresent(components::add);
        return List.copyOf(components);
    }

    /** What begins when this is applied and cannot be undone. */
    public Optional<Notice> beginning() {
        return compact.filter(c -> c.holdup().isEmpty()).flatMap(Compact::begun);
    }

    /** What keeps stores from being reached. */
    public Stream<Holdup> troubles() {
        return query.map(Query::stores).orElse(List.of()).stream()
                .flatMap(store -> store.access().stream())
                .flatMap(access -> access.trouble().stream());
    }

    /** How far each hashring is. */
    public List<RingProgress> rings() {
        return receive.map(Receive::progress).orElseGet(() -> RingProgress.leaving(departures));
    }

    /** The ids of components that the resource has no more, and whose objects stay until their pods have gone. */
    public Set<String> leaving() {
        return departures.leaving().stream().map(Departures.Leaver::component).collect(Collectors.toSet());
    }

    /** The components that are to be left as they are, by id, and why. */
    public Map<String, Holdup> heldUp() {
        var heldUp = new LinkedHashMap<String, Holdup>();
        components().forEach(component -> component.holdup().ifPresent(holdup -> heldUp.put(component.id(), holdup)));
        return heldUp;
    }

    /** What the ring members have uploaded is in the bucket as often as it was written. */
    private static Query.Sources sources(
            Optional<Receive> receive,
            Departures departures,
            Optional<StoreGateway> storeGateway,
            Inputs inputs,
            String namespace) {
        var addresses = new ArrayList<String>();
        receive.ifPresent(r -> r.ingestors().forEach(i -> addresses.addAll(i.sources(inputs, namespace))));
        departures.leaving().forEach(leaver -> addresses.addAll(leaver.sources(inputs, namespace)));
        storeGateway.flatMap(s -> s.endpoint(namespace)).ifPresent(addresses::add);
        return new Query.Sources(
                List.copyOf(addresses),
                receive.isPresent() || !departures.leaving().isEmpty() || storeGateway.isPresent());
    }
}
