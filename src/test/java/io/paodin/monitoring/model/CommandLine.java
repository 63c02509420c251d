package io.paodin.monitoring.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a command line as Thanos would and says why it would refuse to start, for tests that look at every rendered
 * container.
 */
public final class CommandLine {

    private final FlagTable table;
    private final String command;
    private final List<String> problems = new ArrayList<>();
    private final Map<String, String> seen = new HashMap<>();

    private CommandLine(FlagTable table, String command) {
        this.table = table;
        this.command = command;
    }

    /** Problems of a container's {@code args}, beginning with the command. */
    public static List<String> problems(List<String> args) {
        return args.isEmpty()
                ? List.of("no command")
                : problems(args.get(0), args.subList(1, args.size()), ThanosVersion.DEFAULT);
    }

    /** Problems of the tokens that follow a command. */
    public static List<String> problems(String command, List<String> tokens, ThanosVersion version) {
        var line = new CommandLine(FlagTable.of(version), command);
        line.read(tokens);
        return line.problems;
    }

    private void read(List<String> tokens) {
        for (var i = 0; i < tokens.size(); i++) {
            var token = expanded(tokens.get(i));
            if (!token.startsWith("--")) {
                problems.add("unexpected " + token);
                continue;
            }
            var equals = token.indexOf('=');
            var name = token.substring(2, equals < 0 ? token.length() : equals);
            var flag = table.flag(command, name);
            var negated = flag.isEmpty() && name.startsWith("no-");
            if (negated) {
                flag = table.flag(command, name.substring(3)).filter(f -> f.type() == FlagType.BOOL);
            }
            if (flag.isEmpty()) {
                problems.add("unknown flag --" + name);
            } else if (flag.get().type() == FlagType.BOOL) {
                readSwitch(flag.get(), token, equals >= 0);
            } else if (equals < 0) {
                // Thanos would take the next token; ours are always one token per flag.
                problems.add("no value for --" + name);
            } else {
                readValue(flag.get(), token.substring(equals + 1));
            }
        }
        checkTogether();
    }

    private void readSwitch(Flag flag, String token, boolean hasValue) {
        if (hasValue) {
            problems.add("a switch with a value: " + token);
        }
        see(flag, "");
    }

    private void readValue(Flag flag, String value) {
        flag.problemWith(value)
                .ifPresent(form -> problems.add("--%s=%s must be %s".formatted(flag.name(), value, form)));
        if (flag.type() == FlagType.STRING && value.matches("(?s)([\"']).*\\1")) {
            problems.add("--%s=%s has quotes that no shell takes off".formatted(flag.name(), value));
        }
        see(flag, value);
    }

    private void see(Flag flag, String value) {
        if (seen.put(flag.name(), value) != null && !flag.repeatable()) {
            problems.add("--" + flag.name() + " cannot be repeated");
        }
        flag.exclusiveWith()
                .filter(seen::containsKey)
                .ifPresent(twin -> problems.add("--%s and --%s are both set".formatted(flag.name(), twin)));
    }

    private void checkTogether() {
        if (command.equals("receive") && !seen.containsKey("label")) {
            problems.add("receive needs at least one --label");
        }
        if (List.of("store", "compact").contains(command)
                && !seen.containsKey("objstore.config")
                && !seen.containsKey("objstore.config-file")) {
            problems.add(command + " needs --objstore.config-file");
        }
    }

    /** What the kubelet makes of a token, with {@code value} for each variable. */
    static String expanded(String token) {
        var text = new StringBuilder();
        for (var i = 0; i < token.length(); i++) {
            var next = i + 1 < token.length() ? token.charAt(i + 1) : ' ';
            if (token.charAt(i) != '$' || (next != '$' && next != '(')) {
                text.append(token.charAt(i));
                continue;
            }
            var close = token.indexOf(')', i);
            if (next == '$') {
                text.append('$');
                i++;
            } else if (close > 0) {
                text.append("value");
                i = close;
            } else {
                text.append("$(");
                i++;
            }
        }
        return text.toString();
    }
}
