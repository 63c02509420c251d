package io.paodin.monitoring.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** One address of a store and how it is reached. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public class StoreAddressStatus {
    @JsonPropertyDescription("The address as given.")
    @Required
    public String address;

    @JsonPropertyDescription(
            "The proxy's port for it on 127.0.0.1 in the query pods; absent if it is reached directly, or "
                    + "not at all.")
    public Integer listenerPort;

    @JsonPropertyDescription(
            "What became of the proxy's connections to it: Established, WrongName, Untrusted, Refused, "
                    + "Denied or Unreachable; absent if it is reached directly, or nobody has asked yet.")
    public StoreConnection connection;
}
