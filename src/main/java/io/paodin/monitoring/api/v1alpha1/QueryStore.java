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
        value = "!has(self.caSecret) && !has(self.tlsConfig) || self.addresses.all(a, !a.contains('+'))",
        message =
                "a store with caSecret or tlsConfig takes only plain host:port addresses: leave out dns+, dnssrv+ and "
                        + "dnssrvnoa+, and make one entry for each distinct server")
@ValidationRule(
        value = "!has(self.strict) || !self.strict || self.addresses.all(a, !a.contains('+'))",
        message =
                "a strict store takes only plain host:port addresses: leave out dns+, dnssrv+ and dnssrvnoa+, or strict")
@ValidationRule(
        value = "!has(self.caSecret) || !has(self.tlsConfig) "
                + "|| !has(self.tlsConfig.ca) && (!has(self.tlsConfig.insecureSkipVerify) "
                + "|| !self.tlsConfig.insecureSkipVerify)",
        message = "caSecret is short for tlsConfig.ca.secret: remove it, or tlsConfig.ca and insecureSkipVerify")
@ValidationRule(
        value = "!has(self.authorization) && !has(self.basicAuth) || has(self.caSecret) || has(self.tlsConfig)",
        message = "credentials are sent by TLS only: set tlsConfig, which may be {}, or remove the credentials")
@ValidationRule(
        value = "!has(self.authorization) || !has(self.basicAuth)",
        message = "a request has one kind of credentials: remove authorization or basicAuth")
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

    @JsonPropertyDescription(
            "Short for tlsConfig.ca.secret: the Secret key with the certificates (PEM) of the authority "
                    + "that signed the stores' certificates. Its presence means TLS, through the proxy. Default: no TLS.")
    public SecretKey caSecret;

    @JsonPropertyDescription(
            "How the store is reached by TLS, through the proxy. Empty ({}): verified by the authorities "
                    + "that the image of Envoy trusts. Default: no TLS, unless there is caSecret.")
    public TlsConfig tlsConfig;

    @JsonPropertyDescription("A token that is sent with each request. Only with TLS. Default: none.")
    public Authorization authorization;

    @JsonPropertyDescription(
            "A user name and a password that are sent with each request. Only with TLS. Default: none.")
    public BasicAuth basicAuth;

    @JsonPropertyDescription("Whether the store is asked even while it does not answer, so that queries fail or warn "
            + "instead of leaving it out. Only for addresses without DNS prefix. Default: false.")
    public Boolean strict;
}
