package io.paodin.monitoring.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.crd.generator.annotation.PreserveUnknownFields;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
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

    @JsonPropertyDescription("Labels and annotations of the pods, beside the operator's own. Default: none.")
    public PodMetadata podMetadata;

    @JsonPropertyDescription(
            "What the pods run as. Each field given here replaces the operator's; the others stay. Default: "
                    + "runAsNonRoot, the RuntimeDefault seccomp profile, fsGroupChangePolicy OnRootMismatch, and the "
                    + "operator's setting paodin.pod-user as user and volume group.")
    public PodSecurityContext securityContext;

    @JsonPropertyDescription("The ServiceAccount of the pods, which must exist; none is made then. Its token is not "
            + "mounted. Default: an account of the component's own, named like its workload.")
    @Pattern(Patterns.DNS_NAME)
    @Size(min = 1, max = 253)
    public String serviceAccountName;

    @JsonPropertyDescription("The PriorityClass of the pods, which must exist. Default: that of the cluster.")
    @Pattern(Patterns.DNS_NAME)
    @Size(min = 1, max = 253)
    public String priorityClassName;

    @JsonPropertyDescription("How the pods are spread over zones, nodes or other groups of nodes. A constraint without "
            + "labelSelector is about the pods of this component. Default: none; see affinity.")
    @Size(max = 20)
    public List<TopologySpreadConstraint> topologySpreadConstraints;

    @JsonPropertyDescription("Seconds that a pod has to end: to finish requests, and to write and upload what an "
            + "ingestor holds. --http-grace-period and --grpc-grace-period follow it. Default: 120, for an "
            + "ingestor 900.")
    @Min(10)
    @Max(86400)
    public Integer terminationGracePeriodSeconds;

    @JsonPropertyDescription(
            "A pod template (spec.containers and so on) that is merged onto the operator's, for what has "
                    + "no field of its own. Containers, init containers, volumes and variables are merged by name, mounts by "
                    + "mountPath, devices by devicePath, ports by number; any other list or value replaces, and null says "
                    + "nothing. Fields that do not exist are refused, and so is what the operator relies on. Default: none.")
    @PreserveUnknownFields
    public JsonNode podTemplate;

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
