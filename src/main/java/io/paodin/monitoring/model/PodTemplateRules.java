package io.paodin.monitoring.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/**
 * What a user's pod template must not say: what the operator relies on, what has a field of its own, and some of what the
 * API server would refuse when the objects before it are written already. What has not the shape of a pod template is
 * passed over.
 */
final class PodTemplateRules {

    /** Stands for the path of the component. */
    private static final String SELF = "{}";

    private static final Map<String, String> OF_PODS = remedies(
            List.of(
                    "affinity",
                    "imagePullSecrets",
                    "nodeSelector",
                    "priorityClassName",
                    "securityContext",
                    "serviceAccountName",
                    "terminationGracePeriodSeconds",
                    "tolerations",
                    "topologySpreadConstraints"),
            Map.ofEntries(
                    Map.entry("activeDeadlineSeconds", "is for jobs only: remove it"),
                    Map.entry(
                            "automountServiceAccountToken",
                            "no component calls the Kubernetes API: mount a projected volume with a serviceAccountToken "
                                    + "into the container that needs one"),
                    Map.entry("ephemeralContainers", "cannot be in a template: use kubectl debug"),
                    Map.entry("hostNetwork", "the ports of several pods would clash on a node: remove it"),
                    Map.entry("hostname", "is decided by Kubernetes: remove it"),
                    Map.entry("nodeName", "would pass by the scheduler: set {}.nodeSelector or {}.affinity"),
                    Map.entry("overhead", "is that of the RuntimeClass: set runtimeClassName"),
                    Map.entry("priority", "is that of the PriorityClass: set {}.priorityClassName"),
                    Map.entry("restartPolicy", "can only be Always: remove it"),
                    Map.entry("serviceAccount", "is an old name: set {}.serviceAccountName"),
                    Map.entry("subdomain", "is decided by Kubernetes: remove it")));

    private static final Map<String, String> OF_THANOS = remedies(
            List.of("image", "imagePullPolicy", "resources"),
            Map.of(
                    "args", "are the operator's: set {}.additionalArgs for more",
                    "command", "is the operator's: remove it",
                    "restartPolicy", "is the operator's: remove it"));

    private static final List<String> PROBES = List.of("startupProbe", "livenessProbe", "readinessProbe");

    /** The numbers of a probe, with the smallest that is not taken for the default. */
    private static final Map<String, Integer> NUMBERS_OF_PROBES = new TreeMap<>(Map.of(
            "initialDelaySeconds", 0,
            "periodSeconds", 1,
            "timeoutSeconds", 1,
            "successThreshold", 1,
            "failureThreshold", 1));

    private final String component;
    private final Essentials own;
    private final Findings findings;
    private final Set<String> initContainers = new HashSet<>();
    private final Set<String> volumes;

    private PodTemplateRules(String component, Essentials own, Findings findings) {
        this.component = component;
        this.own = own;
        this.findings = findings;
        this.volumes = new HashSet<>(own.volumes().keySet());
    }

    /** @param component the path of the component that the template is for */
    static void check(String component, JsonNode template, Essentials own, Findings findings) {
        new PodTemplateRules(component, own, findings).check(component + ".podTemplate", template);
    }

    private void check(String path, JsonNode template) {
        if (template.has("metadata")) {
            findings.add(path + ".metadata", "has a field of its own: set " + component + ".podMetadata");
        }
        var at = path + ".spec";
        var spec = template.path("spec");
        refuse(at, spec, OF_PODS);
        each(at, spec, "volumes", this::volume);
        each(at, spec, "initContainers", this::initContainer);
        each(at, spec, "containers", this::container);
    }

    private void volume(String at, JsonNode volume) {
        var name = text(volume, "name");
        findings.unlessMatches(at + ".name", name, Form.DNS_LABEL);
        if (own.volumes().containsKey(name)) {
            findings.add(at + ".name", Findings.shown(name) + " is a volume of the operator: choose another name");
        }
        volumes.add(name);
    }

    /** One that ends before Thanos starts may prepare its data; one that goes on running is like any other container. */
    private void initContainer(String at, JsonNode container) {
        var name = text(container, "name");
        if (own.container().equals(name)) {
            findings.add(at + ".name", Findings.shown(name) + " is the container of Thanos: choose another name");
        }
        sidecar(at, name);
        initContainers.add(name);
        added(at, container, !"Always".equals(text(container, "restartPolicy")));
    }

    private void container(String at, JsonNode container) {
        var name = text(container, "name");
        if (own.container().equals(name)) {
            thanos(at, container);
            return;
        }
        sidecar(at, name);
        if (initContainers.contains(name)) {
            findings.add(at + ".name", Findings.shown(name) + " is an init container already: choose another name");
        }
        added(at, container, false);
    }

    private void sidecar(String at, String name) {
        if (own.sidecars().contains(name)) {
            findings.add(at + ".name", Findings.shown(name) + " is a container of the operator: choose another name");
        }
    }

    /** @param mayWrite whether it may write to the volumes of the operator */
    private void added(String at, JsonNode container, boolean mayWrite) {
        findings.unlessMatches(at + ".name", text(container, "name"), Form.DNS_LABEL);
        if (!container.has("image")) {
            findings.add(at + ".image", "is missing: give one; the container of Thanos is " + own.container());
        }
        any(at, container, mayWrite);
    }

