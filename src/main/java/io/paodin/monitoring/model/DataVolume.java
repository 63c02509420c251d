package io.paodin.monitoring.model;

import static io.paodin.monitoring.model.Defaults.orElse;

import io.fabric8.kubernetes.api.model.EmptyDirVolumeSource;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimSpec;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimSpecBuilder;
import io.paodin.monitoring.api.v1alpha1.ClaimMetadata;
import io.paodin.monitoring.api.v1alpha1.ClaimTemplate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Where a component keeps its data: a claim for each pod, or, without one, a directory that goes with the pod. */
public record DataVolume(String name, EmptyDirVolumeSource emptyDir, Claim claim) {

    private static final String NAME = "data";
    private static final String API_VERSION = "v1";
    private static final String KIND = "PersistentVolumeClaim";

    /** What each pod's PersistentVolumeClaim is made from. */
    public record Claim(Map<String, String> labels, Map<String, String> annotations, PersistentVolumeClaimSpec spec) {}

    static DataVolume of(io.paodin.monitoring.api.v1alpha1.DataVolume spec, String path, Findings findings) {
        if (spec != null && spec.pvc != null) {
            return ofClaim(spec.pvc, path + ".pvc", findings);
        }
        if (spec != null && spec.emptyDir != null && spec.emptyDir.getSizeLimit() != null) {
            Quantities.check(path + ".emptyDir.sizeLimit", spec.emptyDir.getSizeLimit(), findings);
        }
        var emptyDir = spec == null || spec.emptyDir == null ? new EmptyDirVolumeSource() : spec.emptyDir;
        return new DataVolume(NAME, emptyDir, null);
    }

    private static DataVolume ofClaim(ClaimTemplate template, String path, Findings findings) {
        var spec = template.spec == null ? new PersistentVolumeClaimSpec() : template.spec;
        var resources = spec.getResources();
        if (resources == null
                || resources.getRequests() == null
                || resources.getRequests().get("storage") == null) {
            findings.add(path + ".spec.resources.requests.storage", "is missing: give a size, such as 10Gi");
        } else {
            Quantities.check(path + ".spec.resources", resources.getRequests(), resources.getLimits(), findings);
        }
        if (spec.getAccessModes() == null || spec.getAccessModes().isEmpty()) {
            spec = new PersistentVolumeClaimSpecBuilder(spec)
                    .withAccessModes(List.of("ReadWriteOnce"))
                    .build();
        }
        if (!orElse(template.apiVersion, API_VERSION).equals(API_VERSION)
                || !orElse(template.kind, KIND).equals(KIND)) {
            findings.add(path, "must be a PersistentVolumeClaim of v1: remove apiVersion and kind");
        }
        var metadata = orElse(template.metadata, new ClaimMetadata());
        var name = orElse(metadata.name, NAME);
        findings.unlessMatches(path + ".metadata.name", name, Form.DNS_LABEL);
        if (name.equals(StorageAccess.VOLUME)) {
            findings.add(path + ".metadata.name", "is the name of another volume of the pod: choose another");
        }
        findings.unlessLabels(path + ".metadata.labels", metadata.labels);
        findings.unlessKeys(path + ".metadata.annotations", metadata.annotations);
        return new DataVolume(name, null, new Claim(sorted(metadata.labels), sorted(metadata.annotations), spec));
    }

    private static Map<String, String> sorted(Map<String, String> entries) {
        return entries == null ? Map.of() : new TreeMap<>(entries);
    }
}
