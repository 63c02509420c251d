package io.paodin.monitoring.crd;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.fabric8.kubernetes.api.model.Affinity;
import io.paodin.monitoring.api.v1alpha1.ThanosSpec;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Optional;

/** Which fields of the spec have a type of Kubernetes. The classes tell, so that nobody has to list them. */
public final class BorrowedTypes {

    private static final String ROOT = "spec";

    private BorrowedTypes() {}

    /**
     * The name of the type at or above a path.
     *
     * @param path such as {@code spec.query.tolerations} or {@code spec.query.tolerations[].key}
     */
    public static Optional<String> at(String path) {
        var names = path.replace("[]", "").split("\\.");
        if (!names[0].equals(ROOT)) {
            return Optional.empty();
        }
        Class<?> type = ThanosSpec.class;
        for (var name : Arrays.asList(names).subList(1, names.length)) {
            type = typeOf(type, name);
            if (isBorrowed(type)) {
                return Optional.of(type.getSimpleName());
            }
        }
        return Optional.empty();
    }

    private static Class<?> typeOf(Class<?> owner, String field) {
        return Arrays.stream(owner.getFields())
                .filter(candidate -> field.equals(nameOf(candidate)))
                .map(candidate -> item(candidate.getGenericType()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no field " + field + " in " + owner));
    }

    private static String nameOf(Field field) {
        var renamed = field.getAnnotation(JsonProperty.class);
        return renamed == null ? field.getName() : renamed.value();
    }

    /** The type of a list's items, or of a map's values. */
    private static Class<?> item(Type type) {
        if (type instanceof ParameterizedType generic) {
            var arguments = generic.getActualTypeArguments();
            return item(arguments[arguments.length - 1]);
        }
        return (Class<?>) type;
    }

    private static boolean isBorrowed(Class<?> type) {
        return type.getPackage().equals(Affinity.class.getPackage());
    }
}
