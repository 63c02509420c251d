package io.paodin.monitoring.cli;

import io.paodin.monitoring.api.v1alpha1.Thanos;
import io.paodin.monitoring.model.Cluster;
import io.paodin.monitoring.model.MaterialRef;
import io.paodin.monitoring.model.SecretRef;
import io.paodin.monitoring.model.SecretValue;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The Secrets and ConfigMaps among the documents that somebody gave. Of one that comes twice the last counts, as with kubectl. */
final class GivenSecrets {

    private static final String SECRET = MaterialRef.Kind.Secret.name();
    private static final Set<Object> KINDS = Set.of(SECRET, MaterialRef.Kind.ConfigMap.name());

    private final Map<Id, Map<?, ?>> documents = new HashMap<>();

    private record Id(String kind, String namespace, String name) {}

    static boolean isOne(Map<?, ?> document) {
        return KINDS.contains(document.get("kind")) && "v1".equals(document.get("apiVersion"));
    }

    /** @param namespace of one that names none */
    void add(Map<?, ?> document, String namespace) {
        if (document.get("metadata") instanceof Map<?, ?> metadata && metadata.get("name") instanceof String name) {
            var own = metadata.get("namespace");
            documents.put(
                    new Id(String.valueOf(document.get("kind")), own == null ? namespace : String.valueOf(own), name),
                    document);
        }
    }

    /** What the given Secrets have where a resource refers to them. A Secret that was not given may be in the cluster. */
    Map<SecretRef, SecretValue> values(Thanos thanos) {
        var values = new HashMap<SecretRef, SecretValue>();
        for (var reference : Cluster.references(thanos)) {
            var document = document(thanos, reference);
            if (document != null) {
                values.put(reference, value(document, reference.key()));
            }
        }
        return values;
    }

    /** The same for what the stores of a resource refer to. */
    Map<MaterialRef, SecretValue> storeValues(Thanos thanos) {
        var values = new HashMap<MaterialRef, SecretValue>();
        for (var reference : Cluster.storeReferences(thanos)) {
            var document = document(thanos, reference.kind().name(), reference.name());
            if (document != null) {
                values.put(
                        reference,
                        reference.kind() == MaterialRef.Kind.Secret
                                ? value(document, reference.key())
                                : text(document, reference.key()));
            }
        }
        return values;
    }

    /** What the stores of a resource refer to and was not given, such as {@code Secret a}. */
    List<String> missingOfStores(Thanos thanos) {
        return Cluster.storeReferences(thanos).stream()
                .filter(reference -> document(thanos, reference.kind().name(), reference.name()) == null)
                .map(MaterialRef::object)
                .distinct()
                .toList();
    }

    /** The names of the Secrets that a resource refers to and that were not given. */
    List<String> missing(Thanos thanos) {
        return Cluster.references(thanos).stream()
                .filter(reference -> document(thanos, reference) == null)
                .map(SecretRef::name)
                .distinct()
                .toList();
    }

    private Map<?, ?> document(Thanos thanos, SecretRef reference) {
        return document(thanos, SECRET, reference.name());
    }

    private Map<?, ?> document(Thanos thanos, String kind, String name) {
        return documents.get(new Id(kind, thanos.getMetadata().getNamespace(), name));
    }

    private static SecretValue text(Map<?, ?> configMap, String key) {
        return configMap.get("data") instanceof Map<?, ?> data && data.get(key) instanceof String text
                ? new SecretValue.Found(text)
                : new SecretValue.Missing("has no key %s: add it".formatted(key));
    }

    /** The API server puts what is in {@code stringData} over what is in {@code data}. */
    private static SecretValue value(Map<?, ?> document, String key) {
        if (document.get("stringData") instanceof Map<?, ?> texts && texts.get(key) != null) {
            return texts.get(key) instanceof String text
                    ? new SecretValue.Found(text)
                    : new SecretValue.Missing(
                            "has a key %s that is not text: write | behind %s: to make it text".formatted(key, key));
        }
        if (!(document.get("data") instanceof Map<?, ?> data) || data.get(key) == null) {
            return new SecretValue.Missing("has no key %s: add it".formatted(key));
        }
        try {
            var lines = String.valueOf(data.get(key)).replaceAll("[\r\n]", "");
            return new SecretValue.Found(new String(Base64.getDecoder().decode(lines), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return new SecretValue.Missing(
                    "has a key %s that is not Base64: encode it, or move it to stringData".formatted(key));
        }
    }
}
