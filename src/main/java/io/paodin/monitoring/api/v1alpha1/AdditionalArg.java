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
            "The flag's value, exactly as Thanos takes it. A flag without a value is turned off by false. A flag that "
                    + "Thanos accepts several times may be listed several times. Default: true for a flag without a "
                    + "value; any other needs one.")
    @Size(max = 8192)
    public String value;
}
