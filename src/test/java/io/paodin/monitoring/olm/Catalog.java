package io.paodin.monitoring.olm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.List;

/** The template of the File-based catalog: {@code opm alpha render-template basic} makes the catalog of it. */
final class Catalog {

    private static final List<String> CHANNELS = List.of("candidate", "stable");

    private Catalog() {}

    /** @param releases all, oldest first */
    static JsonNode template(List<Release> releases, String description, String icon) {
        var template = Yaml.JSON.createObjectNode().put("schema", "olm.template.basic");
        var entries = template.putArray("entries");
        var entry = entries.addObject()
                .put("schema", "olm.package")
                .put("name", Release.PACKAGE)
                .put("defaultChannel", "stable")
                .put("description", description);
        entry.putObject("icon").put("base64data", icon).put("mediatype", "image/svg+xml");
        CHANNELS.forEach(channel -> channel(entries, channel, releases));
        releases.forEach(
                release -> entries.addObject().put("schema", "olm.bundle").put("image", release.bundle()));
        return template;
    }

    private static void channel(ArrayNode entries, String name, List<Release> releases) {
        var versions = releases.stream()
                .filter(release -> release.channels().contains(name))
                .toList();
        if (versions.isEmpty()) {
            return;
        }
        var list = entries.addObject()
                .put("schema", "olm.channel")
                .put("package", Release.PACKAGE)
                .put("name", name)
                .putArray("entries");
        for (int i = 0; i < versions.size(); i++) {
            var entry = list.addObject().put("name", versions.get(i).name());
            if (i > 0) {
                entry.put("replaces", versions.get(i - 1).name());
                entry.put(
                        "skipRange",
                        ">=" + versions.get(0).version() + " <"
                                + versions.get(i).version());
            }
        }
    }
}
