package io.paodin.monitoring.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** Text as a JSON string, which is a YAML scalar as well. */
final class Json {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private Json() {}

    static String of(String text) {
        try {
            // The one character that JSON prints as it is and that YAML does not allow.
            return JSON.writeValueAsString(text).replace("\u007f", "\\u007f");
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not printable as JSON: " + text, e);
        }
    }
}
