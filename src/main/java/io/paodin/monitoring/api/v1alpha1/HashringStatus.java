package io.paodin.monitoring.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** One hashring and whether its members are those that are wanted. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public class HashringStatus {
    @JsonPropertyDescription(
            "The hashring: the name of its ingestor, or soft for the one of all ingestors without " + "tenants.")
    @Required
    public String name;

    @JsonPropertyDescription("How many tenants it names; 0 for the hashring of all other tenants.")
    public Integer tenants;

    @JsonPropertyDescription("How many members are published.")
    public Integer members;

    @JsonPropertyDescription("How many members are wanted.")
    public Integer desired;

    @JsonPropertyDescription("How many of the pods are ready.")
    public Integer ready;

    @JsonPropertyDescription(
            "Stable: the hashring is as it is wanted. Growing: it waits for new members. Shrinking: members "
                    + "that are not wanted any more stop, one after another. Updating: its pods are replaced by those of a "
                    + "newer template, one after another.")
    public RingPhase phase;

    @JsonPropertyDescription("What is waited for.")
    public String message;
}
