package io.paodin.monitoring.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** Thanos Compactor, a StatefulSet. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
        value = "!has(self.replicas) || self.replicas <= 1",
        message = "only one compactor may work on a bucket: set compact.replicas to 1, or to 0 to stop it")
public class CompactSpec extends ComponentSpec {
    @JsonPropertyDescription(
            "Whether to make no downsampled copies of old blocks. Becomes --downsampling.disable. Default: false.")
    public Boolean downsamplingDisable;

    @JsonPropertyDescription("How long blocks stay in the bucket, by resolution. Default: forever.")
    public RetentionSpec retention;

    @JsonPropertyDescription(
            "The merging of blocks that hold the same series. It changes the blocks and cannot be undone. "
                    + "Default: by receive_replica if the replication factor is greater than 1, else none.")
    public DeduplicationSpec deduplication;

    @JsonPropertyDescription("How long a block that is marked for deletion stays in the bucket, as a duration of "
            + "Prometheus. Shorter than the sync interval of a store gateway, it makes queries fail. Becomes "
            + "--delete-delay; half of it becomes --ignore-deletion-marks-delay of the store gateway. "
            + "Default: Thanos' own, 48h.")
    @Pattern(Patterns.DURATION)
    @Size(min = 1, max = 32)
    public String deleteDelay;

    @JsonPropertyDescription(
            "The age of a block, as a duration of Prometheus, from which on it is compacted: a younger one "
                    + "may not be uploaded as a whole yet. Becomes --consistency-delay. Default: Thanos' own, 30m.")
    @Pattern(Patterns.DURATION)
    @Size(min = 1, max = 32)
    public String consistencyDelay;

    @JsonPropertyDescription("How many groups of blocks are compacted at a time. Each needs its own space on the data "
            + "volume. Becomes --compact.concurrency. Default: Thanos' own, 1.")
    @Min(1)
    @Max(64)
    public Integer concurrency;

    @JsonPropertyDescription(
            "The Secret key with the object storage configuration in Thanos' YAML format of the bucket "
                    + "that is compacted. Only one compactor may work on a bucket. Becomes --objstore.config-file. "
                    + "Default: spec.objectStorageConfig.")
    public SecretKey objectStorageConfig;

    @JsonPropertyDescription(
            "The volume for blocks at work, mounted at the directory of --data-dir. Default: an emptyDir, "
                    + "which is lost with the pod.")
    public DataVolume dataVolume;
}
