package io.paodin.monitoring.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The command line of one Thanos container, in the order in which it is written down. Values are taken literally: what
 * the kubelet would expand is escaped, except in the methods named {@code …Expanded}.
 */
public final class Args {

    private final String command;
    private final List<Token> tokens = new ArrayList<>();
    private final Set<String> single = new HashSet<>();
    private AdditionalArgs additional = AdditionalArgs.NONE;

    private record Token(String flag, String text, boolean replaceable) {}

    private Args(String command) {
        this.command = command;
    }

    public static Args of(Role role) {
        return new Args(role.command());
    }

    /**
     * {@code --name=value}; no flag when the value is null. Durations are printed so that both dialects accept them,
     * everything else by its {@code toString}.
     */
    public Args flag(String name, Object value) {
        return value == null ? this : once(name, "--" + name + "=" + literal(text(value)), false);
    }

    public Args flagIf(boolean condition, String name, Object value) {
        return condition ? flag(name, value) : this;
    }

    /** {@code --name=value} in which the kubelet expands {@code $(VARIABLE)}. */
    public Args flagExpanded(String name, String value) {
        return once(name, "--" + name + "=" + value, false);
    }

    /** {@code --name=value} for each value of a flag that may be repeated; no flag for null or an empty list. */
    public Args each(String name, Collection<?> values) {
        if (values != null) {
            values.forEach(value -> repeated(name, "--" + name + "=" + literal(text(value))));
        }
        return this;
    }

    /** {@code --name}: a boolean flag takes no value. */
    public Args on(String name) {
        return once(name, "--" + name, false);
    }

    /** {@code --no-name}. */
    public Args off(String name) {
        return once(name, "--no-" + name, false);
    }

    /** {@code --name}, {@code --no-name}, or nothing for null. */
    public Args toggle(String name, Boolean value) {
        return value == null ? this : value ? on(name) : off(name);
    }

    /** {@code --label=key="value"}. */
    public Args label(String key, String value) {
        return repeated("label", "--label=" + key + "=" + literal(GoQuote.quote(value)));
    }

    /** {@code --label=key="value"} in which the kubelet expands {@code $(VARIABLE)}: to text that needs no quoting. */
    public Args labelExpanded(String key, String value) {
        return repeated("label", "--label=" + key + "=" + GoQuote.quote(value));
    }

    /** {@code --selector-label=key="value"} for each entry, sorted by key; nothing for null. */
    public Args selectorLabels(Map<String, String> labels) {
        if (labels != null) {
            new TreeMap<>(labels)
                    .forEach((key, value) -> repeated(
                            "selector-label", "--selector-label=" + literal(key + "=" + GoQuote.quote(value))));
        }
        return this;
    }

    /** A flag that the resource's additional arguments may replace. */
    public Args byDefault(String name, Object value) {
        return once(name, "--" + name + "=" + literal(text(value)), true);
    }

    /** {@code --name}, which the resource's additional arguments may replace. */
    public Args onByDefault(String name) {
        return once(name, "--" + name, true);
    }

    /** Puts the accepted additional arguments at the end and drops the defaults that they replace. */
    public Args append(AdditionalArgs additional) {
        this.additional = additional;
        return this;
    }

    /** The container's {@code args}, beginning with the command. */
    public List<String> build() {
        var args = new ArrayList<String>();
        args.add(command);
        tokens.stream()
                .filter(token -> !token.replaceable() || !additional.sets(token.flag()))
                .forEach(token -> args.add(token.text()));
        additional.accepted().forEach(extra -> args.add(extra.token()));
        return List.copyOf(args);
    }

    /** Text that reaches the process unchanged: the kubelet takes {@code $$} for a dollar that expands nothing. */
    public static String literal(String text) {
        return text.replace("$", "$$");
    }

    private static String text(Object value) {
        return value instanceof Duration duration ? Durations.format(duration) : value.toString();
    }

    private Args once(String name, String text, boolean replaceable) {
        if (!single.add(name) || tokens.stream().anyMatch(token -> token.flag().equals(name))) {
            throw new IllegalStateException("--" + name + " is set twice");
        }
        tokens.add(new Token(name, text, replaceable));
        return this;
    }

    private Args repeated(String name, String text) {
        if (single.contains(name)) {
            throw new IllegalStateException("--" + name + " is set twice");
        }
        tokens.add(new Token(name, text, false));
        return this;
    }
}
