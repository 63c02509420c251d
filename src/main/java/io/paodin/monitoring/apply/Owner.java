package io.paodin.monitoring.apply;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.util.Optional;

/** The resource on whose behalf objects are written. It is its UID: one re-created under the same name is another owner. */
public record Owner(String apiVersion, String kind, String name, String namespace, String uid) {

    public static Owner of(HasMetadata resource) {
        var metadata = resource.getMetadata();
        return new Owner(
                resource.getApiVersion(),
                resource.getKind(),
                metadata.getName(),
                metadata.getNamespace(),
                metadata.getUid());
    }

    /** The reference that every object of this owner carries; the cluster's garbage collector acts on it. */
    public OwnerReference ownerReference() {
        return new OwnerReferenceBuilder()
                .withApiVersion(apiVersion)
                .withKind(kind)
                .withName(name)
                .withUid(uid)
                .withController(true)
                .withBlockOwnerDeletion(true)
                .build();
    }

    public boolean controls(HasMetadata object) {
        return controllerOf(object)
                .map(OwnerReference::getUid)
                .filter(uid::equals)
                .isPresent();
    }

    /** Whether the reference is to an earlier resource of this name. One that exists has this UID. */
    boolean isNamesakeOf(OwnerReference reference) {
        return !reference.getUid().equals(uid)
                && reference.getName().equals(name)
                && reference.getKind().equals(kind)
                && groupOf(reference.getApiVersion()).equals(groupOf(apiVersion));
    }

    static String groupOf(String apiVersion) {
        return apiVersion.contains("/") ? apiVersion.substring(0, apiVersion.indexOf('/')) : "";
    }

    static Optional<OwnerReference> controllerOf(HasMetadata object) {
        return object.getMetadata().getOwnerReferences().stream()
                .filter(reference -> Boolean.TRUE.equals(reference.getController()))
                .findFirst();
    }
}
