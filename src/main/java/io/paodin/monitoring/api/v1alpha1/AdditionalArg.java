package io.paodin.monitoring.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** One flag of Thanos that has no field of its own. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public class AdditionalArg {
    @JsonPropertyDescription(
            "The flag's name without dashes, for example query.max-concurrent. A flag that the operator sets has "
                    + "a field of its own, or is not to be changed, and is refused here.")
    @Required
    @Pattern(Patterns.FLAG_NAME)
    @Size(min = 1, max = 128)
    public String name;

    @JsonPropertyDescription(
            "The flag's value, exactly as Thanos takes it; a flag without a value is turned on when it is absent or "
                    + "true, and off when it is false. A flag that Thanos accepts several times may be listed "
                    + "several times.")
    @Size(max = 8192)
    public String value;
}
