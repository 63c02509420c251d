package io.paodin.monitoring.model;

import static io.paodin.monitoring.model.Defaults.orElse;

import io.paodin.monitoring.api.v1alpha1.SecretKey;

/** One key of a Secret in the resource's namespace. */
public record SecretRef(String name, String key) {

    static SecretRef of(SecretKey key) {
        return new SecretRef(orElse(key.name, ""), orElse(key.key, ""));
    }

    /** Whether both can be names at all, so that it is worth asking for them. */
    boolean isWellFormed() {
        return Form.SECRET_NAME.matches(name) && Form.SECRET_KEY.matches(key);
    }
}
