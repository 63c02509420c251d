package io.paodin.monitoring.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** How the routers translate what is written to them by OTLP. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public class OtlpOptions {
    @JsonPropertyDescription("Whether the attributes of a resource become a series target_info of their own. Becomes "
            + "--receive.otlp-enable-target-info. Default: Thanos' own, true.")
    public Boolean enableTargetInfo;

    @JsonPropertyDescription("Attributes of a resource that become labels of each of its series, such as "
            + "service.namespace. Becomes --receive.otlp-promote-resource-attributes, once for each. Default: none.")
    @Size(max = 100)
    public List<@Size(min = 1, max = 256) String> promoteResourceAttributes;
}
