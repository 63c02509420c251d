package io.paodin.monitoring.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.Toleration;
import java.util.List;
import java.util.Map;

/** What can be set for the pods of every component. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public abstract class ComponentSpec {
    @JsonPropertyDescription("Image of Thanos. Its tag tells the version; 0.42 is the oldest supported. Default: "
            + "defaultFields.image, then the operator's setting paodin.images.thanos.")
    @Pattern(Patterns.IMAGE)
    @Size(min = 1, max = 512)
    public String image;

    @JsonPropertyDescription(
            "The least severe level that is logged. Becomes --log.level. Default: defaultFields.logLevel, "
                    + "then Thanos' own, info.")
    public LogLevel logLevel;

    @JsonPropertyDescription(
            "How the log is written. Becomes --log.format. Default: defaultFields.logFormat, then Thanos' "
                    + "own, logfmt.")
    public LogFormat logFormat;

    @JsonPropertyDescription(
            "When images are pulled. Default: defaultFields.imagePullPolicy, then what Kubernetes takes, "
                    + "Always for the tag latest and IfNotPresent otherwise.")
    public ImagePullPolicy imagePullPolicy;

    @JsonPropertyDescription("Secrets with the credentials of the registry, in the resource's namespace, by name. Not "
            + "merged with those of defaultFields: a list here replaces that one. Default: "
            + "defaultFields.imagePullSecrets.")
    @Size(max = 20)
    public List<LocalObjectReference> imagePullSecrets;

    @JsonPropertyDescription(
            "Where pods may run, relative to nodes and other pods. Replaces the default, which prefers to "
                    + "keep the replicas of a component on different nodes.")
    public Affinity affinity;

    @JsonPropertyDescription("Labels that a node must have for the pods to run there. Default: none.")
    @Size(max = 50)
    public Map<String, @Size(max = 63) String> nodeSelector;

    @JsonPropertyDescription("Taints that the pods tolerate. Default: none.")
    @Size(max = 50)
    public List<Toleration> tolerations;

    @JsonPropertyDescription(
            "Processor and memory that the Thanos container asks for and is limited to. Default: none.")
    public ResourceRequirements resources;

    @JsonPropertyDescription("How many pods. For query, router and storeGateway: if unset, one at first, and the count "
            + "then belongs to an autoscaler or kubectl scale. For an ingestor and compact: 1 if unset, "
            + "always enforced; compact takes 0 or 1. 0 stops the component and keeps its data; a hashring needs at least as many "
            + "members as the replication factor.")
    @Min(0)
    @Max(1000)
    public Integer replicas;

    @JsonPropertyDescription(
            "More flags of Thanos for the container, in this order, for what has no field of its own. A "
                    + "flag that the operator sets itself cannot be given. Default: none.")
    @Size(max = 100)
    public List<AdditionalArg> additionalArgs;
}
