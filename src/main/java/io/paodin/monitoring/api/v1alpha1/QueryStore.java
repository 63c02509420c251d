package io.paodin.monitoring.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** StoreAPIs outside of the resource that are reached in the same way. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
        value = "!has(self.caSecret) || self.addresses.all(a, !a.contains('+'))",
        message = "a store with caSecret takes only plain host:port addresses: leave out dns+, dnssrv+ and dnssrvnoa+, "
                + "and make one entry for each distinct server")
public class QueryStore {
    @JsonPropertyDescription("Identity of this entry in the status and for its proxy. Unique among stores. Default: "
            + "derived from the first address.")
    @Pattern(Patterns.DNS_LABEL)
    @Size(min = 1, max = 63)
    public String name;

    @JsonPropertyDescription(
            "Addresses as host:port. With dns+ in front, all addresses that the host resolves to; with "
                    + "dnssrv+ or dnssrvnoa+ in front, the targets of a DNS SRV record, for which the port is not "
                    + "needed. Each address is a target of the file of --endpoint.sd-config-file.")
    @Required
    @Size(min = 1, max = 50)
    public List<@Pattern(Patterns.STORE_ADDRESS) @Size(min = 1, max = 320) String> addresses;

    @JsonPropertyDescription("The Secret key with the certificates (PEM) of the authority that signed the stores' "
            + "certificates. Its presence means TLS, through the proxy. Default: no TLS.")
    public SecretKey caSecret;
}
