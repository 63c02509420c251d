package io.paodin.monitoring.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** How the compactor merges blocks that hold the same series. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public class DeduplicationSpec {
    @JsonPropertyDescription(
            "Whether to merge at all. Once done it cannot be undone. Default: true if the replication factor "
                    + "is greater than 1 or replicaLabels is given, else false.")
    public Boolean enabled;

    @JsonPropertyDescription(
            "Labels by which copies of the same series differ; they are lost in the merged blocks. Becomes "
                    + "--deduplication.replica-label, once for each. Default: receive_replica.")
    @Size(min = 1, max = 20)
    public List<@Pattern(Patterns.LABEL_NAME) @Size(min = 1, max = 128) String> replicaLabels;

    @JsonPropertyDescription(
            "How samples are merged: one-to-one for copies of the same samples, as a hashring makes them; "
                    + "penalty for samples of two Prometheus servers that scrape the same targets. Becomes "
                    + "--deduplication.func. Default: one-to-one.")
    public DeduplicationFunction func;
}
