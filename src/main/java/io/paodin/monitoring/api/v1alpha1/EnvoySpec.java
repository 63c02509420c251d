package io.paodin.monitoring.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.ResourceRequirements;

/** The proxy beside Query, through which stores behind TLS are reached. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public class EnvoySpec {
    @JsonPropertyDescription("Image of Envoy, 1.37 or newer. Default: the operator's.")
    @Pattern(Patterns.IMAGE)
    @Size(min = 1, max = 512)
    public String image;

    @JsonPropertyDescription("Processor and memory that the proxy container asks for and is limited to. Default: none.")
    public ResourceRequirements resources;
}
