package io.paodin.monitoring.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.SecurityContext;

/** The proxy beside Query, through which stores behind TLS are reached. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public class EnvoySpec {
    @JsonPropertyDescription("Image of Envoy. Its tag tells the version; 1.37 is the oldest supported. Default: the "
            + "operator's setting paodin.images.envoy.")
    @Pattern(Patterns.IMAGE)
    @Size(min = 1, max = 512)
    public String image;

    @JsonPropertyDescription("Processor and memory that the proxy container asks for and is limited to. Of the memory "
            + "limit, 85 % is for the heap; without one the heap may have 512 MiB. Default: none.")
    public ResourceRequirements resources;

    @JsonPropertyDescription("The least severe level that the proxy logs. Becomes --log-level. Default: info.")
    public LogLevel logLevel;

    @JsonPropertyDescription("How many threads serve connections. Becomes --concurrency. Default: 2.")
    @Min(1)
    @Max(64)
    public Integer concurrency;

    @JsonPropertyDescription(
            "The proxy container's security context. Each field that is set replaces the operator's: no "
                    + "privilege escalation, a read-only root file system, no capabilities. The rest is that of the pod.")
    public SecurityContext securityContext;
}
