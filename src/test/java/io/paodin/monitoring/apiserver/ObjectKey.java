package io.paodin.monitoring.apiserver;

import java.util.Comparator;

/** Where an object is stored; the namespace of cluster-scoped objects is empty. */
record ObjectKey(String group, String plural, String namespace, String name) implements Comparable<ObjectKey> {
    private static final Comparator<ObjectKey> ORDER = Comparator.comparing(ObjectKey::group)
            .thenComparing(ObjectKey::plural)
            .thenComparing(ObjectKey::namespace)
            .thenComparing(ObjectKey::name);

    static ObjectKey of(ResourceType type, String namespace, String name) {
        return new ObjectKey(type.storageGroup(), type.plural(), type.namespaced() ? namespace : "", name);
    }

    boolean isOf(ResourceType type) {
        return group.equals(type.storageGroup()) && plural.equals(type.plural());
    }

    @Override
    public int compareTo(ObjectKey other) {
        return ORDER.compare(this, other);
    }
}
