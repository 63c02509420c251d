package io.paodin.monitoring.olm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is in a bundle.
 *
 * @param annotations of the metadata
 * @param labels of the image
 */
record BundleContent(List<JsonNode> manifests, Map<String, String> annotations, Map<String, String> labels) {

    static BundleContent of(OlmBundle bundle) {
        return new BundleContent(
                new ArrayList<>(bundle.manifests()),
                new TreeMap<>(bundle.annotations()),
                new TreeMap<>(bundle.labels()));
    }

    ObjectNode csv() {
        return only("ClusterServiceVersion");
    }

    ObjectNode crd() {
        return only("CustomResourceDefinition");
    }

    private ObjectNode only(String kind) {
        return manifests.stream()
                .filter(object -> object.path("kind").asText().equals(kind))
                .map(ObjectNode.class::cast)
                .findFirst()
                .orElseThrow();
    }
}
