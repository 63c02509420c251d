package io.paodin.monitoring.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.ValidationRule;

/** One key of a Secret or a ConfigMap in the resource's namespace. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
        value = "has(self.secret) != has(self.configMap)",
        message = "one of secret and configMap is needed: set exactly one")
public class SecretOrConfigMap {
    @JsonPropertyDescription("The key of a Secret. Default: none, then configMap is needed.")
    public SecretKey secret;

    @JsonPropertyDescription("The key of a ConfigMap. Default: none, then secret is needed.")
    public ConfigMapKey configMap;
}
