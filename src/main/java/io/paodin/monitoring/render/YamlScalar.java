package io.paodin.monitoring.render;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quarkus.qute.TemplateExtension;
import java.io.IOException;

/**
 * The one way in which templates print a value: {@code {value.yaml}}. It prints JSON, which is YAML as well, in one
 * line, with the keys of maps sorted; so no text can break out of its place and equal values print equally. Keys are
 * marked as such ({@code ? "key": value}), since YAML recognises an unmarked one only up to 1024 characters.
 */
@TemplateExtension
final class YamlScalar {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build();
    private static final ObjectWriter WRITER = JSON.writer(new MarkedKeys());

    private YamlScalar() {}

    static String yaml(Object value) {
        try {
            // The one character that JSON prints as it is and that YAML does not allow.
            return WRITER.writeValueAsString(value).replace("\u007f", "\\u007f");
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not printable as JSON: " + value, e);
        }
    }

    private static final class MarkedKeys extends MinimalPrettyPrinter {

        private static final long serialVersionUID = 1L;

        @Override
        public void beforeObjectEntries(JsonGenerator json) throws IOException {
            json.writeRaw("? ");
        }

        @Override
        public void writeObjectEntrySeparator(JsonGenerator json) throws IOException {
            json.writeRaw(", ? ");
        }

        @Override
        public void writeObjectFieldValueSeparator(JsonGenerator json) throws IOException {
            json.writeRaw(": ");
        }
    }
}
