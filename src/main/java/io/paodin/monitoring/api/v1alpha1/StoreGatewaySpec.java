package io.paodin.monitoring.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;

/** Thanos Store Gateway, a StatefulSet. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public class StoreGatewaySpec extends ComponentSpec {
    @JsonPropertyDescription(
            "Start of the time range that is served: a time (2024-01-01T00:00:00Z) or a duration relative "
                    + "to now (-6w). Becomes --min-time. Default: everything.")
    @Pattern(Patterns.TIME)
    @Size(min = 2, max = 40)
    public String minTime;

    @JsonPropertyDescription(
            "End of the time range that is served: a time (2024-01-01T00:00:00Z) or a duration relative "
                    + "to now (-2d). Becomes --max-time. Default: everything.")
    @Pattern(Patterns.TIME)
    @Size(min = 2, max = 40)
    public String maxTime;

    @JsonPropertyDescription(
            "How often the bucket is looked through for new and removed blocks, as a duration of Prometheus, "
                    + "1s or more. A new block is found after this time at the latest. Becomes --sync-block-duration. "
                    + "Default: Thanos' own, 15m.")
    @Pattern(Patterns.DURATION)
    @Size(min = 1, max = 32)
    public String syncBlockDuration;

    @JsonPropertyDescription(
            "Whether the index headers of blocks are loaded when a query needs them, and dropped when none "
                    + "has for a while, in place of all at the start. Saves memory and time where many blocks are seldom "
                    + "queried. Becomes --store.enable-index-header-lazy-reader. Default: false.")
    public Boolean enableIndexHeaderLazyReader;

    @JsonPropertyDescription(
            "The Secret key with the object storage configuration in Thanos' YAML format of the bucket "
                    + "that is served. Becomes --objstore.config-file. Default: spec.objectStorageConfig.")
    public SecretKey objectStorageConfig;

    @JsonPropertyDescription(
            "The volume for index headers and caches, mounted at the directory of --data-dir. Default: an "
                    + "emptyDir, which is lost with the pod.")
    public DataVolume dataVolume;
}
