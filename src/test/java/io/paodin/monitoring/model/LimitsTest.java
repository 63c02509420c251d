package io.paodin.monitoring.model;

import static io.paodin.monitoring.model.Examples.args;
import static io.paodin.monitoring.model.Examples.receive;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitsTest {

    private static final String URL = "global: {metaMonitoringUrl: 'http://query:10902'}";

    private static Router router(String limits) {
        return receive("receive: {router: {limits: {" + limits + "}}, ingestors: [{name: a}]}")
                .router();
    }

    @Test
    void areAFileInTheWordsOfThanos() {
        var router = router("""
                global: {maxConcurrency: 30, metaMonitoringUrl: 'http://query:10902', metaMonitoringLimitQuery: up},
                default: {request: {sizeBytesLimit: 1, seriesLimit: 2, samplesLimit: 3}, headSeriesLimit: 4},
                tenants: {b: {}, a: {request: {seriesLimit: 0}, headSeriesLimit: 0}}
                """);
        assertThat(router.limits().content()).isEqualTo("""
                "write":
                  "global":
                    "max_concurrency": 30
                    "meta_monitoring_url": "http://query:10902"
                    "meta_monitoring_limit_query": "up"
                  "default":
                    "request":
                      "size_bytes_limit": 1
                      "series_limit": 2
                      "samples_limit": 3
                    "head_series_limit": 4
                  "tenants":
                    "a":
                      "request":
                        "series_limit": 0
                      "head_series_limit": 0
                    "b": {}
                """);
        assertThat(router.limits().configMap()).isEqualTo("central-receive-router-limits");
        assertThat(args(router)).contains("--receive.limits-config-file=/etc/thanos/limits/limits.yaml");
    }

    @Test
    void withoutAnyThereIsNoFile() {
        var router = receive("receive: {ingestors: [{name: a}]}").router();
        assertThat(router.limits()).isNull();
        assertThat(args(router)).noneMatch(arg -> arg.contains("limits"));
        assertThat(router("").limits().content()).contains("\"tenants\": {}");
    }

    /** What a router decides when it starts has to make other pods; all else must not. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            default: {request: {seriesLimit: 1}}                        | -
            default: {request: {seriesLimit: 2}}, tenants: {a: {}}      | -
            global: {maxConcurrency: 1}                                 | concurrency
            global: {maxConcurrency: 2}                                 | concurrency
            default: {headSeriesLimit: 0}, %1$s                         | -
            default: {headSeriesLimit: 1}, %1$s                         | series
            default: {headSeriesLimit: 2}, %1$s, tenants: {a: {}}       | series
            tenants: {a: {headSeriesLimit: 2}}, %1$s                    | series
            """)
    void onlyTheFirstAndTheLastOfSomeRestartTheRouters(String limits, String atStart) {
        var annotations = router(limits.formatted(URL)).workload().pod().annotations();
        assertThat(annotations.get("monitoring.paodin.io/limits-at-start")).isEqualTo(atStart);
    }
}
