package io.paodin.monitoring.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** One entry of query.stores. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public class StoreStatus {
    @JsonPropertyDescription("The entry's name, given or derived.")
    @Required
    public String name;

    @JsonPropertyDescription("Whether it is reached by TLS, through the proxy.")
    public Boolean secured;

    @JsonPropertyDescription("Its addresses.")
    @Size(max = 50)
    public List<StoreAddressStatus> addresses;

    @JsonPropertyDescription("What is wrong with it, if anything.")
    public String message;
}
