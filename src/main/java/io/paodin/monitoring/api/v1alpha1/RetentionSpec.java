package io.paodin.monitoring.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;

/** How long blocks stay in the bucket, by resolution. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public class RetentionSpec {
    @JsonPropertyDescription(
            "How long blocks of raw samples stay, as a duration of Prometheus (30d, 2y); 0d is forever. "
                    + "Becomes --retention.resolution-raw. Default: 0d.")
    @Pattern(Patterns.DURATION)
    @Size(min = 1, max = 32)
    public String retentionRaw;

    @JsonPropertyDescription(
            "How long blocks of 5 minutes' resolution stay, as a duration of Prometheus (30d, 2y); 0d is "
                    + "forever. Becomes --retention.resolution-5m. Default: 0d.")
    @Pattern(Patterns.DURATION)
    @Size(min = 1, max = 32)
    public String retention5m;

    @JsonPropertyDescription(
            "How long blocks of 1 hour's resolution stay, as a duration of Prometheus (30d, 2y); 0d is "
                    + "forever. Becomes --retention.resolution-1h. Default: 0d.")
    @Pattern(Patterns.DURATION)
    @Size(min = 1, max = 32)
    public String retention1h;
}
