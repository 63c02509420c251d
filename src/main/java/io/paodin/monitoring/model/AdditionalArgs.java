package io.paodin.monitoring.model;

import io.paodin.monitoring.api.v1alpha1.AdditionalArg;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The {@code additionalArgs} of one component, judged against the flag table of its version: the tokens to put at the
 * end of the command line, and what is wrong or worth an event.
 */
public record AdditionalArgs(List<Extra> accepted, List<Violation> violations, List<Notice> notices) {

    public static final AdditionalArgs NONE = new AdditionalArgs(List.of(), List.of(), List.of());

    /** One accepted flag and the token that it becomes. */
    public record Extra(String name, String token) {}

    public AdditionalArgs {
        accepted = List.copyOf(accepted);
        violations = List.copyOf(violations);
        notices = List.copyOf(notices);
    }

    /**
     * Judges the arguments that a resource gives.
     *
     * @param path of the list, such as {@code spec.receive.ingestors[0].additionalArgs}
     * @param given may be null
     * @param reservedLabels names that {@code --label} may not set, since the operator does
     */
    public static AdditionalArgs of(
            Role role, String path, List<AdditionalArg> given, ThanosVersion version, Set<String> reservedLabels) {
        if (given == null || given.isEmpty()) {
            return NONE;
        }
        var judge = new Judge(role, path, version, reservedLabels);
        for (var i = 0; i < given.size(); i++) {
            judge.judge(path + "[" + i + "]", given.get(i));
        }
        return new AdditionalArgs(judge.accepted, judge.violations, judge.notices);
    }

    public static AdditionalArgs of(Role role, String path, List<AdditionalArg> given, ThanosVersion version) {
        return of(role, path, given, version, Set.of());
    }

    /** Whether one of the accepted arguments sets the flag. */
    public boolean sets(String flag) {
        return accepted.stream().anyMatch(extra -> extra.name().equals(flag));
    }

    /** Goes through the arguments of one component in order. */
    private static final class Judge {

        private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

        private final Role role;
        private final String component;
        private final ThanosVersion version;
        private final FlagTable table;
        private final Set<String> reservedLabels;
        private final Set<String> labels = new HashSet<>();
        private final Set<String> given = new HashSet<>();
        private final List<Extra> accepted = new ArrayList<>();
        private final List<Violation> violations = new ArrayList<>();
        private final List<Notice> notices = new ArrayList<>();

        Judge(Role role, String path, ThanosVersion version, Set<String> reservedLabels) {
            this.role = role;
            this.component = path.substring(0, Math.max(0, path.lastIndexOf('.')));
            this.version = version;
            this.table = FlagTable.of(version);
            this.reservedLabels = reservedLabels;
        }

        void judge(String path, AdditionalArg arg) {
            if (arg == null || arg.name == null || arg.name.isBlank()) {
                violation(path + ".name", "is missing: the name of a flag of thanos " + role.command());
                return;
            }
            problemWithName(arg)
                    .ifPresentOrElse(problem -> violation(path + ".name", problem), () -> judgeNamed(path, arg));
        }

        private Optional<String> problemWithName(AdditionalArg arg) {
            var plain = arg.name.strip().replaceFirst("^-+", "");
            var equals = plain.indexOf('=');
            if (equals >= 0) {
                // What follows may be a secret: it is not repeated.
                return Optional.of("%s holds a value too: write name: %s, and what follows the = as value"
                        .formatted(
                                Findings.shown(arg.name.substring(0, arg.name.indexOf('=') + 1) + "…"),
                                equals == 0 ? "the flag's" : Findings.shortened(plain.substring(0, equals))));
            }
            if (!plain.equals(arg.name)) {
                return Optional.of("%s must be the flag's name alone: write name: %s"
                        .formatted(Findings.shown(arg.name), Findings.shortened(longName(plain))));
            }
            if (!NAME.matcher(plain).matches()) {
                return Optional.of(Findings.shown(arg.name) + " is not the name of a flag");
            }
            if (flag(plain).isEmpty()) {
                if (!longName(plain).equals(plain)) {
                    return Optional.of("-%s is a short form: write name: %s".formatted(plain, longName(plain)));
                }
                if (isNegation(plain)) {
                    return Optional.of("--%s turns a flag off: write name: %s, value: \"false\""
                            .formatted(plain, plain.substring(3)));
                }
            }
            return Optional.empty();
        }

