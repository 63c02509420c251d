package io.paodin.monitoring.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Map;

/** What the routers refuse of what is written to them. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
        value = "!(has(self.default) && has(self.default.headSeriesLimit)) "
                + "&& !(has(self.tenants) && self.tenants.exists(t, has(self.tenants[t].headSeriesLimit))) "
                + "|| (has(self.global) && has(self.global.metaMonitoringUrl))",
        message = "headSeriesLimit needs something that knows the number of series: set global.metaMonitoringUrl")
public class RouterLimits {
    @JsonPropertyDescription("What holds for all tenants together. Default: no limit.")
    public GlobalLimits global;

    @JsonProperty("default")
    @JsonPropertyDescription("What each tenant is limited to that has no limit of its own. Default: no limit.")
    public WriteLimits defaults;

    @JsonPropertyDescription(
            "The limits of single tenants, by id: what is left out here is as in default. The tenant is "
                    + "that of the request, whatever splitTenantLabelName makes of it. Default: none.")
    @Size(max = 500)
    public Map<String, WriteLimits> tenants;
}
