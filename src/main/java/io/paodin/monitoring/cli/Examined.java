package io.paodin.monitoring.cli;

import io.paodin.monitoring.api.v1alpha1.Thanos;
import io.paodin.monitoring.model.Violation;
import java.util.List;

/**
 * A resource of a file with all that is wrong with it.
 *
 * @param thanos the resource; null if it could not be decoded, and then there are violations
 */
record Examined(String origin, String name, Thanos thanos, List<Violation> violations) {

    String title() {
        return origin + ": " + name;
    }
}
