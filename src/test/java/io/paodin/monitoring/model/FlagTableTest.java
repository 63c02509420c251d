package io.paodin.monitoring.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FlagTableTest {

    private final FlagTable table = FlagTable.newest();

    @ParameterizedTest
    @EnumSource(Role.class)
    void knowsTheCommandOfEachRole(Role role) {
        assertThat(table.flags(role.command())).hasSizeGreaterThan(40).containsKeys("log.level", "http-address");
    }

    @Test
    void knowsNoOtherCommand() {
        assertThatIllegalArgumentException().isThrownBy(() -> table.flag("sidecar", "log.level"));
    }

    @Test
    void takesTheNewestTableThatIsNotNewerElseTheOldest() {
        assertThat(FlagTable.of(new ThanosVersion(0, 42, 0)).version()).isEqualTo(new ThanosVersion(0, 42, 4));
        assertThat(FlagTable.of(new ThanosVersion(0, 42, 4)).version()).isEqualTo(new ThanosVersion(0, 42, 4));
        assertThat(FlagTable.of(new ThanosVersion(9, 0, 0))).isSameAs(FlagTable.newest());
    }

    @Test
    void hasATableOfTheDefaultVersion() {
        assertThat(FlagTable.of(ThanosVersion.DEFAULT).version()).isEqualTo(ThanosVersion.DEFAULT);
    }

    @Test
    void knowsWhatAFlagIs() {
        assertThat(table.flag("query", "query.replica-label").orElseThrow().repeatable())
                .isTrue();
        assertThat(table.flag("query", "query.timeout").orElseThrow().repeatable())
                .isFalse();
        assertThat(table.flag("compact", "wait").orElseThrow().shortName()).contains("w");
        assertThat(table.flag("store", "objstore.config").orElseThrow().exclusiveWith())
                .contains("objstore.config-file");
        assertThat(table.flag("query", "tsdb.path")).isEmpty();
    }

    @Test
    void namesOnlyFlagsThatExistAsTwins() {
        for (var role : Role.values()) {
            assertThat(table.flags(role.command()).values()).allSatisfy(flag -> flag.exclusiveWith()
                    .ifPresent(
                            twin -> assertThat(table.flag(role.command(), twin)).isPresent()));
        }
    }

    @Test
    void listsTheValuesOfEachEnumAndOnlyThese() {
        for (var role : Role.values()) {
            assertThat(table.flags(role.command()).values())
                    .allSatisfy(flag -> assertThat(flag.values().isEmpty()).isEqualTo(flag.type() != FlagType.ENUM));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "query | query.max-concurrent | 20",
                "query | query.timeout | 2m",
                "query | query.timeout | 1d",
                "query | query.lookback-delta | 1.5h",
                "query | query.lookback-delta | 1d",
                "query | log.level | debug",
                "query | query.conn-metric.label | ip_port",
                "query | selector-label | region=\"eu\"",
                "query | selector-label | region=\"\"",
                "query | query.telemetry.request-duration-seconds-quantiles | 0.25",
                "query | endpoint | dnssrv+_grpc._tcp.store.example.com",
                "query | request.logging-config-file | /etc/logging/request.yaml",
                "query | http.config | ''",
                "receive | label | region=\"e\\\"u\"",
                "receive | receive.replication-factor | 3",
                "receive | tsdb.max-retention-bytes | 0",
                "receive | tsdb.max-retention-bytes | 512MB",
                "receive | tsdb.max-retention-bytes | 1.5GiB",
                "receive | tsdb.max-retention-bytes | 1GB512MB",
                "receive | tsdb.max-retention-bytes | 1073741824B",
                "receive | auto-gomemlimit.ratio | 0.9",
                "receive | auto-gomemlimit.ratio | 1",
                "store | min-time | -2w",
                "store | min-time | 0",
                "store | max-time | 2030-01-31T00:00:00Z",
                "store | max-time | 2030-01-31T00:00:00.5+02:00",
                "compact | hash-func | ''",
                "compact | consistency-delay | 30m",
            })
    void acceptsWhatThanosDoes(String command, String flag, String value) {
        assertThat(table.flag(command, flag).orElseThrow().problemWith(value)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "query | query.max-concurrent | many | a whole number",
                "query | query.max-concurrent | 1.5 | a whole number",
                "query | query.max-concurrent | '' | a whole number",
                "query | query.timeout | 1.5h | a Prometheus duration",
                "query | query.timeout | 90 | a Prometheus duration",
                "query | query.lookback-delta | 1y | a Go duration",
                "query | log.level | INFO | one of error, warn, info, debug",
                "query | selector-label | region=eu | the value in double quotes",
                "query | selector-label | region='eu' | the value in double quotes",
                "query | selector-label | =\"eu\" | the value in double quotes",
                "query | selector-label | region | the value in double quotes",
                "query | endpoint | a b | an address",
                "query | request.logging-config-file | \"/etc/logging/request.yaml\" | without quotes",
                "query | request.logging-config-file | '' | a path",
                "query | request.logging-config | ' ' | YAML",
                "receive | receive.replication-factor | -1 | without a sign",
                "receive | tsdb.max-retention-bytes | 1073741824 | a unit of bytes",
                "receive | tsdb.max-retention-bytes | 2Gi | a unit of bytes",
                "receive | tsdb.max-retention-bytes | 2gb | a unit of bytes",
                "receive | tsdb.max-retention-bytes | 1GiB512MB | a unit of bytes",
                "receive | auto-gomemlimit.ratio | 90% | a number",
                "store | min-time | 2 weeks | RFC 3339",
                "store | min-time | 2030-01-31 | RFC 3339",
                "store | min-time | 2030-01-31T00:00Z | RFC 3339",
                "store | min-time | 2030-02-31T00:00:00Z | RFC 3339",
                "compact | wait | yes | \"true\" or \"false\"",
                "compact | hash-func | MD5 | one of SHA256, \"\"",
            })
    void saysWhatTheValueWouldHaveToBe(String command, String flag, String value, String form) {
        assertThat(table.flag(command, flag).orElseThrow().problemWith(value))
                .get()
                .asString()
                .contains(form);
    }

    @Test
    void refusesTextThatNoCommandLineCanHold() {
        assertThat(table.flag("query", "http.config").orElseThrow().problemWith("a\0b"))
                .isPresent();
    }
}
