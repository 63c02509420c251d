package io.paodin.monitoring.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paodin.monitoring.model.Examples;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A setting that cannot work ends the start with one line. */
class SettingsCheckTest {

    @Test
    void theDefaultsCanBeUsed() {
        assertThatCode(() -> SettingsCheck.check(Examples.DEFAULT_SETTINGS)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "paodin.hashring-reload-interval, 0s, PAODIN_HASHRING_RELOAD_INTERVAL must be 1s or more",
        "paodin.hashring-reload-interval, 500ms, PAODIN_HASHRING_RELOAD_INTERVAL must be 1s or more",
        "paodin.endpoint-reload-interval, PT-15S, PAODIN_ENDPOINT_RELOAD_INTERVAL must be 1s or more",
        "paodin.resync-interval, PT0S, PAODIN_RESYNC_INTERVAL must be 1s or more",
        "paodin.problem-recheck-interval, PT-1S, PAODIN_PROBLEM_RECHECK_INTERVAL must be 1ms or more",
        "paodin.compactor-check-interval, 999ms, PAODIN_COMPACTOR_CHECK_INTERVAL must be 1s or more",
        "paodin.shutdown-timeout, PT-1S, PAODIN_SHUTDOWN_TIMEOUT must be 0s or more",
        "paodin.unhealthy-tolerance, 0, PAODIN_UNHEALTHY_TOLERANCE must be 1ms or more",
        "paodin.pod-user, 0, PAODIN_POD_USER must be from 1",
        "paodin.pod-user, -5, PAODIN_POD_USER must be from 1",
        "paodin.pod-user, 4294967296, PAODIN_POD_USER must be from 1",
        "paodin.images.thanos, a b, PAODIN_IMAGES_THANOS is no reference",
        "paodin.images.thanos, https://a/b, PAODIN_IMAGES_THANOS is no reference",
        "paodin.log.format, xml, 'PAODIN_LOG_FORMAT must be one of text, json, is xml'",
        "paodin.log.level, trace, 'PAODIN_LOG_LEVEL must be one of error, warn, info, debug, is trace'",
        "paodin.leader-election.retry-period, 0s, PAODIN_LEADER_ELECTION_RETRY_PERIOD must be 1ms or more",
        "paodin.leader-election.retry-period, 10s, PAODIN_LEADER_ELECTION_RENEW_DEADLINE must be more than",
        "paodin.leader-election.lease-duration, 10s, PAODIN_LEADER_ELECTION_LEASE_DURATION must be more than",
    })
    void namesTheVariableAndWhatToDo(String setting, String value, String message) {
        assertThatThrownBy(() -> SettingsCheck.check(Examples.settings(Map.of(setting, value))))
                .isInstanceOf(UnusableSettingException.class)
                .hasMessageStartingWith(message)
                .satisfies(e -> assertThat(e.getMessage())
                        .containsAnyOf("set it", "raise it")
                        .hasLineCount(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "thanos",
                "localhost:5000/a/b__c:v1",
                "[::1]:5000/a:v0.42.4-rc.0",
                "example.com/a/b:v1@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
            })
    void takesEveryReferenceToAnImage(String image) {
        assertThatCode(() -> SettingsCheck.check(Examples.settings(Map.of("paodin.images.thanos", image))))
                .doesNotThrowAnyException();
    }
}
