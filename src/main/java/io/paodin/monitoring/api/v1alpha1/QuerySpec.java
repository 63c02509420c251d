package io.paodin.monitoring.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;

/** Thanos Query, a Deployment. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public class QuerySpec extends ComponentSpec {
    @JsonPropertyDescription(
            "StoreAPIs outside of this resource to query, beside the resource's own components. A change "
                    + "restarts nothing. Becomes entries of the file of --endpoint.sd-config-file. Default: none.")
    @Size(max = 100)
    @ValidationRule(
            value = "self.all(s, !has(s.name) || self.exists_one(t, has(t.name) && t.name == s.name))",
            message = "two stores have the same name: give each its own, or leave names out")
    public List<QueryStore> stores;

    @JsonPropertyDescription("Labels that this Query announces to a Query above it, name to value. Becomes "
            + "--selector-label, once for each. Default: none.")
    @Size(max = 50)
    public Map<String, @Size(max = 1024) String> selectorLabels;

    @JsonPropertyDescription("Labels by which replicas of the same series differ, and which queries deduplicate away. "
            + "receive_replica is always added where receive or storeGateway exists. If it is the only one, the copies are "
            + "merged one to one, so that no sample is missing where a copy has a gap: set this to [] if no pairs of "
            + "Prometheus servers write. Becomes --query.replica-label, once for each. Default: prometheus_replica.")
    @Size(max = 20)
    public List<@Pattern(Patterns.LABEL_NAME) @Size(min = 1, max = 128) String> replicaLabels;

    @JsonPropertyDescription(
            "The proxy beside Query that speaks TLS to stores with caSecret or tlsConfig. It runs only "
                    + "if there is such a store.")
    public EnvoySpec envoy;
}
