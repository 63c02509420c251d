package io.paodin.monitoring.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeMap;

/** One text per meaning: keys sorted, nulls left out. Empty objects stay, since {@code podSelector: {}} says something. */
final class CanonicalJson {

    private static final int HASH_BYTES = 12;

    private CanonicalJson() {}

    static String hash(JsonNode node) {
        try {
            var digest = MessageDigest.getInstance("SHA-256")
                    .digest(sorted(node).toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static JsonNode sorted(JsonNode node) {
        if (node instanceof ObjectNode object) {
            var fields = new TreeMap<String, JsonNode>();
            object.properties().stream()
                    .filter(field -> !field.getValue().isNull())
                    .forEach(field -> fields.put(field.getKey(), sorted(field.getValue())));
            return new ObjectNode(JsonNodeFactory.instance, fields);
        }
        if (node instanceof ArrayNode array) {
            var items = JsonNodeFactory.instance.arrayNode(array.size());
            array.forEach(item -> items.add(sorted(item)));
            return items;
        }
        return node;
    }
}
