package io.paodin.monitoring.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** A user name and a password that are sent with each request. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public class BasicAuth {
    @JsonPropertyDescription("The Secret key with the name of the user. A line break at the end is left out.")
    @Required
    public SecretKey username;

    @JsonPropertyDescription("The Secret key with the password. A line break at the end is left out.")
    @Required
    public SecretKey password;
}
