package io.paodin.monitoring.model;

import static io.paodin.monitoring.model.Defaults.orElse;

import io.paodin.monitoring.api.v1alpha1.ConfigMapKey;
import io.paodin.monitoring.api.v1alpha1.SecretKey;

/** Where a certificate, a key or a credential of a store is: one key of an object in the resource's namespace. */
public record MaterialRef(Kind kind, String name, String key) {

    /** The names are those of Kubernetes. */
    public enum Kind {
        Secret,
        ConfigMap
    }

    static MaterialRef of(SecretKey key) {
        return new MaterialRef(Kind.Secret, orElse(key.name, ""), orElse(key.key, ""));
    }

    static MaterialRef of(ConfigMapKey key) {
        return new MaterialRef(Kind.ConfigMap, orElse(key.name, ""), orElse(key.key, ""));
    }

    /** Whether both can be names at all, so that it is worth asking for them. */
    boolean isWellFormed() {
        return Form.SECRET_NAME.matches(name) && Form.SECRET_KEY.matches(key);
    }

    /** Such as {@code Secret a}. */
    public String object() {
        return kind + " " + name;
    }

    @Override
    public String toString() {
        return "%s %s, key %s".formatted(kind, name, key);
    }
}
