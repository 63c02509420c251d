package io.paodin.monitoring.model;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** Text as a JSON string, which is a YAML scalar as well. */
final class Json {

    private Json() {}

    static String of(String text) {
        return JsonNodeFactory.instance.textNode(text).toString();
    }
}
