package io.paodin.monitoring.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.Map;

/** Labels and annotations of a component's pods. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public class PodMetadata {
    @JsonPropertyDescription("More labels of the pods. They never are in a selector, and the operator's own cannot be "
            + "given. Default: none.")
    @Size(max = 50)
    public Map<String, @Size(max = 63) String> labels;

    @JsonPropertyDescription("More annotations of the pods; the operator's own cannot be given. Default: none.")
    @Size(max = 50)
    public Map<String, @Size(max = 4096) String> annotations;
}