        private void judgeNamed(String path, AdditionalArg arg) {
            var remedy = remedy(arg.name);
            if (remedy.isPresent()) {
                violation(path + ".name", "--" + Findings.shortened(arg.name) + " is managed: " + remedy.get());
                return;
            }
            var flag = flag(arg.name);
            if (flag.isPresent()) {
                judgeKnown(path, flag.get(), arg.value);
            } else if (version.isNewerThanTable()) {
                notices.add(Notice.unknownFlag(
                        path,
                        "--%s is passed on unchecked: the flags of Thanos %s are not known, only those up to %s"
                                .formatted(Findings.shortened(arg.name), version, table.version())));
                accept(arg.name, arg.value == null ? "" : "=" + arg.value);
            } else {
                violation(
                        path + ".name",
                        "thanos %s %s has no flag --%s".formatted(role.command(), version, Findings.shortened(arg.name))
                                + suggestion(arg.name));
            }
        }

        private void judgeKnown(String path, Flag flag, String value) {
            if (!given.add(flag.name()) && !flag.repeatable()) {
                violation(path + ".name", "--" + flag.name() + " can be given only once");
            } else if (flag.exclusiveWith().filter(given::contains).isPresent()) {
                violation(
                        path + ".name",
                        "--%s and --%s cannot be given together"
                                .formatted(flag.name(), flag.exclusiveWith().get()));
            } else if (flag.type() == FlagType.BOOL) {
                judgeSwitch(path, flag, value);
            } else if (value == null) {
                violation(
                        path + ".value",
                        "--" + flag.name() + " needs a value: "
                                + flag.problemWith("").orElse("which may be empty"));
            } else {
                judgeValue(path, flag, value);
            }
        }

        private void judgeSwitch(String path, Flag flag, String value) {
            if (value == null || value.equals("true")) {
                accept(flag.name(), "");
            } else if (value.equals("false")) {
                accepted.add(new Extra(flag.name(), "--no-" + flag.name()));
            } else {
                violation(
                        path + ".value",
                        "--%s is a switch: its value must be \"true\" or \"false\" or left out, not %s"
                                .formatted(flag.name(), Findings.shown(value)));
            }
        }

        private void judgeValue(String path, Flag flag, String value) {
            var problem = flag.problemWith(value);
            if (problem.isPresent()) {
                // A configuration may hold secrets: it is not repeated.
                var given = flag.type() == FlagType.YAML ? "" : ", not " + Findings.shown(value);
                violation(path + ".value", "--%s must be %s%s".formatted(flag.name(), problem.get(), given));
                return;
            }
            if (flag.type() == FlagType.LABEL) {
                var label = value.substring(0, value.indexOf('='));
                if (reservedLabels.contains(label)) {
                    violation(
                            path + ".value",
                            "the label " + Findings.shortened(label) + " is managed: the operator sets it");
                    return;
                }
                if (!labels.add(flag.name() + "=" + label)) {
                    violation(
                            path + ".value",
                            "--%s sets the label %s twice".formatted(flag.name(), Findings.shortened(label)));
                    return;
                }
            }
            accept(flag.name(), "=" + value);
        }

        private void accept(String name, String value) {
            accepted.add(new Extra(name, "--" + name + Args.literal(value)));
        }

        private void violation(String path, String message) {
            violations.add(Violation.of(path, message));
        }

        private Optional<Flag> flag(String name) {
            return table.flag(role.command(), name);
        }

        /** A flag is managed when it or the one that excludes it is. */
        private Optional<String> remedy(String name) {
            return ManagedFlags.remedy(role, name, component).or(() -> flag(name)
                    .flatMap(Flag::exclusiveWith)
                    .flatMap(twin -> ManagedFlags.remedy(role, twin, component)));
        }

        private boolean isNegation(String name) {
            return name.startsWith("no-")
                    && flag(name.substring(3))
                            .filter(flag -> flag.type() == FlagType.BOOL)
                            .isPresent();
        }

        private String longName(String name) {
            return table.flags(role.command()).values().stream()
                    .filter(flag -> flag.shortName().filter(name::equals).isPresent())
                    .map(Flag::name)
                    .findFirst()
                    .orElse(name);
        }

        private String suggestion(String name) {
            var names = NearestNames.of(name, table.flags(role.command()).keySet());
            return names.isEmpty() ? "" : "; did you mean " + String.join(" or ", names) + "?";
        }
    }
}
