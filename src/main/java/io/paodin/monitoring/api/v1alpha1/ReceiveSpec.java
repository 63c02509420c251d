package io.paodin.monitoring.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** Thanos Receive: one router and any number of ingestors. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public class ReceiveSpec {
    @JsonPropertyDescription(
            "The entrance for remote write: finds the ingestors of a tenant and replicates to them. It "
                    + "exists whenever receive does. Default: one with default settings.")
    public RouterSpec router;

    @JsonPropertyDescription(
            "Takes a member that has not been ready for this time out of its hashring until it is ready again, a duration of "
                    + "Prometheus such as 1h: one of each hashring, if as many as the replication factor stay. The series that "
                    + "it had go to others, which have to hold them in memory, and come back with it. Default: never; it comes "
                    + "back with what it holds.")
    @Pattern(Patterns.DURATION)
    @Size(min = 1, max = 32)
    public String excludeUnreadyAfter;

    @JsonPropertyDescription(
            "Groups of pods that keep samples, each a StatefulSet. Those with tenants have a hashring of "
                    + "their own, all others share the hashring for every other tenant. Names are unique, and no "
                    + "tenant belongs to two ingestors.")
    @Required
    @Size(max = 100)
    @ValidationRule(
            value = "size(self) > 0",
            message = "receive needs at least one ingestor: add one to spec.receive.ingestors, or remove spec.receive")
    public List<IngestorSpec> ingestors;
}
