package io.paodin.monitoring.model;

import static io.paodin.monitoring.model.Defaults.orElse;
import static io.paodin.monitoring.model.Defaults.orEmpty;

import io.paodin.monitoring.api.v1alpha1.HashringAlgorithm;
import io.paodin.monitoring.api.v1alpha1.IngestorSpec;
import io.paodin.monitoring.api.v1alpha1.TenantMatcher;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * That each tenant has one hashring. Thanos takes the first ring of its file that matches, and tells nobody that others
 * do too: a ring that stands behind would silently get nothing.
 */
final class TenantRules {

    /** Each is compared with all others. */
    private static final int MOST_PATTERNS = 100;

    private final Findings findings;
    private final Map<String, String> owners = new HashMap<>();
    private final Map<Set<String>, String> rings = new HashMap<>();
    private final List<Glob> globs = new ArrayList<>();

    /** The path of an ingestor without tenants, which gets those that no other matches; null for none. */
    private String soft;

    private HashringAlgorithm algorithmOfSoft;

    private record Glob(String ingestor, String path, TenantPattern pattern) {}

    TenantRules(Findings findings) {
        this.findings = findings;
    }

    /** Judges the tenants of one ingestor by themselves, and remembers them. */
    void add(IngestorSpec spec, String ingestor) {
        var path = ingestor + ".tenants";
        var tenants = orEmpty(spec.tenants);
        findings.unlessKnown(ingestor + ".tenantMatcher", spec.tenantMatcher, TenantMatcher.UNKNOWN);
        if (tenants.isEmpty()) {
            checkAlgorithm(spec, ingestor);
            soft = ingestor;
            if (spec.tenantMatcher == TenantMatcher.GLOB) {
                findings.add(
                        ingestor + ".tenantMatcher",
                        "has no tenants to match: list patterns in tenants, or remove it, and every tenant that no "
                                + "other ingestor names comes here");
            }
        } else if (tenants.stream().noneMatch(Objects::isNull) && isRingOfAnother(new TreeSet<>(tenants), path)) {
            return;
        }
        for (int i = 0; i < tenants.size(); i++) {
            add(spec, ingestor, tenants.get(i), path + "[" + i + "]");
        }
    }

    /** They share a hashring, which has one. */
    private void checkAlgorithm(IngestorSpec spec, String ingestor) {
        var algorithm = orElse(spec.hashringAlgorithm, Defaults.HASHRING_ALGORITHM);
        if (soft != null && algorithm != algorithmOfSoft) {
            findings.add(
                    ingestor + ".hashringAlgorithm",
                    "is %s, and that of %s, which is of the same hashring, is %s: give both the same"
                            .formatted(algorithm, soft, algorithmOfSoft));
        }
        algorithmOfSoft = algorithm;
    }

    private boolean isRingOfAnother(Set<String> tenants, String path) {
        var other = rings.putIfAbsent(tenants, path);
        if (other == null || tenants.size() == 1) {
            return false;
        }
        findings.add(
                path,
                "are those of " + other + ", and a hashring has one name: remove this ingestor and raise the replicas "
                        + "of the other, or divide the tenants");
        return true;
    }

    private void add(IngestorSpec spec, String ingestor, String tenant, String path) {
        if (tenant == null) {
            findings.add(path, "is empty: give a tenant or remove it");
            return;
        }
        var owner = owners.putIfAbsent(tenant, ingestor + ".tenants");
        if (owner != null) {
            findings.add(path, Findings.shown(tenant) + " is listed in " + owner + " already: remove one");
            return;
        }
        if (spec.tenantMatcher != TenantMatcher.GLOB) {
            checkId(tenant, path);
            return;
        }
        TenantPattern.of(tenant)
                .ifPresentOrElse(
                        pattern -> globs.add(new Glob(ingestor, path, pattern)),
                        () -> findings.add(
                                path,
                                "must be a pattern that tenant ids can match, of the characters of ids, *, ? and "
                                        + "classes such as [a-z] or [^0-9] (128 characters at most), is "
                                        + Findings.shown(tenant)));
    }

    private void checkId(String tenant, String path) {
        if (!Form.TENANT.matches(tenant) && TenantPattern.of(tenant).isPresent()) {
            findings.add(
                    path,
                    "is a pattern, and matches only itself, which is no tenant id: set tenantMatcher: glob, is "
                            + Findings.shown(tenant));
        } else {
            findings.unlessMatches(path, tenant, Form.TENANT);
        }
    }

    /**
     * Judges the patterns against one another, when all are known. An id that is listed goes before any pattern, so that
     * it can be an exception to one; but of two patterns the names of the ingestors would decide.
     */
    void checkPatterns() {
        if (globs.size() > MOST_PATTERNS) {
            findings.add(
                    globs.get(MOST_PATTERNS).path(),
                    "is one of %d patterns, of which there may be %d in all: list tenants with tenantMatcher: exact, or use wider patterns"
                            .formatted(globs.size(), MOST_PATTERNS));
            return;
        }
        for (int i = 0; i < globs.size(); i++) {
            var glob = globs.get(i);
            if (soft != null && glob.pattern().matchesEverything()) {
                findings.add(
                        glob.path(),
                        "matches every tenant, so that %s, which has no tenants, would get none: remove the tenants here, or that ingestor"
                                .formatted(soft));
            }
            for (var earlier : globs.subList(0, i)) {
                checkOverlap(earlier, glob);
            }
        }
    }

    private void checkOverlap(Glob earlier, Glob glob) {
        if (!earlier.ingestor().equals(glob.ingestor())) {
            glob.pattern()
                    .common(earlier.pattern())
                    .ifPresent(tenant -> findings.add(
                            glob.path(),
                            "%s matches tenants that %s of %s matches too, such as \"%s\": make one of them narrower"
                                    .formatted(
                                            Findings.shown(glob.pattern().text()),
                                            Findings.shown(earlier.pattern().text()),
                                            earlier.path(),
                                            tenant)));
        }
    }
}
