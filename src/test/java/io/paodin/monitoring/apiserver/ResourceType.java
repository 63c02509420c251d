package io.paodin.monitoring.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;

/** One kind of one API version, as discovery describes it. */
record ResourceType(
        String group,
        String version,
        String kind,
        String plural,
        String singular,
        List<String> shortNames,
        List<String> categories,
        boolean namespaced,
        Set<String> subresources,
        Custom custom) {

    /** What a CustomResourceDefinition adds. */
    record Custom(List<JsonNode> columns, String specReplicas, String statusReplicas, String labelSelector) {}

    String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    boolean isCustom() {
        return custom != null;
    }

    boolean hasStatus() {
        return subresources.contains("status");
    }

    boolean is(String otherGroup, String otherKind) {
        return group.equals(otherGroup) && kind.equals(otherKind);
    }

    /** Both APIs of events show the same objects. */
    String storageGroup() {
        return plural.equals("events") ? "" : group;
    }

    /** The kinds of the core group (and others without a controller that observes them) have no generation. */
    boolean hasGeneration() {
        return isCustom()
                || Set.of("apps", "batch", "policy", "networking.k8s.io", "autoscaling", "apiextensions.k8s.io")
                        .contains(group);
    }

    String qualifiedPlural() {
        return group.isEmpty() ? plural : plural + "." + group;
    }

    String qualifiedKind() {
        return group.isEmpty() ? kind : kind + "." + group;
    }
}
