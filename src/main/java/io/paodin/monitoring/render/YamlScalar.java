package io.paodin.monitoring.render;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quarkus.qute.TemplateExtension;

/**
 * The one way in which templates print a value: {@code {value.yaml}}. It prints JSON, which is YAML as well, in one
 * line, with the keys of maps sorted; so no text can break out of its place and equal values print equally.
 */
@TemplateExtension
final class YamlScalar {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build();

    private YamlScalar() {}

    static String yaml(Object value) {
        try {
            // The one character that JSON prints as it is and that YAML does not allow.
            return JSON.writeValueAsString(value).replace("\u007f", "\\u007f");
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not printable as JSON: " + value, e);
        }
    }
}
