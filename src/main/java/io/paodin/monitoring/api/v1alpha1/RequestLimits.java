package io.paodin.monitoring.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/** Limits of one write request. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public class RequestLimits {
    @JsonPropertyDescription("How many bytes it may have, compressed and also when it is not; 0 for any number. "
            + "Becomes size_bytes_limit. Default: for a tenant as in default, else no limit.")
    @Min(0)
    @Max(Integer.MAX_VALUE)
    public Integer sizeBytesLimit;

    @JsonPropertyDescription("How many series it may have; 0 for any number. Becomes series_limit. Default: for a "
            + "tenant as in default, else no limit.")
    @Min(0)
    @Max(Integer.MAX_VALUE)
    public Integer seriesLimit;

    @JsonPropertyDescription("How many samples it may have; 0 for any number. Becomes samples_limit. Default: for a "
            + "tenant as in default, else no limit.")
    @Min(0)
    @Max(Integer.MAX_VALUE)
    public Integer samplesLimit;
}
