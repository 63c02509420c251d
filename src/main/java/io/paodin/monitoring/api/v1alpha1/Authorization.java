package io.paodin.monitoring.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** Credentials that are sent with each request, in the header Authorization. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
        value = "!has(self.type) || self.type.lowerAscii() != 'basic'",
        message = "the type Basic has a field of its own: set basicAuth instead of authorization")
public class Authorization {
    @JsonPropertyDescription("What stands before the credentials. Default: Bearer.")
    @Pattern(Patterns.AUTH_SCHEME)
    @Size(min = 1, max = 64)
    public String type;

    @JsonPropertyDescription("The Secret key with the token. White space around it is left out.")
    @Required
    public SecretKey credentials;
}
