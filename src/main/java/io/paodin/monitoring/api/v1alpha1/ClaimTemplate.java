package io.paodin.monitoring.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimSpec;

/** The claim that is made for each pod: the parts of a PersistentVolumeClaim that a user can set. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public class ClaimTemplate {
    @JsonPropertyDescription("As in a PersistentVolumeClaim; only v1. Default: v1.")
    @Pattern("^v1$")
    public String apiVersion;

    @JsonPropertyDescription("As in a PersistentVolumeClaim. Default: PersistentVolumeClaim.")
    @Pattern("^PersistentVolumeClaim$")
    public String kind;

    @JsonPropertyDescription("Name, labels and annotations of the claims.")
    public ClaimMetadata metadata;

    @JsonPropertyDescription("The claims' specification. resources.requests.storage is needed; accessModes defaults to "
            + "ReadWriteOnce.")
    @Required
    @ValidationRule(
            value = "has(self.resources) && has(self.resources.requests) && 'storage' in self.resources.requests",
            message = "a claim needs a size: set resources.requests.storage")
    public PersistentVolumeClaimSpec spec;
}
