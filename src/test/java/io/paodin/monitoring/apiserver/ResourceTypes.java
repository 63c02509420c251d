package io.paodin.monitoring.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/** The types served: the built-in ones, and those that CustomResourceDefinitions add. */
final class ResourceTypes {
    /** group | version | kind | plural | short names | n(amespaced) or c(luster) | subresources | categories. */
    private static final String BUILT_IN = """
            |v1|Namespace|namespaces|ns|c|status|
            |v1|Node|nodes|no|c|status|
            |v1|PersistentVolume|persistentvolumes|pv|c|status|
            |v1|ConfigMap|configmaps|cm|n||
            |v1|Secret|secrets||n||
            |v1|Service|services|svc|n|status|all
            |v1|ServiceAccount|serviceaccounts|sa|n||
            |v1|Pod|pods|po|n|status|all
            |v1|PersistentVolumeClaim|persistentvolumeclaims|pvc|n|status|
            |v1|Event|events|ev|n||
            |v1|Endpoints|endpoints|ep|n||
            apps|v1|Deployment|deployments|deploy|n|status,scale|all
            apps|v1|StatefulSet|statefulsets|sts|n|status,scale|all
            apps|v1|DaemonSet|daemonsets|ds|n|status|all
            apps|v1|ReplicaSet|replicasets|rs|n|status,scale|all
            apps|v1|ControllerRevision|controllerrevisions||n||
            batch|v1|Job|jobs||n|status|all
            batch|v1|CronJob|cronjobs|cj|n|status|all
            policy|v1|PodDisruptionBudget|poddisruptionbudgets|pdb|n|status|
            autoscaling|v2|HorizontalPodAutoscaler|horizontalpodautoscalers|hpa|n|status|all
            storage.k8s.io|v1|StorageClass|storageclasses|sc|c||
            networking.k8s.io|v1|Ingress|ingresses|ing|n|status|
            networking.k8s.io|v1|NetworkPolicy|networkpolicies|netpol|n||
            coordination.k8s.io|v1|Lease|leases||n||
            discovery.k8s.io|v1|EndpointSlice|endpointslices||n||
            events.k8s.io|v1|Event|events|ev|n||
            rbac.authorization.k8s.io|v1|Role|roles||n||
            rbac.authorization.k8s.io|v1|RoleBinding|rolebindings||n||
            rbac.authorization.k8s.io|v1|ClusterRole|clusterroles||c||
            rbac.authorization.k8s.io|v1|ClusterRoleBinding|clusterrolebindings||c||
            apiextensions.k8s.io|v1|CustomResourceDefinition|customresourcedefinitions|crd,crds|c|status|api-extensions
            """;

    private final Map<String, ResourceType> types = new ConcurrentSkipListMap<>();
    private final Map<String, Function<ObjectNode, Optional<String>>> refusals = new ConcurrentHashMap<>();

    ResourceTypes() {
        BUILT_IN.lines().map(ResourceTypes::builtIn).forEach(this::add);
    }

    /** From now on objects of the kind are refused if a reason is given for it. */
    void admit(String kind, Function<ObjectNode, Optional<String>> refusal) {
        refusals.put(kind, refusal);
    }

    Optional<String> refusal(ResourceType type, ObjectNode object) {
        return refusals.getOrDefault(type.kind(), any -> Optional.empty()).apply(object);
    }

    Collection<ResourceType> all() {
        return types.values();
    }

    Optional<ResourceType> byPath(String group, String version, String plural) {
        return Optional.ofNullable(types.get(key(group, version, plural)));
    }

    Optional<ResourceType> byKind(String apiVersion, String kind) {
        return types.values().stream()
                .filter(type ->
                        type.apiVersion().equals(apiVersion) && type.kind().equals(kind))
                .findFirst();
    }

    /** The type an object is stored as. */
    Optional<ResourceType> byKey(ObjectKey key) {
        return types.values().stream()
                .filter(type -> key.isOf(type) && type.group().equals(key.group()))
                .findFirst();
    }

    void register(JsonNode definition) {
        unregister(definition);
        JsonNode spec = definition.path("spec");
        for (JsonNode version : spec.path("versions")) {
            if (version.path("served").asBoolean(true)) {
                add(custom(spec, version));
            }
        }
    }

    void unregister(JsonNode definition) {
        String group = definition.at("/spec/group").asText();
        String plural = definition.at("/spec/names/plural").asText();
        types.values()
                .removeIf(type -> type.isCustom()
                        && type.group().equals(group)
                        && type.plural().equals(plural));
    }

    private void add(ResourceType type) {
        types.put(key(type.group(), type.version(), type.plural()), type);
    }

    private static String key(String group, String version, String plural) {
        return group + "/" + version + "/" + plural;
    }

    private static ResourceType builtIn(String line) {
        String[] column = line.split("\\|", -1);
        return new ResourceType(
                column[0],
                column[1],
                column[2],
                column[3],
                column[2].toLowerCase(Locale.ROOT),
                words(column[4]),
                words(column[7]),
                column[5].equals("n"),
                Set.copyOf(words(column[6])),
                null);
    }

    private static ResourceType custom(JsonNode spec, JsonNode version) {
        JsonNode names = spec.path("names");
        JsonNode scale = version.at("/subresources/scale");
        Set<String> subresources = new HashSet<>();
        version.path("subresources").fieldNames().forEachRemaining(subresources::add);
        String kind = names.path("kind").asText();
        return new ResourceType(
                spec.path("group").asText(),
                version.path("name").asText(),
                kind,
                names.path("plural").asText(),
                names.path("singular").asText(kind.toLowerCase(Locale.ROOT)),
                texts(names.path("shortNames")),
                texts(names.path("categories")),
                spec.path("scope").asText().equals("Namespaced"),
                subresources,
                new ResourceType.Custom(
                        StreamSupport.stream(
                                        version.path("additionalPrinterColumns").spliterator(), false)
                                .toList(),
                        scale.path("specReplicasPath").asText(""),
                        scale.path("statusReplicasPath").asText(""),
                        scale.path("labelSelectorPath").asText("")));
    }

    private static List<String> words(String list) {
        return list.isEmpty() ? List.of() : Arrays.asList(list.split(","));
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
