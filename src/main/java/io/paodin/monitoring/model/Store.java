package io.paodin.monitoring.model;

import static io.paodin.monitoring.model.Defaults.orEmpty;

import io.paodin.monitoring.api.v1alpha1.QueryStore;
import io.paodin.monitoring.api.v1alpha1.StoreConnection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A StoreAPI outside of this resource.
 *
 * @param addresses as the resource has them
 * @param strict whether it is asked even while it does not answer
 * @param access how it is reached by TLS; empty for a store that is asked directly
 */
public record Store(String name, List<String> addresses, boolean strict, Optional<StoreAccess> access) {

    /** What a Secret can hold, less some room. */
    private static final int LIMIT = 1_000_000;

    /** What the querier asks for a store. */
    public record Endpoint(String address, boolean strict) {}

    /** @param members the addresses of the resource's own pods that hold data */
    static List<Store> of(List<QueryStore> specs, List<String> members, String path, Scope scope) {
        var findings = scope.findings();
        var stores = new ArrayList<Store>();
        var names = new HashSet<String>();
        var addresses = new HashSet<String>();
        var own = members.stream().map(Store::target).collect(Collectors.toSet());
        for (int i = 0; i < specs.size(); i++) {
            var at = path + "[" + i + "]";
            var spec = specs.get(i);
            if (spec == null) {
                findings.add(at, "is empty: give addresses or remove it");
                continue;
            }
            var given = orEmpty(spec.addresses);
            if (given.isEmpty()) {
                findings.add(at + ".addresses", "is empty: give at least one host:port");
                continue;
            }
            findings.unlessMatches(at + ".name", spec.name, Form.DNS_LABEL);
            findings.unlessFilled(at + ".addresses", given);
            check(given, at + ".addresses", own, addresses, findings);
            StoreRules.check(spec, at, findings);
            var name = name(spec).orElseThrow();
            if (spec.name != null && !names.add(name)) {
                findings.add(at + ".name", Findings.shown(name) + " is the name of an earlier store: choose another");
            }
            stores.add(new Store(
                    name,
                    given.stream().filter(Objects::nonNull).toList(),
                    Boolean.TRUE.equals(spec.strict),
                    SecuredStore.isAskedFor(spec)
                            ? Optional.of(
                                    StoreAccess.of(spec, name, scope.inputs().stores()))
                            : Optional.empty()));
        }
        return withPorts(fitting(stores), scope.inputs().stores().published().ports());
    }

    /** Given, or that of the first address. */
    static Optional<String> name(QueryStore spec) {
        var addresses = orEmpty(spec.addresses);
        return spec.name != null || addresses.isEmpty()
                ? Optional.ofNullable(spec.name)
                : Optional.of(String.valueOf(addresses.get(0)));
    }

    /** What the querier asks: a secured store through Envoy, and not at all while there is nothing to reach it with. */
    List<Endpoint> endpoints() {
        return access.map(a -> a.published().map(SecuredStore::addresses).orElse(List.of()).stream()
                        .map(SecuredStore.Address::endpoint))
                .orElseGet(addresses::stream)
                .map(address -> new Endpoint(address, strict))
                .toList();
    }

    /** Behind which port of the proxy an address is; empty for one that is not there. */
    public Optional<Integer> listenerPort(String address) {
        return published().stream()
                .flatMap(store -> store.addresses().stream())
                .filter(one -> one.text().equals(address))
                .map(SecuredStore.Address::listenerPort)
                .findFirst();
    }

    /** What became of the connections to an address; empty if nothing is known. */
    public Optional<StoreConnection> connection(String address) {
        return access.map(a -> a.connections().get(address));
    }

    private Optional<SecuredStore> published() {
        return access.flatMap(StoreAccess::published);
    }

    private Store with(StoreAccess given) {
        return new Store(name, addresses, strict, Optional.of(given));
    }

    /** The first ones that fit into one Secret. The others are left out, and say so: they must not hold up the first. */
    private static List<Store> fitting(List<Store> stores) {
        var fitting = new ArrayList<Store>();
        int length = 0;
        for (var store : stores) {
            int more = store.published().map(SecuredStore::length).orElse(0);
            if (length + more <= LIMIT) {
                length += more;
                fitting.add(store);
            } else {
                fitting.add(store.with(store.access()
                        .orElseThrow()
                        .without("there is no room for it beside those before it in the one Secret that Envoy reads:"
                                + " shorten the lists of authorities, or give fewer addresses; it is left out")));
            }
        }
        return fitting;
    }

    private static List<Store> withPorts(List<Store> stores, Map<String, Integer> published) {
        var ids = stores.stream()
                .flatMap(store -> store.published().stream())
                .flatMap(store -> store.addresses().stream())
                .map(SecuredStore.Address::id)
                .toList();
        var ports = StorePorts.assign(ids, published);
        return stores.stream()
                .map(store -> store.access().isPresent()
                        ? store.with(store.access().get().withPorts(ports))
                        : store)
                .toList();
    }

    private static void check(
            List<String> given, String path, Set<String> own, HashSet<String> seen, Findings findings) {
        for (int k = 0; k < given.size(); k++) {
            var at = path + "[" + k + "]";
            var address = given.get(k);
            if (address == null) {
                continue;
            }
            findings.unlessMatches(at, address, Form.STORE_ADDRESS);
            var target = target(address);
            if (own.contains(target)) {
                findings.add(
                        at,
                        Findings.shown(address) + " is one of this resource's own components, found anyway: remove it");
            } else if (!seen.add(target)) {
                findings.add(at, Findings.shown(address) + " is listed twice: remove one");
            }
        }
    }

    /** The same for spellings of an address by which the same server would be asked twice. */
    private static String target(String address) {
        return address.toLowerCase(Locale.ROOT).replaceFirst("^dns\\+", "").replaceFirst("\\.(:[0-9]+)?$", "$1");
    }
}
