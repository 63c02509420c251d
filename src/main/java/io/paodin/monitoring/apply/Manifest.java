package io.paodin.monitoring.apply;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Optional;

/**
 * One object as it is to be applied: the given one with the owner's reference and this package's annotations.
 *
 * @param given the object as rendered
 * @param intent what is sent to the server, no more and no less
 */
record Manifest(HasMetadata given, ObjectNode intent, Annotations annotations) {

    /** The annotations that remember what was applied last; what an object was like before is nowhere else to be seen. */
    record Annotations(String hash, String replicas) {

        static final String ENFORCED = "enforced";

        static Annotations withPrefix(String prefix) {
            return new Annotations(prefix + "applied-hash", prefix + "replicas");
        }
    }

    static Manifest of(HasMetadata given, Owner owner, Annotations keys, KubernetesSerialization json) {
        var intent = json.convertValue(given, ObjectNode.class);
        intent.remove("status");
        var metadata = intent.withObjectProperty("metadata");
        metadata.put("namespace", owner.namespace());
        metadata.putArray("ownerReferences").add(json.convertValue(owner.ownerReference(), ObjectNode.class));
        var annotations = metadata.withObjectProperty("annotations");
        if (intent.path("spec").hasNonNull("replicas")) {
            annotations.put(keys.replicas(), Annotations.ENFORCED);
        }
        annotations.put(keys.hash(), CanonicalJson.hash(intent));
        return new Manifest(given, intent, keys);
    }

    String namespace() {
        return intent.path("metadata").path("namespace").textValue();
    }

    boolean enforcesReplicas() {
        return intent.path("spec").hasNonNull("replicas");
    }

    /** With a count that it is not to own: to be released as soon as it has been applied. */
    Manifest withReplicas(int count) {
        var counted = intent.deepCopy();
        counted.withObjectProperty("spec").put("replicas", count);
        counted.withObjectProperty("metadata")
                .withObjectProperty("annotations")
                .put(annotations.replicas(), Annotations.ENFORCED);
        return new Manifest(given, counted, annotations);
    }

    /** Whether the object was last applied with replicas and now is to be without: its count needs a new owner first. */
    boolean releasesReplicas(HasMetadata current) {
        return !enforcesReplicas()
                && Annotations.ENFORCED.equals(
                        current.getMetadata().getAnnotations().get(annotations.replicas()));
    }

    /** The first field in which an object lacks what is to be applied. */
    Optional<String> firstDifference(HasMetadata current, KubernetesSerialization json) {
        return Containment.firstDifference(json.convertValue(current, ObjectNode.class), intent);
    }
}
