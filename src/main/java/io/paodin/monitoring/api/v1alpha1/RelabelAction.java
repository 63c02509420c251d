package io.paodin.monitoring.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** What a step of relabeling does. */
public enum RelabelAction {
    /** Writes a label if the text matches. */
    @JsonProperty("replace")
    REPLACE,
    /** Drops series whose text does not match. */
    @JsonProperty("keep")
    KEEP,
    /** Drops series whose text matches. */
    @JsonProperty("drop")
    DROP,
    /** Drops series whose text is not the value of the target label. */
    @JsonProperty("keepequal")
    KEEPEQUAL,
    /** Drops series whose text is the value of the target label. */
    @JsonProperty("dropequal")
    DROPEQUAL,
    /** Writes the remainder of a hash. */
    @JsonProperty("hashmod")
    HASHMOD,
    /** Copies labels whose name matches. */
    @JsonProperty("labelmap")
    LABELMAP,
    /** Removes labels whose name matches. */
    @JsonProperty("labeldrop")
    LABELDROP,
    /** Removes labels whose name does not match. */
    @JsonProperty("labelkeep")
    LABELKEEP,
    /** Writes the text in lower case. */
    @JsonProperty("lowercase")
    LOWERCASE,
    /** Writes the text in upper case. */
    @JsonProperty("uppercase")
    UPPERCASE,
    /** What an older definition let through: the resource is still read, and refused by itself. */
    UNKNOWN;

    @JsonCreator
    static RelabelAction of(String value) {
        return EnumValue.of(RelabelAction.class, value).orElse(UNKNOWN);
    }

    /** The value as it is written in a resource. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
