package io.paodin.monitoring.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;

/** What the operator has found and done. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public class ThanosStatus {
    @JsonPropertyDescription("The newest generation of the resource that this status describes.")
    public Long observedGeneration;

    @JsonPropertyDescription(
            "The state as conditions Ready, Progressing and Degraded, each with a reason and a message.")
    @Size(max = 16)
    public List<Condition> conditions;

    @JsonPropertyDescription("The components' workloads, each with how many of its pods are wanted, ready and updated.")
    @Size(max = 200)
    public List<ComponentStatus> components;

    @JsonPropertyDescription("The hashrings of receive and whether their members are those that are wanted.")
    @Size(max = 101)
    public List<HashringStatus> hashrings;

    @JsonPropertyDescription("The external stores of query.")
    @Size(max = 100)
    public List<StoreStatus> stores;

    @JsonPropertyDescription("Where clients inside the cluster reach this Thanos.")
    public EndpointsStatus endpoints;
}
