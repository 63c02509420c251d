package io.paodin.monitoring.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ArgsTest {

    @Test
    void keepsTheOrderAndBeginsWithTheCommand() {
        var args = Args.of(Role.RECEIVE_INGESTOR)
                .flag("log.level", "info")
                .on("enable-auto-gomemlimit")
                .off("tsdb.wal-compression")
                .labelExpanded("receive_replica", "$(POD_NAME)")
                .label("region", "e\"u")
                .flag("grpc-grace-period", Duration.ofMinutes(2))
                .flag("receive.replication-factor", 3)
                .build();

        assertThat(args)
                .containsExactly(
                        "receive",
                        "--log.level=info",
                        "--enable-auto-gomemlimit",
                        "--no-tsdb.wal-compression",
                        "--label=receive_replica=\"$(POD_NAME)\"",
                        "--label=region=\"e\\\"u\"",
                        "--grpc-grace-period=2m",
                        "--receive.replication-factor=3");
        assertThat(CommandLine.problems(args)).isEmpty();
    }

    @Test
    void leavesOutWhatIsNotThere() {
        var args = Args.of(Role.QUERY)
                .flag("query.timeout", null)
                .flagIf(false, "query.max-concurrent", 3)
                .flagIf(true, "query.max-concurrent-select", null)
                .toggle("query.partial-response", null)
                .each("query.replica-label", null)
                .each("query.partition-label", List.of())
                .selectorLabels(null)
                .build();

        assertThat(args).containsExactly("query");
    }

    @Test
    void givesEachValueOfARepeatableFlagItsOwnToken() {
        var args = Args.of(Role.QUERY)
                .each("query.replica-label", List.of("receive_replica"))
                .each("query.replica-label", List.of("prometheus_replica"))
                .selectorLabels(Map.of("b", "2", "a", "1"))
                .toggle("query.partial-response", false)
                .toggle("query.auto-downsampling", true)
                .build();

        assertThat(args)
                .containsExactly(
                        "query",
                        "--query.replica-label=receive_replica",
                        "--query.replica-label=prometheus_replica",
                        "--selector-label=a=\"1\"",
                        "--selector-label=b=\"2\"",
                        "--no-query.partial-response",
                        "--query.auto-downsampling");
        assertThat(CommandLine.problems(args)).isEmpty();
    }

    @Test
    void refusesToSetAFlagTwice() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Args.of(Role.QUERY).flag("log.level", "info").flag("log.level", "warn"))
                .withMessageContaining("--log.level");
        assertThatIllegalStateException()
                .isThrownBy(() -> Args.of(Role.COMPACT).on("wait").off("wait"));
        assertThatIllegalStateException()
                .isThrownBy(() ->
                        Args.of(Role.QUERY).byDefault("query.timeout", "1m").flag("query.timeout", "2m"));
        assertThatIllegalStateException().isThrownBy(() -> Args.of(Role.QUERY)
                .each("query.replica-label", List.of("a"))
                .flag("query.replica-label", "b"));
        assertThatIllegalStateException()
                .isThrownBy(() ->
                        Args.of(Role.QUERY).flag("query.replica-label", "b").each("query.replica-label", List.of("a")));
    }

    @Test
    void keepsTheKubeletFromExpandingWhatAUserWrote() {
        var args = Args.of(Role.RECEIVE_INGESTOR)
                .flag("receive.default-tenant-id", "$(HOME)")
                .label("price", "$$(A)$")
                .flagExpanded("debug.name", "$(POD_NAME)")
                .build();

        assertThat(args)
                .containsExactly(
                        "receive",
                        "--receive.default-tenant-id=$$(HOME)",
                        "--label=price=\"$$$$(A)$$\"",
                        "--debug.name=$(POD_NAME)");
    }

    @Test
    void dropsADefaultThatTheUserReplaces() {
        var args = Args.of(Role.RECEIVE_INGESTOR)
                .byDefault("tsdb.too-far-in-future.time-window", "5m")
                .byDefault("matcher-cache-size", 100);
        var extra = new AdditionalArgs.Extra(
                "tsdb.too-far-in-future.time-window", "--tsdb.too-far-in-future.time-window=1h");

        assertThat(args.build())
                .containsExactly("receive", "--tsdb.too-far-in-future.time-window=5m", "--matcher-cache-size=100");
        assertThat(args.append(new AdditionalArgs(List.of(extra), List.of(), List.of()))
                        .build())
                .containsExactly("receive", "--matcher-cache-size=100", "--tsdb.too-far-in-future.time-window=1h");
    }
}
