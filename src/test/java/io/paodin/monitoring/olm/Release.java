package io.paodin.monitoring.olm;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * A version in the update graph.
 *
 * @param bundle the image of its bundle
 */
record Release(String version, List<String> channels, String bundle) {

    static final String PACKAGE = "paodin-monitoring";
    static final Path RELEASED = Path.of("src", "main", "olm", "releases.yaml");

    /** Those that are out, oldest first. */
    static List<Release> released() {
        return of(Yaml.read(RELEASED));
    }

    static List<Release> of(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(one -> new Release(
                        one.path("version").asText(),
                        StreamSupport.stream(one.path("channels").spliterator(), false)
                                .map(JsonNode::asText)
                                .toList(),
                        one.path("bundle").asText()))
                .toList();
    }

    /** The name of its ClusterServiceVersion. */
    String name() {
        return PACKAGE + ".v" + version;
    }
}
