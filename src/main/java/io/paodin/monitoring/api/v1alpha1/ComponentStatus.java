package io.paodin.monitoring.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** One workload and how many of its pods are as they should be. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public class ComponentStatus {
    @JsonPropertyDescription("The component, for example query, receive-router or receive-ingestor-a.")
    @Required
    public String name;

    @JsonPropertyDescription("The kind of its workload: Deployment or StatefulSet.")
    public String kind;

    @JsonPropertyDescription("The name of its workload.")
    public String object;

    @JsonPropertyDescription("How many pods are wanted.")
    public Integer desired;

    @JsonPropertyDescription("How many pods are ready.")
    public Integer ready;

    @JsonPropertyDescription("How many pods have the newest template.")
    public Integer updated;

    @JsonPropertyDescription("The image of Thanos that is wanted.")
    public String image;

    @JsonPropertyDescription("The version of Thanos, by the image's tag.")
    public String version;
}
