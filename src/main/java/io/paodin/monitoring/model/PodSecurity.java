package io.paodin.monitoring.model;

import static io.paodin.monitoring.model.Defaults.orElse;

import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.SeccompProfileBuilder;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.paodin.monitoring.config.OperatorConfig;
import java.util.Set;

/** What pods run as: the operator's choice, field by field replaced by that of a resource. */
final class PodSecurity {

    private static final String ON_ROOT_MISMATCH = "OnRootMismatch";

    private static final long LARGEST_ID = Integer.MAX_VALUE;

    private PodSecurity() {}

    /** @param given may be null */
    static PodSecurityContext of(String path, PodSecurityContext given, OperatorConfig config, Findings findings) {
        var context = orElse(given, new PodSecurityContext());
        check(path, context, findings);
        var user = config.podUser().orElse(null);
        return new PodSecurityContextBuilder(context)
                .withRunAsNonRoot(orElse(context.getRunAsNonRoot(), true))
                .withRunAsUser(orElse(context.getRunAsUser(), user))
                .withFsGroup(orElse(context.getFsGroup(), user))
                .withFsGroupChangePolicy(orElse(context.getFsGroupChangePolicy(), ON_ROOT_MISMATCH))
                .withSeccompProfile(orElse(
                        context.getSeccompProfile(),
                        new SeccompProfileBuilder().withType("RuntimeDefault").build()))
                .build();
    }

    private static void check(String path, PodSecurityContext context, Findings findings) {
        checkId(path + ".runAsUser", context.getRunAsUser(), findings);
        checkId(path + ".runAsGroup", context.getRunAsGroup(), findings);
        checkId(path + ".fsGroup", context.getFsGroup(), findings);
        var policy = context.getFsGroupChangePolicy();
        if (policy != null && !Set.of(ON_ROOT_MISMATCH, "Always").contains(policy)) {
            findings.add(path + ".fsGroupChangePolicy", "must be OnRootMismatch or Always");
        }
        if (Long.valueOf(0).equals(context.getRunAsUser()) && !Boolean.FALSE.equals(context.getRunAsNonRoot())) {
            findings.add(
                    path + ".runAsUser",
                    "is root, which runAsNonRoot forbids: choose another user, or set runAsNonRoot to false");
        }
    }

    /** What a container says for itself. */
    static void checkContainer(String path, SecurityContext given, Findings findings) {
        if (given == null) {
            return;
        }
        checkId(path + ".runAsUser", given.getRunAsUser(), findings);
        checkId(path + ".runAsGroup", given.getRunAsGroup(), findings);
        if (Long.valueOf(0).equals(given.getRunAsUser()) && !Boolean.FALSE.equals(given.getRunAsNonRoot())) {
            findings.add(
                    path + ".runAsUser",
                    "is root, which runAsNonRoot forbids: choose another user, or set runAsNonRoot to false");
        }
    }

    private static void checkId(String path, Long id, Findings findings) {
        if (id != null && (id < 0 || id > LARGEST_ID)) {
            findings.add(path, "must be from 0 to " + LARGEST_ID + ", is " + id);
        }
    }
}
