package io.paodin.monitoring.model;

import io.paodin.monitoring.api.v1alpha1.QueryStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What Envoy reads again while it runs: one Secret, mounted as a directory. It is emptied when there is no proxy any more.
 *
 * @param isWanted whether there is a proxy
 * @param secret its name
 * @param stores those that are published
 */
public record EnvoyFiles(String secret, Map<String, String> labels, boolean isWanted, List<SecuredStore> stores) {

    public static final String LISTENERS = "listeners.yaml";
    public static final String CLUSTERS = "clusters.yaml";

    /** The name of the metadata of clusters that says which store they are of. */
    public static final String METADATA = "io.paodin.monitoring";

    /** Empty if there is nothing to tell, nor anything that was told and is to be taken back. */
    static Optional<EnvoyFiles> of(Optional<Query> query, Names names, PublishedStores published) {
        var isWanted = query.flatMap(Query::envoy).isPresent();
        if (!isWanted && published.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new EnvoyFiles(
                Names.envoy(names.query()),
                Labels.of(names.cluster(), Role.QUERY).all(),
                isWanted,
                query.map(Query::stores).orElse(List.of()).stream()
                        .flatMap(store -> store.access().stream())
                        .flatMap(access -> access.published().stream())
                        .toList()));
    }

    /**
     * What was published, with certificates and credentials as they are now. This goes on while a resource is invalid: they
     * must not end because of a mistake elsewhere.
     */
    static Optional<EnvoyFiles> renewed(List<QueryStore> specs, Names names, StoreInputs inputs) {
        var published = inputs.published();
        if (published.stores().isEmpty()) {
            return Optional.empty();
        }
        var byId = new HashMap<String, QueryStore>();
        specs.stream()
                .filter(spec -> spec != null && SecuredStore.isAskedFor(spec))
                .forEach(spec -> Store.name(spec).ifPresent(name -> byId.putIfAbsent(SecuredStore.id(name), spec)));
        return Optional.of(new EnvoyFiles(
                Names.envoy(names.query()),
                Labels.of(names.cluster(), Role.QUERY).all(),
                true,
                published.stores().stream()
                        .map(store -> Optional.ofNullable(byId.get(store.id()))
                                .flatMap(spec -> StoreAccess.renewed(spec, store, inputs))
                                .orElse(store))
                        .toList()));
    }

    /** The file with the credential of a store. */
    public static String credential(SecuredStore store) {
        return credential(store.id());
    }

    static String credential(String id) {
        return "credential-" + id + ".yaml";
    }

    /** For people to look at: without what nobody may see. */
    public EnvoyFiles redacted() {
        return new EnvoyFiles(
                secret,
                labels,
                isWanted,
                stores.stream().map(SecuredStore::redacted).toList());
    }
}
