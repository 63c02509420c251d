package io.paodin.monitoring.model;

import static io.paodin.monitoring.model.Defaults.orEmpty;

import io.paodin.monitoring.api.v1alpha1.QueryStore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** A StoreAPI outside of this resource. */
public record Store(String name, List<String> addresses) {

    static List<Store> of(List<QueryStore> specs, String path, Findings findings) {
        var stores = new ArrayList<Store>();
        var names = new HashSet<String>();
        var addresses = new HashSet<String>();
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
            check(given, at + ".addresses", addresses, findings);
            var name = spec.name == null ? given.get(0) : spec.name;
            if (!names.add(name)) {
                findings.add(at + ".name", "\"" + name + "\" is the name of an earlier store: choose another");
            }
            stores.add(new Store(name, List.copyOf(given)));
        }
        return stores;
    }

    private static void check(List<String> given, String path, HashSet<String> seen, Findings findings) {
        for (int k = 0; k < given.size(); k++) {
            var at = path + "[" + k + "]";
            var address = given.get(k);
            findings.unlessMatches(at, address, Form.STORE_ADDRESS);
            if (address == null) {
                findings.add(at, "is empty: give an address or remove it");
            } else if (!seen.add(address)) {
                findings.add(at, "\"" + address + "\" is listed twice: remove one");
            }
        }
    }
}
