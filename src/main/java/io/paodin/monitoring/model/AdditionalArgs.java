package io.paodin.monitoring.model;

import java.util.List;

/** The {@code additionalArgs} of one component, judged against the flag table of its version. */
public record AdditionalArgs(List<Extra> accepted, List<Violation> violations, List<Notice> notices) {

    public static final AdditionalArgs NONE = new AdditionalArgs(List.of(), List.of(), List.of());

    /** One accepted flag and the token that it becomes. */
    public record Extra(String name, String token) {}

    // of(Role role, String path, List<AdditionalArg> given, ThanosVersion version, Set<String> reservedLabels):
    // follows as soon as the resource has the type; reservedLabels are label names that --label may not set.
}
