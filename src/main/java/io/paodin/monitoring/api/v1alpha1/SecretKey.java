package io.paodin.monitoring.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** One key of a Secret in the resource's namespace. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public class SecretKey {
    @JsonPropertyDescription("The Secret's name, in the namespace of this resource.")
    @Required
    @Pattern(Patterns.DNS_NAME)
    @Size(min = 1, max = 253)
    public String name;

    @JsonPropertyDescription("The key in the Secret.")
    @Required
    @Pattern(Patterns.SECRET_KEY)
    @Size(min = 1, max = 253)
    public String key;

    @JsonPropertyDescription("Not supported: what refers to a Secret needs it. Only false is accepted. Default: false.")
    @ValidationRule(
            value = "!self",
            message = "a Secret that may be missing is not supported: remove optional, or the whole reference")
    public Boolean optional;
}
