package io.paodin.monitoring.apply;

import java.util.List;
import java.util.stream.Collectors;

/** Some objects could not be applied for a reason that may pass. */
public class ApplyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ApplyException(List<Applied> failed) {
        super(message(failed), failed.get(0).failure());
        failed.stream().skip(1).forEach(applied -> addSuppressed(applied.failure()));
    }

    private static String message(List<Applied> failed) {
        return failed.stream()
                .map(applied -> "%s %s: %s".formatted(applied.kind(), applied.name(), applied.message()))
                .collect(Collectors.joining("; "));
    }
}
