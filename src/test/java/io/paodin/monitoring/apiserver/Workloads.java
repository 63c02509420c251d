package io.paodin.monitoring.apiserver;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * Plays the controllers of Deployments and StatefulSets: only their status, no pods. A minimum ready time is not waited
 * for.
 */
public final class Workloads {
    public enum Mode {
        /** All replicas become ready shortly after every change. */
        AUTOMATIC,
        /** Only what a test says. */
        MANUAL
    }

    private final ObjectStore store;
    private final ResourceTypes types;
    private volatile Mode mode = Mode.AUTOMATIC;

    Workloads(ObjectStore store, ResourceTypes types) {
        this.store = store;
        this.types = types;
    }

    public void mode(Mode newMode) {
        mode = newMode;
        store.wake();
    }

    /** The current generation is observed and rolled out, with that many replicas ready. */
    public void ready(String kind, String namespace, String name, int ready) {
        int replicas = need(kind, namespace, name).at("/spec/replicas").asInt();
        report(kind, namespace, name, replicas, ready);
    }

    /** The current generation is observed; that many replicas are updated and ready. */
    public void report(String kind, String namespace, String name, int updated, int ready) {
        store.locked(() -> {
            update(type(kind), need(kind, namespace, name), updated, ready);
            return null;
        });
    }

    /** One look at every workload. */
    void reconcile() {
        if (mode == Mode.MANUAL) {
            return;
        }
        store.locked(() -> {
            for (ResourceType type : List.of(type("Deployment"), type("StatefulSet"))) {
                for (ObjectNode workload : store.list(type, "")) {
                    int replicas = workload.at("/spec/replicas").asInt();
                    update(type, workload, replicas, replicas);
                }
            }
            return null;
        });
    }

    private void update(ResourceType type, ObjectNode workload, int updated, int ready) {
        ObjectNode next = workload.deepCopy();
        int replicas = workload.at("/spec/replicas").asInt();
        ObjectNode status = next.putObject("status")
                .put("observedGeneration", workload.at("/metadata/generation").asInt())
                .put("replicas", replicas)
                .put("readyReplicas", ready)
                .put("availableReplicas", ready)
                .put("updatedReplicas", updated);
        if (type.kind().equals("StatefulSet")) {
            revisions(workload, status, updated, replicas);
        } else {
            conditions(workload, status, ready >= replicas, updated >= replicas);
        }
        if (!next.equals(workload)) {
            store.put(ObjectKey.of(type, Json.meta(workload, "namespace"), Json.meta(workload, "name")), next);
        }
    }

    private static void revisions(ObjectNode workload, ObjectNode status, int updated, int replicas) {
        String revision = Json.meta(workload, "name")
                + "-"
                + Integer.toHexString(workload.at("/spec/template").toString().hashCode());
        boolean complete = updated >= replicas;
        String before = workload.at("/status/currentRevision").asText(revision);
        status.put("updateRevision", revision)
                .put("currentRevision", complete ? revision : before)
                .put("currentReplicas", complete ? replicas : replicas - updated);
    }

    private static void conditions(ObjectNode workload, ObjectNode status, boolean available, boolean complete) {
        ArrayNode conditions = status.putArray("conditions");
        condition(
                workload,
                conditions,
                "Available",
                available,
                available ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable");
        condition(
                workload,
                conditions,
                "Progressing",
                true,
                available && complete ? "NewReplicaSetAvailable" : "ReplicaSetUpdated");
    }

    private static void condition(
            ObjectNode workload, ArrayNode conditions, String type, boolean value, String reason) {
        String status = value ? "True" : "False";
        ObjectNode condition =
                conditions.addObject().put("type", type).put("status", status).put("reason", reason);
        String since = workload.at("/status/conditions")
                .valueStream()
                .filter(c -> c.path("type").asText().equals(type)
                        && c.path("status").asText().equals(status))
                .map(c -> c.path("lastTransitionTime").asText())
                .findFirst()
                .orElseGet(Json::now);
        condition.put("message", "").put("lastTransitionTime", since);
    }

    private ResourceType type(String kind) {
        return types.byKind("apps/v1", kind)
                .orElseThrow(() -> new IllegalArgumentException(kind + " is no kind of apps/v1"));
    }

    private ObjectNode need(String kind, String namespace, String name) {
        ObjectNode workload = store.get(ObjectKey.of(type(kind), namespace, name));
        if (workload == null) {
            throw new IllegalArgumentException("there is no %s %s/%s".formatted(kind, namespace, name));
        }
        return workload;
    }
}
