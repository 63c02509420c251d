package io.paodin.monitoring.apply;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.DeleteOptions;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Preconditions;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;

/** The requests. Each names what it assumes about the object on the server and is refused with a conflict if that is wrong. */
final class ObjectWriter {

    /** With this version an apply creates the object or is refused: no existing object ever has it. */
    private static final String NOT_EXISTING = "1";

    private final KubernetesClient client;
    private final String fieldManager;

    ObjectWriter(KubernetesClient client, String fieldManager) {
        this.client = client;
        this.fieldManager = fieldManager;
    }

    HasMetadata get(Manifest manifest) {
        return client.resource(typed(manifest.intent(), manifest)).get();
    }

    HasMetadata create(Manifest manifest) {
        var intent = manifest.intent().deepCopy();
        intent.withObjectProperty("metadata").put("resourceVersion", NOT_EXISTING);
        return apply(typed(intent, manifest), fieldManager);
    }

    HasMetadata update(Manifest manifest, HasMetadata current) {
        if (manifest.releasesReplicas(current)) {
            handOverReplicas(manifest, current);
        }
        var intent = manifest.intent().deepCopy();
        // The cache may be behind: an object that has taken this one's place must not be touched.
        intent.withObjectProperty("metadata").put("uid", current.getMetadata().getUid());
        return apply(typed(intent, manifest), fieldManager);
    }

    /**
     * Gives the live count a field manager of its own. Without one the next apply, which no longer names the count, would
     * remove it, and the server's default of one would take its place. Done twice it is done once: until that apply has
     * succeeded, the object says that its count was enforced.
     */
    private void handOverReplicas(Manifest manifest, HasMetadata current) {
        var live = get(manifest);
        if (live == null) {
            return;
        }
        var spec = client.getKubernetesSerialization()
                .convertValue(live, ObjectNode.class)
                .path("spec");
        var intent = manifest.intent().objectNode();
        intent.set("apiVersion", manifest.intent().get("apiVersion"));
        intent.set("kind", manifest.intent().get("kind"));
        intent.putObject("metadata")
                .put("name", current.getMetadata().getName())
                .put("namespace", current.getMetadata().getNamespace())
                .put("uid", current.getMetadata().getUid())
                .put("resourceVersion", live.getMetadata().getResourceVersion());
        intent.putObject("spec").set("replicas", spec.path("replicas"));
        apply(typed(intent, manifest), fieldManager + "-replicas");
    }

    PersistentVolumeClaim requestStorage(PersistentVolumeClaim claim, StorageRequest size) {
        var change = JsonNodeFactory.instance.objectNode();
        change.putObject("spec")
                .putObject("resources")
                .putObject("requests")
                .put(StorageRequest.RESOURCE, size.toString());
        return patch(claim, change);
    }

    StatefulSet scale(StatefulSet set, int replicas) {
        var change = JsonNodeFactory.instance.objectNode();
        change.putObject("spec").put("replicas", replicas);
        return patch(set, change);
    }

    Pod annotate(Pod pod, String annotation, String value) {
        var change = JsonNodeFactory.instance.objectNode();
        change.putObject("metadata").putObject("annotations").put(annotation, value);
        return patch(pod, change);
    }

    /** From now on the claims of the StatefulSet are to outlive it. */
    void retainClaims(StatefulSet set) {
        var change = JsonNodeFactory.instance.objectNode();
        change.putObject("spec")
                .putObject("persistentVolumeClaimRetentionPolicy")
                .put("whenDeleted", "Retain");
        patch(set, change);
    }

    /** The claim does not go with the StatefulSet any more. */
    void release(PersistentVolumeClaim claim, StatefulSet set) {
        var json = client.getKubernetesSerialization();
        var change = JsonNodeFactory.instance.objectNode();
        var rest = change.putObject("metadata").putArray("ownerReferences");
        claim.getMetadata().getOwnerReferences().stream()
                .filter(reference ->
                        !reference.getUid().equals(set.getMetadata().getUid()))
                .forEach(reference -> rest.add(json.convertValue(reference, ObjectNode.class)));
        patch(claim, change);
    }

    /** Those of the StatefulSet that exist at this moment. */
    List<PersistentVolumeClaim> claims(StatefulSet set) {
        return client.persistentVolumeClaims()
                .inNamespace(set.getMetadata().getNamespace())
                .withLabels(set.getSpec().getSelector().getMatchLabels())
                .list()
                .getItems();
    }

    /** Those that a StatefulSet would take over, as they are at this moment. */
    List<Pod> pods(StatefulSet set, String namespace) {
        return client.pods()
                .inNamespace(namespace)
                .withLabels(set.getSpec().getSelector().getMatchLabels())
                .list()
                .getItems();
    }

    /** Deletes exactly this version of the object and leaves its dependents alone. */
    void deleteAlone(HasMetadata object) {
        var metadata = object.getMetadata();
        delete(object, DeletionPropagation.ORPHAN, new Preconditions(metadata.getResourceVersion(), metadata.getUid()));
    }

    /** Deletes exactly this version of the object, and its dependents. */
    void deleteVersion(HasMetadata object) {
        var metadata = object.getMetadata();
        delete(
                object,
                DeletionPropagation.BACKGROUND,
                new Preconditions(metadata.getResourceVersion(), metadata.getUid()));
    }

    /** False if the object is gone already or another one has taken its place. */
    boolean delete(HasMetadata object) {
        try {
            delete(
                    object,
                    DeletionPropagation.BACKGROUND,
                    new Preconditions(null, object.getMetadata().getUid()));
            return true;
        } catch (KubernetesClientException e) {
            var answer = ServerAnswer.of(e);
            if (answer.isNotFound() || answer.isConflict()) {
                return false;
            }
            throw e;
        }
    }

    private void delete(HasMetadata object, DeletionPropagation propagation, Preconditions preconditions) {
        var options = new DeleteOptions();
        options.setPreconditions(preconditions);
        options.setPropagationPolicy(propagation.toString());
        // The client's own delete can require a version, which changes with every status, but not a UID.
        client.raw(path(object), "DELETE", options);
    }

    /** Changes exactly this version of the object. */
    private <T extends HasMetadata> T patch(T object, ObjectNode change) {
        change.withObjectProperty("metadata")
                .put("resourceVersion", object.getMetadata().getResourceVersion());
        var context = new PatchContext.Builder()
                .withPatchType(PatchType.JSON_MERGE)
                .withFieldManager(fieldManager)
                .build();
        return client.resource(object).patch(context, change.toString());
    }

    private HasMetadata apply(HasMetadata intent, String manager) {
        return client.resource(intent).fieldManager(manager).forceConflicts().serverSideApply();
    }

    private HasMetadata typed(ObjectNode intent, Manifest manifest) {
        return client.getKubernetesSerialization()
                .convertValue(intent, manifest.given().getClass());
    }

    private static String path(HasMetadata object) {
        var version = object.getApiVersion();
        return "%s/%s/namespaces/%s/%s/%s"
                .formatted(
                        version.contains("/") ? "/apis" : "/api",
                        version,
                        object.getMetadata().getNamespace(),
                        object.getPlural(),
                        object.getMetadata().getName());
    }
}
