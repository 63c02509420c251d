package io.paodin.monitoring.controller;

import io.javaoperatorsdk.operator.Operator;
import io.paodin.monitoring.config.OperatorConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.TreeSet;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/**
 * Restarts an operator whose watches do not recover. Whether they work at this moment is a matter of readiness, which the
 * operator SDK answers.
 */
@Liveness
@ApplicationScoped
public class OperatorLiveness implements HealthCheck {

    private final OperatorProcess process;
    private final Instance<Operator> operators;
    private final Duration tolerance;
    private final Clock clock;

    private Instant unhealthySince;

    @Inject
    OperatorLiveness(OperatorProcess process, Instance<Operator> operators, OperatorConfig config, Clock clock) {
        this(process, operators, config.unhealthyTolerance(), clock);
    }

    OperatorLiveness(OperatorProcess process, Instance<Operator> operators, Duration tolerance, Clock clock) {
        this.process = process;
        this.operators = operators;
        this.tolerance = tolerance;
        this.clock = clock;
    }

    @Override
    public HealthCheckResponse call() {
        return evaluate(unhealthyWatches());
    }

    synchronized HealthCheckResponse evaluate(Collection<String> unhealthyWatches) {
        var response = HealthCheckResponse.named("watches");
        if (unhealthyWatches.isEmpty()) {
            unhealthySince = null;
            return response.up().build();
        }
        var now = clock.instant();
        if (unhealthySince == null) {
            unhealthySince = now;
        }
        return response.withData("unhealthy", String.join(", ", unhealthyWatches))
                .withData("since", unhealthySince.toString())
                .status(now.isBefore(unhealthySince.plus(tolerance)))
                .build();
    }

    private Collection<String> unhealthyWatches() {
        var names = new TreeSet<String>();
        if (process.isStarted() && operators.get().getRuntimeInfo().isStarted()) {
            operators.get().getRuntimeInfo().unhealthyEventSources().forEach((controller, sources) -> sources.keySet()
                    .forEach(source -> names.add(controller + "/" + source)));
        }
        return names;
    }
}
