package io.paodin.monitoring.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Pod templates of users, from a seed. Names, paths and numbers are partly those of the operator, fields partly such as
 * cannot be given or do not exist; so many of the templates are refused, and many are not.
 */
public final class RandomOverlays {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private static final List<String> OWN_CONTAINERS = List.of("query", "receive", "store", "compact");
    private static final List<String> CONTAINERS = List.of("proxy", "agent", "first");
    private static final List<String> OWN_VOLUMES = List.of("endpoints", "hashrings", "data", "object-storage");
    private static final List<String> VOLUMES = List.of("cache", "token", "certificates");
    private static final List<String> OWN_PATHS = List.of(
            "/data",
            "/data/",
            "/",
            "/etc//thanos/",
            "/data/more",
            "/etc/thanos/endpoints",
            "/etc/thanos/hashrings",
            "/etc/thanos/object-storage");
    private static final List<String> PATHS = List.of("/tmp", "/etc/ssl", "/etc/thanos/tls", "/database", "/var/run/x");
    private static final List<Integer> OWN_PORTS = List.of(10901, 10902, 19291, 19391);
    private static final List<String> REFUSED_OF_PODS = List.of(
            "activeDeadlineSeconds",
            "affinity",
            "automountServiceAccountToken",
            "ephemeralContainers",
            "hostNetwork",
            "hostname",
            "imagePullSecrets",
            "nodeName",
            "nodeSelector",
            "overhead",
            "priority",
            "priorityClassName",
            "restartPolicy",
            "securityContext",
            "serviceAccount",
            "serviceAccountName",
            "subdomain",
            "terminationGracePeriodSeconds",
            "tolerations",
            "topologySpreadConstraints");
    private static final List<String> REFUSED_OF_CONTAINERS =
            List.of("args", "command", "image", "imagePullPolicy", "resources", "restartPolicy");
    private static final List<String> PROBES = List.of("livenessProbe", "readinessProbe", "startupProbe");

    private final Random random;

    private RandomOverlays(long seed) {
        this.random = new Random(seed);
    }

    public static JsonNode of(long seed) {
        return new RandomOverlays(seed).template();
    }

    private JsonNode template() {
        if (oneIn(60)) {
            return anything();
        }
        var template = JSON.objectNode();
        template.set("spec", pod());
        if (oneIn(60)) {
            template.set(pick(List.of("metadata", "status", "kind")), anything());
        }
        return template;
    }

    private JsonNode pod() {
        var pod = JSON.objectNode();
        maybe(3, pod, "hostAliases", () -> list(1, this::hostAlias));
        maybe(3, pod, "dnsConfig", () -> JSON.objectNode()
                .set("nameservers", JSON.arrayNode().add("192.0.2.53")));
        maybe(4, pod, "runtimeClassName", () -> JSON.textNode("gvisor"));
        maybe(4, pod, "enableServiceLinks", () -> JSON.booleanNode(random.nextBoolean()));
        maybe(6, pod, "shareProcessNamespace", JSON::nullNode);
        maybe(20, pod, pick(REFUSED_OF_PODS), this::anything);
        maybe(20, pod, "dnsConfg", this::anything);
        var volumes = pod.putArray("volumes");
        VOLUMES.stream().filter(name -> !oneIn(8)).map(this::volume).forEach(volumes::add);
        OWN_VOLUMES.stream().filter(name -> oneIn(30)).map(this::volume).forEach(volumes::add);
        maybe(2, pod, "initContainers", () -> list(2, this::container));
        maybe(1, pod, "containers", () -> list(3, this::container));
        return pod;
    }

    private JsonNode hostAlias() {
        var alias = JSON.objectNode().put("ip", "192.0.2.1");
        alias.putArray("hostnames").add("s3.example.com");
        return alias;
    }

    private JsonNode volume(String name) {
        var volume = JSON.objectNode().put("name", name);
        maybe(2, volume, "emptyDir", () -> JSON.objectNode().put("sizeLimit", "1Gi"));
        return volume;
    }

