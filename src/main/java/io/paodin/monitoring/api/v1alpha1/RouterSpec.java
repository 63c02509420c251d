package io.paodin.monitoring.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** The router of Thanos Receive, a Deployment. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
        value =
                "!has(self.tenantCertificateField) || (has(self.remoteWriteTls) && has(self.remoteWriteTls.clientCaSecret))",
        message = "tenantCertificateField needs writers with certificates: set remoteWriteTls.clientCaSecret")
public class RouterSpec extends ComponentSpec {
    @JsonPropertyDescription("How many ingestor pods keep each sample; every hashring needs at least as many members. "
            + "Becomes --receive.replication-factor. Default: 1.")
    @Min(1)
    @Max(10)
    public Integer replicationFactor;

    @JsonPropertyDescription("The HTTP header of a remote write request that names the tenant. Becomes "
            + "--receive.tenant-header. Default: THANOS-TENANT.")
    @Pattern(Patterns.HEADER_NAME)
    @Size(min = 1, max = 128)
    public String tenantHeader;

    @JsonPropertyDescription("The tenant of requests without that header, also of the ingestors. Becomes "
            + "--receive.default-tenant-id. Default: default-tenant.")
    @Pattern(Patterns.TENANT)
    @Size(min = 1, max = 128)
    public String defaultTenantId;

    @JsonPropertyDescription("The label that tells the tenant of a series; set on the ingestors, which add it. Becomes "
            + "--receive.tenant-label-name. Default: tenant_id.")
    @Pattern(Patterns.LABEL_NAME)
    @Size(min = 1, max = 128)
    public String tenantLabelName;

    @JsonPropertyDescription(
            "TLS of the port for remote write and OTLP; with it the address begins with https. All other "
                    + "ports stay as they are. Default: none, anybody who reaches the port can read along and write.")
    public RemoteWriteTls remoteWriteTls;

    @JsonPropertyDescription("The part of the writer's certificate that names the tenant, in place of a header. Needs "
            + "remoteWriteTls.clientCaSecret. Becomes --receive.tenant-certificate-field. Default: none, the "
            + "header names it.")
    public TenantCertificateField tenantCertificateField;

    @JsonPropertyDescription(
            "A label whose value is the tenant of a series, which goes before the header and is removed. With it every "
                    + "writer can write for every tenant. Becomes --receive.split-tenant-label-name. Default: none.")
    @Pattern(Patterns.LABEL_NAME)
    @Size(min = 1, max = 128)
    public String splitTenantLabelName;

    @JsonPropertyDescription(
            "How series are handed to the ingestors, which take both: protobuf, by gRPC, or capnproto, which costs "
                    + "less processor time, and is experimental. A change restarts the routers only. Becomes "
                    + "--receive.replication-protocol. Default: Thanos' own, protobuf.")
    public ReplicationProtocol replicationProtocol;

    @JsonPropertyDescription("How what is written by OTLP, to /api/v1/otlp, is translated. Default: as Thanos does.")
    public OtlpOptions otlp;

    @JsonPropertyDescription("What the routers refuse, in the words of Thanos' limits file. A change restarts nothing, "
            + "but for the first and the last of some limits. Becomes the file of --receive.limits-config-file. Default: "
            + "no limits.")
    public RouterLimits limits;

    @JsonPropertyDescription("What is done to the labels of each series before it is replicated, step by step, as with "
            + "write_relabel_configs of Prometheus. A change restarts the routers. Becomes --receive.relabel-config. "
            + "Default: nothing.")
    @Size(max = 100)
    public List<RelabelConfig> relabelConfigs;
}
