package io.paodin.monitoring.model;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.paodin.monitoring.api.v1alpha1.Patterns;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What the API server demands of amounts of processor, memory and storage, wherever a resource gives them. */
final class Quantities {

    private static final Pattern FORM = Pattern.compile(Patterns.QUANTITY);

    private Quantities() {}

    static void check(String path, ResourceRequirements resources, Findings findings) {
        if (resources == null) {
            return;
        }
        if (resources.getClaims() != null && !resources.getClaims().isEmpty()) {
            findings.add(path + ".claims", "name claims of the pod, which cannot be given here: remove them");
        }
        check(path, resources.getRequests(), resources.getLimits(), findings);
    }

    static void check(String path, Map<String, Quantity> requests, Map<String, Quantity> limits, Findings findings) {
        var asked = valid(path + ".requests", requests, findings);
        var most = valid(path + ".limits", limits, findings);
        asked.forEach((name, request) -> {
            var limit = most.get(name);
            if (limit != null && request.getNumericalAmount().compareTo(limit.getNumericalAmount()) > 0) {
                findings.add(
                        path + ".requests." + Findings.shortened(name),
                        "must not be more than the limit, %s, is %s: raise the limit or ask for less"
                                .formatted(limit, request));
            }
        });
    }

    /** Whether the amount is one, and not negative. Reports what is not. */
    static boolean check(String path, Quantity amount, Findings findings) {
        if (amount == null) {
            findings.add(path, "has no value: give one, such as 1Gi, or remove it");
            return false;
        }
        var text = amount.toString();
        if (!FORM.matcher(text).matches()) {
            findings.add(path, "must be a quantity of Kubernetes, such as 500m, 2 or 1Gi, is " + Findings.shown(text));
            return false;
        }
        if (amount.getNumericalAmount().signum() < 0) {
            findings.add(path, "must not be negative, is " + Findings.shortened(text));
            return false;
        }
        return true;
    }

    private static Map<String, Quantity> valid(String path, Map<String, Quantity> amounts, Findings findings) {
        var valid = new TreeMap<String, Quantity>();
        new TreeMap<>(amounts == null ? Map.<String, Quantity>of() : amounts).forEach((name, amount) -> {
            if (check(path + "." + Findings.shortened(name), amount, findings)) {
                valid.put(name, amount);
            }
        });
        return valid;
    }
}
