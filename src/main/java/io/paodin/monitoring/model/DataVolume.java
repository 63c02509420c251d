package io.paodin.monitoring.model;

import static io.paodin.monitoring.model.Defaults.orElse;

import io.fabric8.kubernetes.api.model.EmptyDirVolumeSource;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimSpec;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimSpecBuilder;
import io.paodin.monitoring.api.v1alpha1.ClaimMetadata;
import io.paodin.monitoring.api.v1alpha1.ClaimRetention;
import io.paodin.monitoring.api.v1alpha1.ClaimRetentionPolicy;
import io.paodin.monitoring.api.v1alpha1.ClaimTemplate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Where a component keeps its data: a claim for each pod, or, without one, a directory that goes with the pod. */
public record DataVolume(String name, EmptyDirVolumeSource emptyDir, Claim claim) {

    private static final String NAME = "data";
    private static final String API_VERSION = "v1";
    private static final String KIND = "PersistentVolumeClaim";
    private static final String RETENTION_POLICY = "persistentVolumeClaimRetentionPolicy";

    /** What each pod's PersistentVolumeClaim is made from, and what becomes of it. */
    public record Claim(
            Map<String, String> labels,
            Map<String, String> annotations,
            PersistentVolumeClaimSpec spec,
            Retention retention) {}

    /** Retain or Delete, each. Both are always rendered, so that what has been Delete once does not stay so. */
    public record Retention(String whenDeleted, String whenScaled) {

        static Retention of(ClaimRetentionPolicy given, String path, Findings findings) {
            var policy = orElse(given, new ClaimRetentionPolicy());
            findings.unlessKnown(path + ".whenDeleted", policy.whenDeleted, ClaimRetention.UNKNOWN);
            findings.unlessKnown(path + ".whenScaled", policy.whenScaled, ClaimRetention.UNKNOWN);
            return new Retention(
                    orElse(policy.whenDeleted, Defaults.CLAIM_RETENTION).toString(),
                    orElse(policy.whenScaled, Defaults.CLAIM_RETENTION).toString());
        }
    }

    static DataVolume of(io.paodin.monitoring.api.v1alpha1.DataVolume spec, String path, Findings findings) {
        if (spec != null && spec.pvc != null) {
            var retention =
                    Retention.of(spec.persistentVolumeClaimRetentionPolicy, path + "." + RETENTION_POLICY, findings);
            return ofClaim(spec.pvc, retention, path + ".pvc", findings);
        }
        if (spec != null && spec.persistentVolumeClaimRetentionPolicy != null) {
            findings.add(path + "." + RETENTION_POLICY, "has no effect without pvc: give pvc, or remove it");
        }
        if (spec != null && spec.emptyDir != null && spec.emptyDir.getSizeLimit() != null) {
            Quantities.check(path + ".emptyDir.sizeLimit", spec.emptyDir.getSizeLimit(), findings);
        }
        var emptyDir = spec == null || spec.emptyDir == null ? new EmptyDirVolumeSource() : spec.emptyDir;
        return new DataVolume(NAME, emptyDir, null);
    }

    private static DataVolume ofClaim(ClaimTemplate template, Retention retention, String path, Findings findings) {
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
        var claim = new Claim(sorted(metadata.labels), sorted(metadata.annotations), spec, retention);
        return new DataVolume(name, null, claim);
    }

    private static Map<String, String> sorted(Map<String, String> entries) {
        return entries == null ? Map.of() : new TreeMap<>(entries);
    }
}
