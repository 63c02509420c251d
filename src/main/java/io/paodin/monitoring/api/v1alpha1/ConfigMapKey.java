package io.paodin.monitoring.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** One key of a ConfigMap in the resource's namespace. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public class ConfigMapKey {
    @JsonPropertyDescription("The ConfigMap's name, in the namespace of this resource.")
    @Required
    @Pattern(Patterns.DNS_NAME)
    @Size(min = 1, max = 253)
    public String name;

    @JsonPropertyDescription("The key in the ConfigMap.")
    @Required
    @Pattern(Patterns.SECRET_KEY)
    @Size(min = 1, max = 253)
    public String key;
}
