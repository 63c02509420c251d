package io.paodin.monitoring.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;

/** Limits of all tenants together. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public class GlobalLimits {
    @JsonPropertyDescription("How many write requests a router works on at a time; more have to wait. Giving the first "
            + "limit or removing it restarts the routers, another number does not. Becomes max_concurrency. Default: "
            + "any number.")
    @Min(1)
    @Max(1_000_000)
    public Integer maxConcurrency;

    @JsonPropertyDescription(
            "Where the routers ask for the number of series of each tenant, every 15 seconds: the address of a Query "
                    + "or Prometheus that scrapes the ingestors, without credentials, since it stands in a ConfigMap. "
                    + "Needed for headSeriesLimit. Becomes meta_monitoring_url. Default: none.")
    @Pattern(Patterns.HTTP_URL)
    @Size(min = 8, max = 1024)
    public String metaMonitoringUrl;

    @JsonPropertyDescription(
            "The query that is asked there; its result has the number of series of each tenant, which stands in the "
                    + "label tenant. Becomes meta_monitoring_limit_query. Default: Thanos' own, "
                    + "sum(prometheus_tsdb_head_series) by (tenant).")
    @Size(min = 1, max = 4096)
    public String metaMonitoringLimitQuery;
}
