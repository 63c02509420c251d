package io.paodin.monitoring.model;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * The command line of one Thanos container, in the order in which it is written down. Values are taken literally: what
 * the kubelet would expand is escaped, except in the methods named {@code …Expanded}.
 */
public final class Args {

    private Args() {}

    public static Args of(Role role) {
        return new Args();
    }

    /** {@code --name=value}; no flag when the value is null. Durations are printed so that both dialects accept them. */
    public Args flag(String name, Object value) {
        return this;
    }

    public Args flagIf(boolean condition, String name, Object value) {
        return this;
    }

    /** {@code --name=value} in which the kubelet expands {@code $(VARIABLE)}. */
    public Args flagExpanded(String name, String value) {
        return this;
    }

    /** {@code --name=value} for each value of a flag that may be repeated; no flag for null or an empty list. */
    public Args each(String name, Collection<?> values) {
        return this;
    }

    /** {@code --name}: a boolean flag takes no value. */
    public Args on(String name) {
        return this;
    }

    /** {@code --no-name}. */
    public Args off(String name) {
        return this;
    }

    /** {@code --name}, {@code --no-name}, or nothing for null. */
    public Args toggle(String name, Boolean value) {
        return this;
    }

    /** {@code --label=key="value"}. */
    public Args label(String key, String value) {
        return this;
    }

    public Args labelExpanded(String key, String value) {
        return this;
    }

    /** {@code --selector-label=key="value"} for each entry, sorted by key; nothing for null. */
    public Args selectorLabels(Map<String, String> labels) {
        return this;
    }

    /** A flag that the resource's additional arguments may replace. */
    public Args byDefault(String name, Object value) {
        return this;
    }

    /** Puts the accepted additional arguments at the end and drops the defaults that they replace. */
    public Args append(AdditionalArgs additional) {
        return this;
    }

    /** The container's {@code args}, beginning with the command. */
    public List<String> build() {
        throw new UnsupportedOperationException("not built yet");
    }
}
