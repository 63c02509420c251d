package io.paodin.monitoring.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * What Envoy was told before, read from the Secret that tells it. This is the memory of which port is whose, and of what
 * a store was reached with when that cannot be read any more.
 *
 * @param isEmpty whether there is nothing that could be taken back
 */
public record PublishedStores(List<SecuredStore> stores, boolean isEmpty) {

    public static final PublishedStores NONE = new PublishedStores(List.of(), true);

    private static final LoadSettings SETTINGS =
            LoadSettings.builder().setCodePointLimit(8 << 20).build();

    public PublishedStores {
        stores = List.copyOf(stores);
    }

    /** What the files say; what cannot be understood, since somebody has changed it, is left out. */
    public static PublishedStores of(Map<String, String> files) {
        if (files.isEmpty()) {
            return NONE;
        }
        var listeners = new HashMap<Object, Object>();
        resources(files.get(EnvoyFiles.LISTENERS)).forEach(listener -> listeners.put(at(listener, "name"), listener));
        var stores = new LinkedHashMap<String, SecuredStore>();
        for (var cluster : resources(files.get(EnvoyFiles.CLUSTERS))) {
            var listener = listeners.get(at(cluster, "name"));
            var id = at(cluster, "metadata", "filter_metadata", EnvoyFiles.METADATA, "store");
            var address = address(cluster, listener);
            if (id instanceof String store && address.isPresent()) {
                stores.computeIfAbsent(store, s -> store(s, cluster, listener, files.get(EnvoyFiles.credential(s))))
                        .addresses()
                        .add(address.get());
            }
        }
        return new PublishedStores(List.copyOf(stores.values()), false);
    }

    /** The ports of listeners, by the id of the address. */
    public Map<String, Integer> ports() {
        var ports = new HashMap<String, Integer>();
        stores.forEach(store -> store.addresses().forEach(address -> ports.put(address.id(), address.listenerPort())));
        return ports;
    }

    Optional<SecuredStore> store(String id) {
        return stores.stream().filter(store -> store.id().equals(id)).findFirst();
    }

    private static SecuredStore store(String id, Object cluster, Object listener, String credential) {
        var tls = tls(cluster);
        return new SecuredStore(
                id,
                new ArrayList<>(),
                at(tls, "validation_context") != null,
                text(at(tls, "tls_params", "tls_minimum_protocol_version")),
                text(at(tls, "tls_params", "tls_maximum_protocol_version")),
                scheme(listener),
                material(tls, credential));
    }

    private static Optional<SecuredStore.Address> address(Object cluster, Object listener) {
        var server = at(first(at(cluster, "load_assignment", "endpoints")), "lb_endpoints");
        var socket = at(first(server), "endpoint", "address", "socket_address");
        var route = first(at(first(at(manager(listener), "route_config", "virtual_hosts")), "routes"));
        var names = items(at(tls(cluster), "validation_context", "match_typed_subject_alt_names"))
                .flatMap(name -> name(name).stream())
                .toList();
        return at(cluster, "name") instanceof String id
                        && at(cluster, "metadata", "filter_metadata", EnvoyFiles.METADATA, "address")
                                instanceof String text
                        && at(listener, "address", "socket_address", "port_value") instanceof Integer listenerPort
                        && at(socket, "address") instanceof String host
                        && at(socket, "port_value") instanceof Integer port
                        && at(route, "route", "host_rewrite_literal") instanceof String authority
                ? Optional.of(new SecuredStore.Address(
                        id,
                        text,
                        listenerPort,
                        HostName.of(host),
                        port,
                        text(at(cluster, "transport_socket", "typed_config", "sni")),
                        authority,
                        names))
                : Optional.empty();
    }

    private static Optional<HostName> name(Object node) {
        return Stream.of(HostName.Type.values())
                .filter(type -> type.name().equals(at(node, "san_type")))
                .filter(type -> at(node, "matcher", "exact") instanceof String)
                .map(type -> new HostName(type, text(at(node, "matcher", "exact"))))
                .findFirst();
    }

    private static String scheme(Object listener) {
        var prefix = items(at(manager(listener), "http_filters"))
                .map(filter -> text(at(filter, "typed_config", "credential", "typed_config", "header_value_prefix")))
                .filter(text -> text != null)
                .findFirst();
        return prefix.map(String::strip).orElse(null);
    }

    private static StoreMaterial material(Object tls, String credential) {
        var certificate = first(at(tls, "tls_certificates"));
        return new StoreMaterial(
                text(at(tls, "validation_context", "trusted_ca", "inline_string")),
                text(at(certificate, "certificate_chain", "inline_string")),
                text(at(certificate, "private_key", "inline_string")),
                resources(credential).stream()
                        .map(secret -> text(at(secret, "generic_secret", "secret", "inline_string")))
                        .findFirst()
                        .orElse(null));
    }

    private static Object tls(Object cluster) {
        return at(cluster, "transport_socket", "typed_config", "common_tls_context");
    }

    private static Object manager(Object listener) {
        return at(first(at(first(at(listener, "filter_chains")), "filters")), "typed_config");
    }

    private static List<?> resources(String file) {
        try {
            return file != null && at(new Load(SETTINGS).loadFromString(file), "resources") instanceof List<?> list
                    ? list
                    : List.of();
        } catch (YamlEngineException e) {
            return List.of();
        }
    }

    private static Object at(Object node, String... path) {
        var current = node;
        for (var step : path) {
            current = current instanceof Map<?, ?> map ? map.get(step) : null;
        }
        return current;
    }

    private static Stream<?> items(Object node) {
        return node instanceof List<?> list ? list.stream() : Stream.empty();
    }

    private static Object first(Object node) {
        return items(node).findFirst().orElse(null);
    }

    private static String text(Object node) {
        return node instanceof String text ? text : null;
    }
}
