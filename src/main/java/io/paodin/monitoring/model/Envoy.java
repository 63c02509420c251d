package io.paodin.monitoring.model;

import static io.paodin.monitoring.model.Defaults.orElse;

import io.fabric8.kubernetes.api.model.CapabilitiesBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.paodin.monitoring.api.v1alpha1.EnvoySpec;
import io.paodin.monitoring.api.v1alpha1.LogLevel;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The proxy beside a query that reaches secured stores.
 *
 * @param node what it calls itself
 * @param configMap the object with what it reads at its start only
 * @param secret the object with what it reads again whenever it changes
 * @param resources may be null
 * @param heap how much memory it may allocate, in bytes
 */
public record Envoy(
        String node,
        String configMap,
        Map<String, String> labels,
        String secret,
        String image,
        List<String> args,
        ResourceRequirements resources,
        SecurityContext securityContext,
        long heap) {

    /** The name of the container; the templates say so too. */
    public static final String CONTAINER = "envoy";

    public static final String BOOTSTRAP = "bootstrap.yaml";

    /** Where the kubelet asks whether it is ready, and Prometheus for its metrics. */
    public static final Service.Port PROBES = new Service.Port("envoy", 9902);

    /** Its volumes, with the directory at which each is mounted; the templates say so too. */
    static final Map<String, String> VOLUMES = Map.of(
            "envoy-bootstrap", "/etc/envoy/bootstrap",
            "envoy-stores", "/etc/envoy/stores",
            "envoy-run", "/run/envoy");

    private static final int CONCURRENCY = 2;
    private static final int MOST_CONCURRENCY = 64;

    /** For how long, in seconds, connections to a listener that changes or goes may last: as long as queries do. */
    private static final int DRAIN_SECONDS = 120;

    private static final BigDecimal HEAP_OF_LIMIT = new BigDecimal("0.85");
    private static final long HEAP = 512L << 20;

    /** Such as {@code distroless-v1.40.0}; other tags say nothing. */
    private static final Pattern TAG = Pattern.compile("(?:[a-z-]+-)?v?(\\d{1,4})\\.(\\d{1,4})(?:\\..*|-.*)?");

    private static final int OLDEST_MAJOR = 1;
    private static final int OLDEST_MINOR = 37;

    static Envoy of(EnvoySpec given, String query, Labels labels, Scope scope) {
        var spec = orElse(given, new EnvoySpec());
        return new Envoy(
                query,
                Names.envoy(query),
                labels.all(),
                Names.envoy(query),
                orElse(spec.image, scope.config().images().envoy()),
                List.of(
                        "--config-path",
                        "/etc/envoy/bootstrap/" + BOOTSTRAP,
                        "--log-level",
                        orElse(spec.logLevel, LogLevel.INFO).toString(),
                        "--concurrency",
                        String.valueOf(orElse(spec.concurrency, CONCURRENCY)),
                        "--drain-time-s",
                        String.valueOf(DRAIN_SECONDS),
                        // Whoever is connected to a listener as it was before is sent on with the next answer.
                        "--drain-strategy",
                        "immediate",
                        "--disable-hot-restart"),
                spec.resources,
                securityContext(spec.securityContext),
                heap(spec.resources));
    }

    /** Also of a proxy that does not run now, so that it can at any time. */
    static void check(EnvoySpec spec, String path, Scope scope) {
        if (spec == null) {
            return;
        }
        var findings = scope.findings();
        findings.unlessMatches(path + ".image", spec.image, Form.IMAGE);
        checkVersion(spec.image, path + ".image", findings);
        findings.unlessKnown(path + ".logLevel", spec.logLevel, LogLevel.UNKNOWN);
        findings.unlessWithin(path + ".concurrency", spec.concurrency, 1, MOST_CONCURRENCY);
        Quantities.check(path + ".resources", spec.resources, findings);
        PodSecurity.checkContainer(path + ".securityContext", spec.securityContext, findings);
    }

    private static void checkVersion(String image, String path, Findings findings) {
        var tag = TAG.matcher(image == null ? "" : ThanosVersion.tag(image));
        if (!tag.matches()) {
            return;
        }
        int major = Integer.parseInt(tag.group(1));
        int minor = Integer.parseInt(tag.group(2));
        if (major < OLDEST_MAJOR || major == OLDEST_MAJOR && minor < OLDEST_MINOR) {
            findings.add(Violation.unsupportedVersion(
                    path,
                    "Envoy %d.%d of %s is not supported: use %d.%d or newer"
                            .formatted(major, minor, Findings.shortened(image), OLDEST_MAJOR, OLDEST_MINOR)));
        }
    }

    private static SecurityContext securityContext(SecurityContext given) {
        var context = orElse(given, new SecurityContext());
        return new SecurityContextBuilder(context)
                .withAllowPrivilegeEscalation(orElse(context.getAllowPrivilegeEscalation(), false))
                .withReadOnlyRootFilesystem(orElse(context.getReadOnlyRootFilesystem(), true))
                .withCapabilities(orElse(
                        context.getCapabilities(),
                        new CapabilitiesBuilder().withDrop("ALL").build()))
                .build();
    }

    private static long heap(ResourceRequirements resources) {
        return Optional.ofNullable(resources)
                .map(ResourceRequirements::getLimits)
                .map(limits -> limits.get("memory"))
                .filter(limit -> Quantities.check("", limit, new Findings()))
                .map(Quantity::getNumericalAmount)
                .map(limit -> Math.max(1, limit.multiply(HEAP_OF_LIMIT).longValue()))
                .orElse(HEAP);
    }
}
