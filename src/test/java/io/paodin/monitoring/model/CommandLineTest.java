package io.paodin.monitoring.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineTest {

    @Test
    void findsNothingWrongWithAGoodCommandLine() {
        assertThat(CommandLine.problems(List.of(
                        "receive",
                        "--label=receive_replica=\"$(POD_NAME)\"",
                        "--tsdb.path=/data",
                        "--tsdb.retention=2d",
                        "--no-tsdb.wal-compression")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "compact --objstore.config-file=/c --downsampling.disable=true | a switch with a value",
                "compact --objstore.config-file=/c --data-dir=\"/data\" | quotes that no shell takes off",
                "compact --objstore.config-file=\"/c\" | without quotes",
                "compact --wait | needs --objstore.config-file",
                "store --objstore.config=x --objstore.config-file=/c | both set",
                "store --objstore.config-file=/c --sync-block-duration=1y | a Go duration",
                "store --objstore.config-file=/c --chunk-pool-size=2Gi | a unit of bytes",
                "receive --tsdb.path=/data | at least one --label",
                "receive --label=replica=$(POD_NAME) | in double quotes",
                "query --query.timeout=1m --query.timeout=1m | cannot be repeated",
                "query --query.auto-downsampling --no-query.auto-downsampling | cannot be repeated",
                "query --query.timeout=1.5h | a Prometheus duration",
                "query --log.level=INFO | one of error, warn, info, debug",
                "query --query.timeout | no value",
                "query --no-query.timeout | unknown flag",
                "query --store=x | unknown flag --store",
                "query query.timeout=1m | unexpected query.timeout=1m",
            })
    void saysWhyThanosWouldNotStart(String line, String problem) {
        assertThat(CommandLine.problems(Arrays.asList(line.split(" "))))
                .singleElement()
                .asString()
                .contains(problem);
    }
}
