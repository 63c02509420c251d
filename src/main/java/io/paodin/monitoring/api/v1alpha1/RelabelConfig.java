package io.paodin.monitoring.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** One step of relabeling, as in Prometheus. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public class RelabelConfig {
    @JsonPropertyDescription(
            "Labels whose values are looked at, joined by separator. Default: none, which is the empty text.")
    @Size(max = 50)
    public List<@Size(min = 1, max = 256) String> sourceLabels;

    @JsonPropertyDescription("What stands between the values of sourceLabels. Default: a semicolon.")
    @Size(max = 128)
    public String separator;

    @JsonPropertyDescription(
            "The label that is written, or compared with. For replace it may refer to groups of regex. "
                    + "Default: none; replace, hashmod, lowercase, uppercase, keepequal and dropequal need it.")
    @Size(min = 1, max = 256)
    public String targetLabel;

    @JsonPropertyDescription(
            "What the whole text has to match, in the syntax of RE2: the values of sourceLabels, or for "
                    + "labelmap, labeldrop and labelkeep the name of a label, where it is needed. Default: (.*), any text.")
    @Size(max = 4096)
    public String regex;

    @JsonPropertyDescription("By what hashmod divides the hash. Default: none; hashmod needs it.")
    @Min(1)
    @Max(Integer.MAX_VALUE)
    public Integer modulus;

    @JsonPropertyDescription(
            "What replace writes, and labelmap makes the name of a label; $1 or ${1} is the first group "
                    + "of regex. Empty text removes the label. Default: $1.")
    @Size(max = 1024)
    public String replacement;

    @JsonPropertyDescription("What is done. Default: replace.")
    public RelabelAction action;
}
