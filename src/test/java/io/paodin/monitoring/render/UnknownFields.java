package io.paodin.monitoring.render;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The fields of a typed object that its type does not know: misspelt ones, or such that a value has smuggled in. */
final class UnknownFields {

    private final List<String> found = new ArrayList<>();

    private UnknownFields() {}

    static List<String> of(Object object) {
        var unknown = new UnknownFields();
        unknown.walk("", object);
        return unknown.found;
    }

    private void walk(String path, Object value) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, item) -> walk(path + "[" + key + "]", item));
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                walk(path + "[" + i + "]", list.get(i));
            }
        } else if (value != null && value.getClass().getPackageName().startsWith("io.fabric8.kubernetes.api")) {
            for (Class<?> type = value.getClass(); type != Object.class; type = type.getSuperclass()) {
                for (Field field : type.getDeclaredFields()) {
                    if (!Modifier.isStatic(field.getModifiers())) {
                        walkField(path + "." + field.getName(), field, value);
                    }
                }
            }
        }
    }

    private void walkField(String path, Field field, Object owner) {
        try {
            field.setAccessible(true);
            var value = field.get(owner);
            if (!field.getName().equals("additionalProperties")) {
                walk(path, value);
            } else if (value instanceof Map<?, ?> unknown && !unknown.isEmpty()) {
                found.add(path.replace("additionalProperties", "") + unknown.keySet());
            }
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