    private void any(String at, JsonNode container, boolean mayWrite) {
        PROBES.forEach(probe -> numbers(at + "." + probe, container.path(probe)));
        each(at, container, "env", (place, variable) -> {});
        each(at, container, "ports", this::port);
        each(at, container, "volumeMounts", (place, mount) -> {
            volumeExists(place, mount);
            if (!mayWrite && isOwnVolume(mount) && !mount.path("readOnly").asBoolean()) {
                findings.add(place + ".readOnly", "must be true: the volume is the operator's");
            }
        });
        each(at, container, "volumeDevices", (place, device) -> {
            volumeExists(place, device);
            if (isOwnVolume(device)) {
                findings.add(place + ".name", "is a volume of the operator: choose another");
            }
        });
    }

    private void thanos(String at, JsonNode container) {
        refuse(at, container, OF_THANOS);
        PROBES.stream()
                .filter(container::has)
                .forEach(probe -> probe(
                        at + "." + probe, container.get(probe), own.probes().contains(probe)));
        each(at, container, "env", (place, variable) -> {
            if (own.variables().contains(text(variable, "name"))) {
                findings.add(place + ".name", "is a variable of the operator: choose another name");
            }
        });
        each(at, container, "volumeMounts", (place, mount) -> own.volumes().values().stream()
                .filter(path -> overlap(path, text(mount, "mountPath")))
                .findFirst()
                .ifPresent(path -> findings.add(
                        place + ".mountPath", "is where the operator mounts " + path + ": choose another path")));
        any(at, container, false);
    }

    private void probe(String at, JsonNode probe, boolean exists) {
        if (!exists) {
            findings.add(at, "Thanos needs none here: remove it");
            return;
        }
        probe.fieldNames().forEachRemaining(field -> {
            if (!NUMBERS_OF_PROBES.containsKey(field)) {
                findings.add(
                        at + "." + Findings.shortened(field), "is the operator's: only its numbers can be changed");
            }
        });
    }

    private void numbers(String at, JsonNode probe) {
        NUMBERS_OF_PROBES.forEach((field, least) -> {
            if (probe.path(field).isInt() && probe.get(field).intValue() < least) {
                findings.add(at + "." + field, "must be " + least + " or more: raise it or remove it");
            }
        });
    }

    private void port(String at, JsonNode port) {
        own.ports().forEach(taken -> {
            if (port.path("containerPort").asInt() == taken.number()) {
                findings.add(at + ".containerPort", "the operator's containers listen there: choose another port");
            }
            if (taken.name().equals(text(port, "name"))) {
                findings.add(at + ".name", "is a port of the operator: choose another name");
            }
        });
    }

    private void volumeExists(String at, JsonNode use) {
        var name = text(use, "name");
        if (name.isEmpty()) {
            findings.add(at + ".name", "is missing: name a volume");
        } else if (!volumes.contains(name)) {
            findings.add(
                    at + ".name",
                    Findings.shown(name) + " is no volume: add it to " + component + ".podTemplate.spec.volumes");
        }
    }

    private boolean isOwnVolume(JsonNode use) {
        return own.volumes().containsKey(text(use, "name"));
    }

    /** Whether one of two directories is the other, or in it. */
    private static boolean overlap(String one, String other) {
        return absolute(one).startsWith(absolute(other)) || absolute(other).startsWith(absolute(one));
    }

    /** What the kubelet makes of a path, with a slash at the end. */
    private static String absolute(String path) {
        var steps = new ArrayDeque<String>();
        for (var step : path.split("/")) {
            if (step.equals("..")) {
                steps.pollLast();
            } else if (!step.isEmpty() && !step.equals(".")) {
                steps.addLast(step);
            }
        }
        return steps.stream().map(step -> step + "/").collect(Collectors.joining("", "/", ""));
    }

    private void refuse(String at, JsonNode object, Map<String, String> remedies) {
        remedies.forEach((field, remedy) -> {
            if (object.has(field)) {
                findings.add(at + "." + field, remedy.replace(SELF, component));
            }
        });
    }

    /** Looks at each item of a list whose items are told apart by a field, which no two may have alike. */
    private void each(String at, JsonNode object, String list, BiConsumer<String, JsonNode> check) {
        var items = object.path(list);
        var key = PodTemplateOverlay.keyOf(list).orElseThrow();
        var seen = new HashSet<String>();
        for (int i = 0; items.isArray() && i < items.size(); i++) {
            var item = items.get(i);
            var place = at + "." + list + "[" + i + "]";
            if (item.isObject() && item.path(key).asText().isEmpty()) {
                findings.add(place + "." + key, "is missing: give one");
            } else if (item.isObject()) {
                if (!seen.add(PodTemplateOverlay.identity(list, item))) {
                    findings.add(place + "." + key, "is that of an earlier item: change or remove one");
                }
                check.accept(place, item);
            }
        }
    }

    private static String text(JsonNode object, String field) {
        return object.path(field).asText();
    }

    private static Map<String, String> remedies(List<String> ownFields, Map<String, String> others) {
        var remedies = new TreeMap<>(others);
        ownFields.forEach(field -> remedies.put(field, "has a field of its own: set " + SELF + "." + field));
        return Collections.unmodifiableMap(remedies);
    }
}
