package io.paodin.monitoring.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** A group of ingestors of Thanos Receive, a StatefulSet. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
        value = "self.name != 'soft' || !has(self.tenants) || size(self.tenants) == 0",
        message = "the name soft belongs to the hashring of the ingestors without tenants: "
                + "rename this ingestor, or remove its tenants")
@ValidationRule(
        value =
                "!has(self.tenantMatcher) || self.tenantMatcher != 'glob' || (has(self.tenants) && size(self.tenants) > 0)",
        message = "tenantMatcher glob has no tenants to match: list patterns in tenants, or remove tenantMatcher")
public class IngestorSpec extends ComponentSpec {
    @JsonPropertyDescription(
            "Identity of this group, part of the names of its objects. Unique among ingestors; another "
                    + "name is another group with other data.")
    @Required
    @Pattern(Patterns.DNS_LABEL)
    @Size(min = 1, max = 63)
    public String name;

    @JsonPropertyDescription(
            "The tenants whose samples this group keeps, and no other's: ids, or patterns if tenantMatcher is "
                    + "glob. Default: none, which makes it part of the hashring for every tenant that no group names.")
    @Size(max = 500)
    public List<@Pattern(Patterns.TENANT_OR_PATTERN) @Size(min = 1, max = 128) String> tenants;

    @JsonPropertyDescription(
            "How the tenants are written: exact, as ids, or glob, as patterns with *, ? and classes such as [a-z], "
                    + "as Go's filepath.Match reads them. An id goes before any pattern; patterns of two ingestors "
                    + "must not match the same id. Becomes tenant_matcher_type. Default: exact.")
    public TenantMatcher tenantMatcher;

    @JsonPropertyDescription(
            "How the series of the hashring are spread over its members: ketama moves one part in N of "
                    + "them when a member comes or goes, hashmod nearly all, which are then held twice for a while. All "
                    + "ingestors without tenants share a hashring, and so this. Becomes algorithm of the hashring. Default: "
                    + "ketama.")
    public HashringAlgorithm hashringAlgorithm;

    @JsonPropertyDescription("How long samples stay in the local storage, as a duration of Prometheus (1d, 2w, 1h30m). "
            + "With a bucket, blocks that are not uploaded yet stay longer. Becomes --tsdb.retention. "
            + "Default: Thanos' own, 15d.")
    @Pattern(Patterns.DURATION)
    @Size(min = 1, max = 32)
    public String localTsdbRetention;

    @JsonPropertyDescription("The time span of a new block, as a duration of Prometheus, 1m or more. Becomes "
            + "--tsdb.min-block-duration. Without object storage blocks are merged up to a tenth of the "
            + "retention, at most 31d, which becomes --tsdb.max-block-duration. Default: Thanos' own, 2h.")
    @Pattern(Patterns.DURATION)
    @Size(min = 1, max = 32)
    public String blockDuration;

    @JsonPropertyDescription(
            "How much older than the newest sample of its tenant a sample may be and still be taken, as a duration of "
                    + "Prometheus. Blocks with such samples overlap, so that the compactor has to merge them, which "
                    + "that of this resource then does. Becomes --tsdb.out-of-order.time-window. Default: Thanos' own, "
                    + "0s, none.")
    @Pattern(Patterns.DURATION)
    @Size(min = 1, max = 32)
    public String outOfOrderTimeWindow;

    @JsonPropertyDescription(
            "How far ahead of the pod's clock the time of a sample may be, as a duration of Prometheus; 0s for any "
                    + "time. A single sample from far in the future would keep all later ones from being taken. Becomes "
                    + "--tsdb.too-far-in-future.time-window. Default: 5m.")
    @Pattern(Patterns.DURATION)
    @Size(min = 1, max = 32)
    public String tooFarInFutureTimeWindow;

    @JsonPropertyDescription("How many exemplars are kept in memory for each tenant; 0 keeps none. Becomes "
            + "--tsdb.max-exemplars. Default: Thanos' own, 0.")
    @Min(0)
    @Max(100_000_000)
    public Integer maxExemplars;

    @JsonPropertyDescription(
            "Seconds for which a pod must be ready before the next one is updated. Default: 120 if the "
                    + "replication factor is greater than 1, else 0.")
    @Min(0)
    @Max(86400)
    public Integer minReadySeconds;

    @JsonPropertyDescription(
            "The Secret key with the object storage configuration in Thanos' YAML format to which this "
                    + "group uploads its blocks. Becomes --objstore.config-file. Default: spec.objectStorageConfig.")
    public SecretKey objectStorageConfig;

    @JsonPropertyDescription(
            "The volume for the samples, mounted at the directory of --tsdb.path. Default: an emptyDir, "
                    + "which is lost with the pod.")
    public DataVolume dataVolume;
}
