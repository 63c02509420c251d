package io.paodin.monitoring.controller;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

class OperatorLivenessTest {

    private static final List<String> BROKEN = List.of("thanos/owned-services");

    private final Time time = new Time();
    private final OperatorLiveness liveness = new OperatorLiveness(null, null, Duration.ofMinutes(5), time);

    @Test
    void toleratesAWatchThatIsBrokenForAWhile() {
        assertThat(liveness.evaluate(BROKEN).getStatus()).isEqualTo(Status.UP);
        time.advance(Duration.ofMinutes(4));
        assertThat(liveness.evaluate(BROKEN).getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void failsWhenWatchesStayBroken() {
        liveness.evaluate(BROKEN);
        time.advance(Duration.ofMinutes(5));

        var response = liveness.evaluate(BROKEN);

        assertThat(response.getStatus()).isEqualTo(Status.DOWN);
        assertThat(response.getData().orElseThrow()).containsEntry("unhealthy", "thanos/owned-services");
    }

    @Test
    void startsAnewWhenWatchesHaveRecovered() {
        liveness.evaluate(BROKEN);
        time.advance(Duration.ofMinutes(4));
        assertThat(liveness.evaluate(List.of()).getStatus()).isEqualTo(Status.UP);
        liveness.evaluate(BROKEN);
        time.advance(Duration.ofMinutes(4));

        assertThat(liveness.evaluate(BROKEN).getStatus()).isEqualTo(Status.UP);
    }

    private static final class Time extends Clock {
        private Instant now = Instant.EPOCH;

        void advance(Duration duration) {
            now = now.plus(duration);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
