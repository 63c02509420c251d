package io.paodin.monitoring.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** How a store is reached by TLS. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
        value = "has(self.cert) == has(self.keySecret)",
        message = "a client certificate has a key: set both cert and keySecret, or neither")
@ValidationRule(
        value = "!has(self.insecureSkipVerify) || !self.insecureSkipVerify "
                + "|| !has(self.ca) && !has(self.subjectAltNames)",
        message = "insecureSkipVerify verifies nothing: remove it, or ca and subjectAltNames")
@ValidationRule(
        value = "!has(self.minVersion) || !has(self.maxVersion) || self.minVersion <= self.maxVersion",
        message = "minVersion is newer than maxVersion: set an older one")
public class TlsConfig {
    @JsonPropertyDescription("The certificates (PEM) of the authorities that may have signed the store's certificate. "
            + "Default: caSecret, then the authorities that the image of Envoy trusts.")
    public SecretOrConfigMap ca;

    @JsonPropertyDescription("The certificate (PEM) that the store is shown, followed by those between it and its "
            + "authority. RSA of 2048 bits or more, or ECDSA. Default: none.")
    public SecretOrConfigMap cert;

    @JsonPropertyDescription("The private key (PEM, not encrypted) of cert. Default: none.")
    public SecretKey keySecret;

    @JsonPropertyDescription(
            "The name that is asked for (SNI and :authority), and that the store's certificate must have "
                    + "unless subjectAltNames says otherwise. Default: the host of each address.")
    @Pattern(Patterns.HOST)
    @Size(min = 1, max = 253)
    public String serverName;

    @JsonPropertyDescription("The store's certificate must have one of these names: DNS names, IP addresses or URIs. "
            + "Default: serverName.")
    @Size(min = 1, max = 20)
    public List<@Pattern(Patterns.SUBJECT_ALT_NAME) @Size(min = 1, max = 253) String> subjectAltNames;

    @JsonPropertyDescription("Whether any certificate of the store is accepted, so that nobody knows who answers. The "
            + "status and an event say so. Default: false.")
    public Boolean insecureSkipVerify;

    @JsonPropertyDescription("The oldest version of TLS that is accepted. Default: TLS12.")
    public TlsVersion minVersion;

    @JsonPropertyDescription("The newest version of TLS that is offered. Default: TLS13.")
    public TlsVersion maxVersion;
}
