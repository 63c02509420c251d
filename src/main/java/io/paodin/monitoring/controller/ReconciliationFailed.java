package io.paodin.monitoring.controller;

import io.paodin.monitoring.api.v1alpha1.ThanosStatus;
import io.paodin.monitoring.apply.ApplyException;
import java.util.Optional;

/** Makes the SDK try again, with the status to write meanwhile. */
final class ReconciliationFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Optional<ThanosStatus> status;

    ReconciliationFailed(Optional<ThanosStatus> status, ApplyException cause) {
        super(cause.getMessage(), cause);
        this.status = status;
    }

    Optional<ThanosStatus> status() {
        return status;
    }
}
