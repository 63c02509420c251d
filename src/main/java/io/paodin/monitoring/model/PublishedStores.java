package io.paodin.monitoring.model;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * What Envoy was told before, read from the Secret that tells it. This is the memory of which port is whose, and of what
 * a store was reached with when that cannot be read any more.
 *
 * @param ports of listeners, by the id of the address
 * @param material by the id of the store
 * @param isEmpty whether there is nothing that could be taken back
 */
public record PublishedStores(Map<String, Integer> ports, Map<String, StoreMaterial> material, boolean isEmpty) {

    public static final PublishedStores NONE = new PublishedStores(Map.of(), Map.of(), true);

    private static final LoadSettings SETTINGS =
            LoadSettings.builder().setCodePointLimit(8 << 20).build();

    /** What the files say; what cannot be understood, since somebody has changed it, is left out. */
    public static PublishedStores of(Map<String, String> files) {
        if (files.isEmpty()) {
            return NONE;
        }
        var ports = new HashMap<String, Integer>();
        for (var listener : resources(files.get(EnvoyFiles.LISTENERS))) {
            if (at(listener, "name") instanceof String id
                    && at(listener, "address", "socket_address", "port_value") instanceof Integer port) {
                ports.put(id, port);
            }
        }
        var material = new HashMap<String, StoreMaterial>();
        for (var cluster : resources(files.get(EnvoyFiles.CLUSTERS))) {
            if (at(cluster, "metadata", "filter_metadata", EnvoyFiles.METADATA, "store") instanceof String store) {
                material.put(store, material(cluster, credential(files.get(EnvoyFiles.credential(store)))));
            }
        }
        return new PublishedStores(Map.copyOf(ports), Map.copyOf(material), false);
    }

    Optional<StoreMaterial> material(String store) {
        return Optional.ofNullable(material.get(store));
    }

    private static StoreMaterial material(Object cluster, String credential) {
        var tls = at(cluster, "transport_socket", "typed_config", "common_tls_context");
        var certificate = at(tls, "tls_certificates") instanceof List<?> list && !list.isEmpty() ? list.get(0) : null;
        return new StoreMaterial(
                text(at(tls, "validation_context", "trusted_ca", "inline_string")),
                text(at(certificate, "certificate_chain", "inline_string")),
                text(at(certificate, "private_key", "inline_string")),
                credential);
    }

    private static String credential(String file) {
        return resources(file).stream()
                .map(secret -> text(at(secret, "generic_secret", "secret", "inline_string")))
                .findFirst()
                .orElse(null);
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

    private static String text(Object node) {
        return node instanceof String text ? text : null;
    }
}
