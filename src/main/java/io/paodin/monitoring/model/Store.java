package io.paodin.monitoring.model;

import static io.paodin.monitoring.model.Defaults.orEmpty;

import io.paodin.monitoring.api.v1alpha1.QueryStore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** A StoreAPI outside of this resource. */
public record Store(String name, List<String> addresses) {

    /** @param members the addresses of the resource's own pods that hold data */
    static List<Store> of(List<QueryStore> specs, List<String> members, String path, Findings findings) {
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
            findings.notAvailableYet(at + ".caSecret", spec.caSecret);
            findings.unlessMatches(at + ".name", spec.name, Form.DNS_LABEL);
            findings.unlessFilled(at + ".addresses", given);
            check(given, at + ".addresses", own, addresses, findings);
            var name = spec.name == null ? String.valueOf(given.get(0)) : spec.name;
            if (spec.name != null && !names.add(name)) {
                findings.add(at + ".name", Findings.shown(name) + " is the name of an earlier store: choose another");
            }
            stores.add(new Store(name, given.stream().filter(Objects::nonNull).toList()));
        }
        return stores;
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
        return address.toLowerCase(Locale.ROOT).replaceFirst("^dns\\+", "");
    }
}
