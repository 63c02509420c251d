package io.paodin.monitoring.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.ValidationRule;

/** What the user wants of one Thanos cluster; a component that is absent is not deployed. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
        value =
                "!has(self.storeGateway) || has(self.storeGateway.objectStorageConfig) || has(self.objectStorageConfig)",
        message = "storeGateway needs a bucket: set spec.objectStorageConfig or spec.storeGateway.objectStorageConfig")
@ValidationRule(
        value = "!has(self.compact) || has(self.compact.objectStorageConfig) || has(self.objectStorageConfig)",
        message = "compact needs a bucket: set spec.objectStorageConfig or spec.compact.objectStorageConfig")
public class ThanosSpec {
    @JsonPropertyDescription("Stops the operator from acting on this resource: nothing is created, changed or removed "
            + "until it is false again. The status is still reported. Default: false.")
    public Boolean paused;

    @JsonPropertyDescription("Fields that every component inherits unless it sets them itself.")
    public DefaultFields defaultFields;

    @JsonPropertyDescription(
            "The Secret key with the object storage configuration in Thanos' YAML format (type, config, "
                    + "prefix). Default for every component that needs a bucket; a component's own "
                    + "objectStorageConfig takes precedence. Becomes --objstore.config-file. Without it, and "
                    + "without one of its own, an ingestor keeps its data only locally.")
    public SecretKey objectStorageConfig;

    @JsonPropertyDescription(
            "Thanos Query: answers PromQL over ingestors, store gateway and external stores. Absent: not deployed.")
    public QuerySpec query;

    @JsonPropertyDescription("Thanos Receive: accepts remote write and keeps recent samples. Absent: not deployed.")
    public ReceiveSpec receive;

    @JsonPropertyDescription("Thanos Store Gateway: answers queries from the bucket. Absent: not deployed.")
    public StoreGatewaySpec storeGateway;

    @JsonPropertyDescription(
            "Thanos Compactor: compacts, downsamples and expires the blocks of the bucket. Absent: not " + "deployed.")
    public CompactSpec compact;
}
