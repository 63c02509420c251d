package io.paodin.monitoring.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.Map;

/** The metadata of a claim that a user can set. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public class ClaimMetadata {
    @JsonPropertyDescription(
            "First part of the claims' names, before the pod's name; also the volume's name. Default: " + "data.")
    @Pattern(Patterns.DNS_LABEL)
    @Size(min = 1, max = 63)
    public String name;

    @JsonPropertyDescription("Labels of the claims. Default: none.")
    @Size(max = 50)
    public Map<String, @Size(max = 63) String> labels;

    @JsonPropertyDescription("Annotations of the claims. Default: none.")
    @Size(max = 50)
    public Map<String, @Size(max = 4096) String> annotations;
}