    private JsonNode container() {
        var container = JSON.objectNode().put("name", oneIn(3) ? pick(OWN_CONTAINERS) : pick(CONTAINERS));
        if (!OWN_CONTAINERS.contains(container.get("name").textValue()) || oneIn(8)) {
            container.put("image", "registry/proxy:v1");
        }
        maybe(8, container, "restartPolicy", () -> JSON.textNode("Always"));
        maybe(20, container, pick(REFUSED_OF_CONTAINERS), this::anything);
        maybe(25, container, "imagePulPolicy", this::anything);
        maybe(2, container, "env", () -> list(2, this::variable));
        maybe(3, container, "ports", () -> list(2, this::port));
        maybe(2, container, "volumeMounts", () -> list(2, this::mount));
        maybe(12, container, "volumeDevices", () -> list(1, this::device));
        maybe(6, container, pick(PROBES), this::probe);
        maybe(3, container, "securityContext", () -> JSON.objectNode().put("readOnlyRootFilesystem", false));
        maybe(6, container, "lifecycle", () -> JSON.objectNode()
                .set("preStop", JSON.objectNode().set("sleep", JSON.objectNode().put("seconds", 5))));
        return container;
    }

    private JsonNode variable() {
        var variable = JSON.objectNode().put("name", oneIn(10) ? "POD_NAME" : pick(List.of("A", "B", "C", "D")));
        return oneIn(15) ? variable.set("value", anything()) : variable.put("value", "$(A)");
    }

    private JsonNode port() {
        var number = oneIn(10) ? pick(OWN_PORTS) : pick(List.of(80, 443, 8080, 9090, 19000));
        var port = JSON.objectNode().put("containerPort", number);
        maybe(3, port, "protocol", () -> JSON.textNode(pick(List.of("TCP", "UDP"))));
        maybe(12, port, "name", () -> JSON.textNode(pick(List.of("http", "grpc", "remote-write"))));
        return port;
    }

    private JsonNode mount() {
        var mount = JSON.objectNode()
                .put("name", oneIn(6) ? pick(OWN_VOLUMES) : pick(VOLUMES))
                .put("mountPath", oneIn(6) ? pick(OWN_PATHS) : pick(PATHS));
        maybe(2, mount, "readOnly", () -> JSON.booleanNode(!oneIn(3)));
        return mount;
    }

    private JsonNode device() {
        return JSON.objectNode()
                .put("name", oneIn(4) ? pick(OWN_VOLUMES) : pick(VOLUMES))
                .put("devicePath", "/dev/x");
    }

    private JsonNode probe() {
        var probe = JSON.objectNode().put("failureThreshold", oneIn(8) ? 0 : 9);
        maybe(2, probe, "timeoutSeconds", () -> JSON.numberNode(10));
        maybe(5, probe, "exec", () -> JSON.objectNode()
                .set("command", JSON.arrayNode().add("true")));
        maybe(10, probe, "httpGet", this::anything);
        return probe;
    }

    private JsonNode anything() {
        return pick(List.<JsonNode>of(
                JSON.textNode("x"),
                JSON.textNode(""),
                JSON.numberNode(1),
                JSON.numberNode(0.5),
                JSON.booleanNode(true),
                JSON.objectNode(),
                JSON.objectNode().put("name", "x"),
                JSON.arrayNode(),
                JSON.arrayNode().add("x"),
                JSON.arrayNode().addNull(),
                JSON.arrayNode().add(JSON.objectNode().put("name", 1))));
    }

    private ArrayNode list(int most, Supplier<JsonNode> item) {
        var list = JSON.arrayNode();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            list.add(oneIn(80) ? anything() : item.get());
        }
        return list;
    }

    private void maybe(int oneIn, ObjectNode object, String field, Supplier<JsonNode> value) {
        if (oneIn(oneIn)) {
            object.set(field, value.get());
        }
    }

    private boolean oneIn(int number) {
        return random.nextInt(number) == 0;
    }

    private <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
