package io.paodin.monitoring.olm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What {@code opm validate} asks of the package and the channels of a catalog. */
final class CatalogRules {

    private CatalogRules() {}

    /** What is wrong; empty if nothing is. */
    static List<String> findings(JsonNode template) {
        var findings = new ArrayList<String>();
        var packages = entries(template, "olm.package").toList();
        if (packages.size() != 1) {
            findings.add("not one package");
        }
        var channels = new HashMap<String, JsonNode>();
        entries(template, "olm.channel").forEach(channel -> {
            if (channels.put(channel.path("name").asText(), channel) != null) {
                findings.add("channel " + channel.path("name").asText() + " is there twice");
            }
        });
        packages.stream()
                .map(one -> one.path("defaultChannel").asText())
                .filter(channel -> !channels.containsKey(channel))
                .forEach(channel -> findings.add("the default channel " + channel + " is not there"));
        channels.values().forEach(channel -> channel(channel, findings));
        var bundles = entries(template, "olm.bundle")
                .map(bundle -> bundle.path("image").asText())
                .toList();
        var versions = channels.values().stream()
                .flatMap(channel -> stream(channel.path("entries")))
                .map(entry -> entry.path("name").asText())
                .distinct()
                .count();
        if (bundles.size() != new HashSet<>(bundles).size() || bundles.size() != versions) {
            findings.add(versions + " versions and the bundles " + bundles);
        }
        return findings;
    }

    /** One head, from which all others are reached. */
    private static void channel(JsonNode channel, List<String> findings) {
        var name = channel.path("name").asText();
        Map<String, String> replaces = new HashMap<>();
        stream(channel.path("entries")).forEach(entry -> {
            if (replaces.put(entry.path("name").asText(), entry.path("replaces").asText()) != null) {
                findings.add(name + " has " + entry.path("name").asText() + " twice");
            }
        });
        var heads = new HashSet<>(replaces.keySet());
        heads.removeAll(replaces.values());
        if (heads.size() != 1) {
            findings.add(name + " has the heads " + heads);
            return;
        }
        var reached = new HashSet<String>();
        var at = heads.iterator().next();
        while (!at.isEmpty() && replaces.containsKey(at) && reached.add(at)) {
            at = replaces.get(at);
        }
        if (!reached.equals(replaces.keySet())) {
            findings.add(name + " has versions that nothing leads to");
        }
    }

    private static Stream<JsonNode> entries(JsonNode template, String schema) {
        return stream(template.path("entries"))
                .filter(entry -> entry.path("schema").asText().equals(schema));
    }

    private static Stream<JsonNode> stream(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }
}
