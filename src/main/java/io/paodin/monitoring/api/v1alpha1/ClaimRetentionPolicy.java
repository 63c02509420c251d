package io.paodin.monitoring.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** When the data of claims may be deleted; as the field of a StatefulSet. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public class ClaimRetentionPolicy {
    @JsonPropertyDescription(
            "What becomes of the claims, and so of the data, when the StatefulSet is deleted: with this "
                    + "resource, or because the component was taken out of it. Default: Retain.")
    public ClaimRetention whenDeleted;

    @JsonPropertyDescription(
            "What becomes of the claims, and so of the data, of pods that end because replicas was made "
                    + "smaller. Default: Retain.")
    public ClaimRetention whenScaled;
}
