package io.paodin.monitoring.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;

/** When the kubelet pulls an image; the constants are written as Kubernetes writes them. */
public enum ImagePullPolicy {
    @JsonProperty("Always")
    ALWAYS("Always"),
    @JsonProperty("IfNotPresent")
    IF_NOT_PRESENT("IfNotPresent"),
    @JsonProperty("Never")
    NEVER("Never"),
    /** What an older definition let through: the resource is still read, and refused by itself. */
    UNKNOWN("unknown");

    private final String value;

    ImagePullPolicy(String value) {
        this.value = value;
    }

    @JsonCreator
    static ImagePullPolicy of(String value) {
        return EnumValue.of(ImagePullPolicy.class, value).orElse(UNKNOWN);
    }

    /** The value as it is written in a resource and in a pod. */
    @Override
    public String toString() {
        return value;
    }
}
