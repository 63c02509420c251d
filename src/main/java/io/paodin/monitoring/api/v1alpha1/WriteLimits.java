package io.paodin.monitoring.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/** Limits of one tenant. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public class WriteLimits {
    @JsonPropertyDescription("How large a single write request may be; a larger one is refused with HTTP 413, and "
            + "Prometheus drops it. Default: for a tenant as in default, else no limit.")
    public RequestLimits request;

    @JsonPropertyDescription("How many series the tenant may have in the ingestors, as global.metaMonitoringUrl counts "
            + "them, which is with all their copies; above it writes are refused with HTTP 429, and Prometheus tries "
            + "again if it is told to. 0 for no limit. The first such limit, and the last, restart the routers. "
            + "Becomes head_series_limit. Default: for a tenant as in default, else no limit.")
    @Min(0)
    @Max(Integer.MAX_VALUE)
    public Integer headSeriesLimit;
}
