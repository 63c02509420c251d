package io.paodin.monitoring.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** Where clients inside the cluster reach this Thanos. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public class EndpointsStatus {
    @JsonPropertyDescription("Base URL of the query API, for example for a Grafana data source. Absent without query.")
    public String query;

    @JsonPropertyDescription("URL for Prometheus' remote_write. Absent without receive.")
    public String remoteWrite;
}
