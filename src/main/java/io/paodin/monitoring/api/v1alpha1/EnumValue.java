package io.paodin.monitoring.api.v1alpha1;

import java.util.Arrays;
import java.util.Optional;

/** Which constant of an enum a resource means: constants are written as their {@code toString} says. */
final class EnumValue {

    private EnumValue() {}

    /** @return empty for text that means none: it must not end the reading of all resources */
    static <E extends Enum<E>> Optional<E> of(Class<E> type, String value) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.toString().equals(value))
                .findFirst();
    }
}
