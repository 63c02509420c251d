package io.paodin.monitoring.model;

import io.fabric8.kubernetes.api.model.EmptyDirVolumeSource;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimSpec;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimSpecBuilder;
import io.paodin.monitoring.api.v1alpha1.ClaimTemplate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Where a component keeps its data: a claim for each pod, or, without one, a directory that goes with the pod. */
public record DataVolume(String name, EmptyDirVolumeSource emptyDir, Claim claim) {

    private static final String NAME = "data";

    /** What each pod's PersistentVolumeClaim is made from. */
    public record Claim(Map<String, String> labels, Map<String, String> annotations, PersistentVolumeClaimSpec spec) {}

    static DataVolume of(io.paodin.monitoring.api.v1alpha1.DataVolume spec, String path, Findings findings) {
        if (spec != null && spec.pvc != null) {
            return ofClaim(spec.pvc, path + ".pvc", findings);
        }
        var emptyDir = spec == null || spec.emptyDir == null ? new EmptyDirVolumeSource() : spec.emptyDir;
        return new DataVolume(NAME, emptyDir, null);
    }

    private static DataVolume ofClaim(ClaimTemplate template, String path, Findings findings) {
        var spec = template.spec == null ? new PersistentVolumeClaimSpec() : template.spec;
        var resources = spec.getResources();
        if (resources == null
                || resources.getRequests() == null
                || !resources.getRequests().containsKey("storage")) {
            findings.add(path + ".spec.resources.requests.storage", "is missing: give a size, such as 10Gi");
        }
        if (spec.getAccessModes() == null || spec.getAccessModes().isEmpty()) {
            spec = new PersistentVolumeClaimSpecBuilder(spec)
                    .withAccessModes(List.of("ReadWriteOnce"))
                    .build();
        }
        var metadata = template.metadata;
        var name = metadata == null || metadata.name == null ? NAME : metadata.name;
        findings.unlessMatches(path + ".metadata.name", name, Form.CLAIM_NAME);
        return new DataVolume(
                name,
                null,
                new Claim(
                        sorted(metadata == null ? null : metadata.labels),
                        sorted(metadata == null ? null : metadata.annotations),
                        spec));
    }

    private static Map<String, String> sorted(Map<String, String> entries) {
        return entries == null ? Map.of() : new TreeMap<>(entries);
    }
}
