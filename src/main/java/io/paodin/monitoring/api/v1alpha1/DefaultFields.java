package io.paodin.monitoring.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import java.util.List;

/** Fields that every component inherits unless it sets them itself. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public class DefaultFields {
    @JsonPropertyDescription(
            "Image of Thanos of every component. Its tag tells the version; 0.42 is the oldest supported. "
                    + "Default: the operator's setting paodin.images.thanos.")
    @Pattern(Patterns.IMAGE)
    @Size(min = 1, max = 512)
    public String image;

    @JsonPropertyDescription("The least severe level that is logged. Becomes --log.level. Default: Thanos' own, info.")
    public LogLevel logLevel;

    @JsonPropertyDescription("How the log is written. Becomes --log.format. Default: Thanos' own, logfmt.")
    public LogFormat logFormat;

    @JsonPropertyDescription("When images are pulled. Default: what Kubernetes takes, Always for the tag latest and "
            + "IfNotPresent otherwise.")
    public ImagePullPolicy imagePullPolicy;

    @JsonPropertyDescription(
            "Secrets with the credentials of the registry, in the resource's namespace, by name. Default: " + "none.")
    @Size(max = 20)
    public List<LocalObjectReference> imagePullSecrets;
}
