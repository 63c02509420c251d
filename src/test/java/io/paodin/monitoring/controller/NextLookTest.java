package io.paodin.monitoring.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.paodin.monitoring.api.v1alpha1.Thanos;
import io.paodin.monitoring.api.v1alpha1.ThanosStatus;
import io.paodin.monitoring.apply.Applied;
import io.paodin.monitoring.apply.Outcome;
import io.paodin.monitoring.apply.Result;
import io.paodin.monitoring.model.Cluster;
import io.paodin.monitoring.model.Examples;
import io.paodin.monitoring.model.Inputs;
import io.paodin.monitoring.model.SecretRef;
import io.paodin.monitoring.model.SecretValue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NextLookTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final Outcome NOTHING = new Outcome(List.of());
    private static final Thanos STORED =
            Examples.thanos("objectStorageConfig: {name: objstore, key: thanos.yaml}\ncompact: {}");

    private final NextLook nextLook = new NextLook(Examples.DEFAULT_SETTINGS, () -> NOW);

    private static Cluster cluster(Thanos thanos, SecretValue value) {
        var secrets = Map.of(new SecretRef("objstore", "thanos.yaml"), value);
        return Cluster.of(
                thanos, new Inputs(secrets, Map.of(), Optional.empty(), Optional.empty()), Examples.DEFAULT_SETTINGS);
    }

    @Test
    void whatEventsTellOfNeedsNone() {
        var thanos = Examples.thanos("query: {}");
        assertThat(nextLook.after(thanos, cluster(thanos, new SecretValue.Missing("")), NOTHING))
                .isEmpty();
    }

    @Test
    void secretsAreLookedAtFromTimeToTime() {
        var usable = new SecretValue.Found("{type: S3, config: {endpoint: s3.example.com, bucket: a}}");
        assertThat(nextLook.after(STORED, cluster(STORED, usable), NOTHING)).hasValue(Duration.ofMinutes(2));
    }

    @ParameterizedTest
    @CsvSource({"0, 5", "3, 5", "5, 5", "7, 7", "40, 40", "119, 119", "121, 120", "86400, 120"})
    void oneThatIsNotAsItShouldBeSoonAndThenEverMoreSeldom(long secondsWrong, long wait) {
        var thanos = Examples.thanos("objectStorageConfig: {name: objstore, key: thanos.yaml}\ncompact: {}");
        thanos.setStatus(degradedSince(NOW.minusSeconds(secondsWrong)));
        assertThat(nextLook.after(thanos, cluster(thanos, new SecretValue.Missing("")), NOTHING))
                .hasValue(Duration.ofSeconds(wait));
    }

    @Test
    void oneThatHasJustBeenFoundMissingSoon() {
        assertThat(nextLook.after(STORED, cluster(STORED, new SecretValue.Missing("")), NOTHING))
                .hasValue(Duration.ofSeconds(5));
    }

    @Test
    void oneThatCannotBeReadNowNotAtEveryMoment() {
        assertThat(nextLook.after(STORED, cluster(STORED, new SecretValue.Unreadable("timeout")), NOTHING))
                .hasValue(Duration.ofMinutes(1));
    }

    @ParameterizedTest
    @CsvSource({
        "1, '', , it is as it is wanted",
        "2, '', 2, a router may confirm without an event",
        "1, 'excludeUnreadyAfter: 1h,', 30, time passes",
    })
    void hashringsAreLookedAtWhileNobodyTellsOfWhatTheyWaitFor(int replicas, String policy, Long wait, String why) {
        var thanos = Examples.thanos("receive: {%s ingestors: [{name: a}]}".formatted(policy));
        var set = new Inputs.Running("receive-ingestor-a", replicas, null, null, false, true);
        var inputs =
                new Inputs(Map.of(), Map.of("central-receive-ingestor-a", set), Optional.empty(), Optional.empty());
        assertThat(nextLook.after(thanos, Cluster.of(thanos, inputs, Examples.DEFAULT_SETTINGS), NOTHING))
                .as(why)
                .isEqualTo(Optional.ofNullable(wait).map(Duration::ofSeconds));
    }

    @Test
    void theFirstOccasionCounts() {
        var foreign = new Outcome(
                List.of(new Applied(new ConfigMap(), Result.FOREIGN, new ConfigMap(), "belongs to others", null)));
        var usable = new SecretValue.Found("{type: S3, config: {endpoint: s3.example.com, bucket: a}}");
        assertThat(nextLook.after(STORED, cluster(STORED, usable), foreign)).hasValue(Duration.ofMinutes(1));
    }

    private static ThanosStatus degradedSince(Instant began) {
        var status = new ThanosStatus();
        status.conditions = List.of(new ConditionBuilder()
                .withType("Degraded")
                .withStatus("True")
                .withLastTransitionTime(began.toString())
                .build());
        return status;
    }
}
