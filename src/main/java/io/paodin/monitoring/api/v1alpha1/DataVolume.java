package io.paodin.monitoring.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.EmptyDirVolumeSource;

/** The volume for a component's data. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
        value = "!has(self.persistentVolumeClaimRetentionPolicy) || has(self.pvc)",
        message = "persistentVolumeClaimRetentionPolicy has no effect without pvc: give pvc, or remove it")
public class DataVolume {
    @JsonPropertyDescription("A directory of the node that is lost with the pod. Used if pvc is absent.")
    public EmptyDirVolumeSource emptyDir;

    @JsonPropertyDescription("A claim for each pod, which outlives it. Takes precedence over emptyDir.")
    public ClaimTemplate pvc;

    @JsonPropertyDescription("When the claims are deleted, and the data with them. Only with pvc. Default: never.")
    public ClaimRetentionPolicy persistentVolumeClaimRetentionPolicy;
}
