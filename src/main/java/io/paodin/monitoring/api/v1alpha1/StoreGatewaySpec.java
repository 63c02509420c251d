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
            "The Secret key with the object storage configuration in Thanos' YAML format of the bucket "
                    + "that is served. Becomes --objstore.config-file. Default: spec.objectStorageConfig.")
    public SecretKey objectStorageConfig;

    @JsonPropertyDescription(
            "The volume for index headers and caches, mounted at the directory of --data-dir. Default: an "
                    + "emptyDir, which is lost with the pod.")
    public DataVolume dataVolume;
}
