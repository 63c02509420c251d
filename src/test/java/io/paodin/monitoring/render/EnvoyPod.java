package io.paodin.monitoring.render;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the proxy of a query finds in its pod. */
final class EnvoyPod {

    private EnvoyPod() {}

    /** The bootstrap and what is in the Secret, by name; empty if there is no proxy. */
    static Map<String, String> files(List<HasMetadata> objects) {
        var files = new TreeMap<String, String>();
        objects.forEach(object -> {
            if (object instanceof Secret secret) {
                secret.getData()
                        .forEach((name, data) ->
                                files.put(name, new String(Base64.getDecoder().decode(data), StandardCharsets.UTF_8)));
            } else if (object instanceof ConfigMap map
                    && map.getMetadata().getName().endsWith("-envoy")) {
                files.putAll(map.getData());
            }
        });
        return files;
    }
}
