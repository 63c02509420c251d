package io.paodin.monitoring.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** The defaults of built-in kinds that a comparison of a manifest with its live object has to cope with. */
final class Defaults {
    private Defaults() {}

    static void fill(ResourceType type, ObjectNode object) {
        if (type.isCustom()) {
            return;
        }
        switch (type.qualifiedKind()) {
            case "Deployment.apps" -> {
                deployment(Json.child(object, "spec"));
                Json.child(object, "status");
            }
            case "StatefulSet.apps" -> {
                statefulSet(Json.child(object, "spec"));
                missing(Json.child(object, "status"), "replicas", 0);
                missing(Json.child(object, "status"), "availableReplicas", 0);
            }
            case "DaemonSet.apps", "ReplicaSet.apps", "Job.batch" -> template(Json.child(object, "spec"));
            case "Pod" -> podSpec(Json.child(object, "spec"));
            case "Service" -> service(object);
            case "Secret" -> secret(object);
            case "Namespace" -> namespace(object);
            default -> {}
        }
    }

    private static void deployment(ObjectNode spec) {
        missing(spec, "replicas", 1);
        missing(spec, "revisionHistoryLimit", 10);
        missing(spec, "progressDeadlineSeconds", 600);
        ObjectNode strategy = Json.child(spec, "strategy");
        missing(strategy, "type", "RollingUpdate");
        if (strategy.path("type").asText().equals("RollingUpdate")) {
            ObjectNode rolling = Json.child(strategy, "rollingUpdate");
            missing(rolling, "maxUnavailable", "25%");
            missing(rolling, "maxSurge", "25%");
        }
        template(spec);
    }

    private static void statefulSet(ObjectNode spec) {
        missing(spec, "replicas", 1);
        missing(spec, "revisionHistoryLimit", 10);
        missing(spec, "podManagementPolicy", "OrderedReady");
        ObjectNode retention = Json.child(spec, "persistentVolumeClaimRetentionPolicy");
        missing(retention, "whenDeleted", "Retain");
        missing(retention, "whenScaled", "Retain");
        ObjectNode strategy = Json.child(spec, "updateStrategy");
        missing(strategy, "type", "RollingUpdate");
        if (strategy.path("type").asText().equals("RollingUpdate")) {
            missing(Json.child(strategy, "rollingUpdate"), "partition", 0);
            missing(Json.child(strategy, "rollingUpdate"), "maxUnavailable", 1);
        }
        for (ObjectNode claim : objects(spec.path("volumeClaimTemplates"))) {
            missing(claim, "apiVersion", "v1");
            missing(claim, "kind", "PersistentVolumeClaim");
            missing(Json.child(claim, "spec"), "volumeMode", "Filesystem");
            missing(Json.child(claim, "status"), "phase", "Pending");
        }
        template(spec);
    }

    private static void template(ObjectNode spec) {
        podSpec(Json.child(Json.child(spec, "template"), "spec"));
    }

    private static void podSpec(ObjectNode spec) {
        missing(spec, "restartPolicy", "Always");
        missing(spec, "dnsPolicy", "ClusterFirst");
        missing(spec, "schedulerName", "default-scheduler");
        missing(spec, "terminationGracePeriodSeconds", 30);
        Json.child(spec, "securityContext");
        if (spec.has("serviceAccountName")) {
            spec.set("serviceAccount", spec.get("serviceAccountName"));
        }
        objects(spec.path("initContainers")).forEach(Defaults::container);
        objects(spec.path("containers")).forEach(Defaults::container);
        objects(spec.path("volumes")).forEach(Defaults::volume);
    }

    private static void container(ObjectNode container) {
        String image = container.path("image").asText();
        boolean latest = image.endsWith(":latest")
                || !image.substring(image.lastIndexOf('/') + 1).contains(":");
        missing(container, "imagePullPolicy", latest ? "Always" : "IfNotPresent");
        missing(container, "terminationMessagePath", "/dev/termination-log");
        missing(container, "terminationMessagePolicy", "File");
        Json.child(container, "resources");
        objects(container.path("ports")).forEach(port -> missing(port, "protocol", "TCP"));
        objects(container.path("env")).stream()
                .filter(env -> env.at("/valueFrom/fieldRef").isObject())
                .forEach(env -> missing(Json.child(Json.child(env, "valueFrom"), "fieldRef"), "apiVersion", "v1"));
        List.of("startupProbe", "livenessProbe", "readinessProbe").stream()
                .filter(container::has)
                .forEach(probe -> probe(Json.child(container, probe)));
    }

    private static void probe(ObjectNode probe) {
        missing(probe, "timeoutSeconds", 1);
        missing(probe, "periodSeconds", 10);
        missing(probe, "successThreshold", 1);
        missing(probe, "failureThreshold", 3);
        if (probe.has("httpGet")) {
            missing(Json.child(probe, "httpGet"), "scheme", "HTTP");
            missing(Json.child(probe, "httpGet"), "path", "/");
        }
    }

    private static void volume(ObjectNode volume) {
        for (String source : List.of("configMap", "secret", "projected", "downwardAPI")) {
            if (volume.has(source)) {
                missing(Json.child(volume, source), "defaultMode", 420);
            }
        }
    }

    private static void service(ObjectNode service) {
        Json.child(Json.child(service, "status"), "loadBalancer");
        ObjectNode spec = Json.child(service, "spec");
        missing(spec, "type", "ClusterIP");
        missing(spec, "sessionAffinity", "None");
        missing(spec, "clusterIP", address(service));
        if (!spec.has("clusterIPs")) {
            spec.putArray("clusterIPs").add(spec.get("clusterIP"));
        }
        missing(spec, "ipFamilyPolicy", "SingleStack");
        missing(spec, "internalTrafficPolicy", "Cluster");
        if (!spec.has("ipFamilies")) {
            spec.putArray("ipFamilies").add("IPv4");
        }
        for (ObjectNode port : objects(spec.path("ports"))) {
            missing(port, "protocol", "TCP");
            if (!port.has("targetPort")) {
                port.set("targetPort", port.path("port"));
            }
        }
    }

    /** The same for the same name, so that two runs of a test end in the same state. */
    private static String address(ObjectNode service) {
        int hash = (Json.meta(service, "namespace") + "/" + Json.meta(service, "name")).hashCode() & 0xffff;
        return "10.96." + (hash >> 8) + "." + (hash & 0xff);
    }

    private static void secret(ObjectNode secret) {
        missing(secret, "type", "Opaque");
        if (secret.remove("stringData") instanceof ObjectNode texts) {
            ObjectNode data = Json.child(secret, "data");
            texts.properties().forEach(text -> {
                byte[] bytes = text.getValue().asText().getBytes(StandardCharsets.UTF_8);
                data.put(text.getKey(), Base64.getEncoder().encodeToString(bytes));
            });
        }
    }

    private static void namespace(ObjectNode namespace) {
        Json.child(Json.metadata(namespace), "labels").put("kubernetes.io/metadata.name", Json.meta(namespace, "name"));
        missing(Json.child(namespace, "status"), "phase", "Active");
    }

    private static List<ObjectNode> objects(JsonNode list) {
        return list instanceof ArrayNode array
                ? array.valueStream()
                        .filter(ObjectNode.class::isInstance)
                        .map(ObjectNode.class::cast)
                        .toList()
                : List.of();
    }

    private static void missing(ObjectNode object, String field, String value) {
        if (!object.has(field)) {
            object.put(field, value);
        }
    }

    private static void missing(ObjectNode object, String field, int value) {
        if (!object.has(field)) {
            object.put(field, value);
        }
    }
}
