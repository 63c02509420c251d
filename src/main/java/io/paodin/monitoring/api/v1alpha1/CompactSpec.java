package io.paodin.monitoring.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.ValidationRule;

/** Thanos Compactor, a StatefulSet. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
        value = "!has(self.replicas) || self.replicas <= 1",
        message = "only one compactor may work on a bucket: set compact.replicas to 1, or to 0 to stop it")
public class CompactSpec extends ComponentSpec {
    @JsonPropertyDescription(
            "Whether to make no downsampled copies of old blocks. Becomes --downsampling.disable. " + "Default: false.")
    public Boolean downsamplingDisable;

    @JsonPropertyDescription("How long blocks stay in the bucket, by resolution. Default: forever.")
    public RetentionSpec retention;

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
