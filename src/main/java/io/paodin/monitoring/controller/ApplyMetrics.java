package io.paodin.monitoring.controller;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.paodin.monitoring.apply.ApplyListener;
import io.paodin.monitoring.apply.Result;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/**
 * Counts what became of each object that a reconciliation wanted, as {@code thanos_operator_applies_total}. In a quiet
 * cluster only the result {@code unchanged} grows; if another one does, two writers disagree.
 */
@ApplicationScoped
public class ApplyMetrics implements ApplyListener {

    private final MeterRegistry registry;

    @Inject
    ApplyMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void applied(String kind, Result result) {
        Counter.builder("thanos.operator.applies")
                .description("What became of each object in each run.")
                .tags("kind", kind, "result", result.label())
                .register(registry)
                .increment();
    }
}
