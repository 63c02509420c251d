package io.paodin.monitoring.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** The TLS of the port for remote write. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public class RemoteWriteTls {
    @JsonPropertyDescription("The Secret key with the routers' certificate (PEM), followed by those between it and its "
            + "authority. A changed one is taken without a restart. Becomes --remote-write.server-tls-cert.")
    @Required
    public SecretKey certSecret;

    @JsonPropertyDescription(
            "The Secret key with the private key (PEM, not encrypted) of the certificate. The operator "
                    + "does not read it. Becomes --remote-write.server-tls-key.")
    @Required
    public SecretKey keySecret;

    @JsonPropertyDescription(
            "The Secret key with the certificates (PEM) of the authorities of the writers. With it, who "
                    + "has no certificate of theirs is not let in. A changed one restarts the routers. Becomes "
                    + "--remote-write.server-tls-client-ca. Default: none, everybody is let in.")
    public SecretKey clientCaSecret;

    @JsonPropertyDescription(
            "The oldest version of TLS that is accepted. Becomes --remote-write.server-tls-min-version. "
                    + "Default: Thanos' own, TLS13.")
    public TlsVersion minVersion;
}
