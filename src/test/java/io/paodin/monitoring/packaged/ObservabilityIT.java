package io.paodin.monitoring.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.paodin.monitoring.apiserver.ApiServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator at work tells of itself: its metrics and its log. */
class ObservabilityIT {

    private static final Pattern METRIC = Pattern.compile("\\b(?:thanos_operator|operator_sdk)_\\w+");

    @TempDir
    Path directory;

    private ApiServer server;
    private PackagedOperator operator;

    @BeforeEach
    void start() throws IOException {
        server = ApiServer.start();
        server.load(Files.readString(Path.of("deploy", "crd", "thanos.monitoring.paodin.io-v1.yml")));
        var kubeconfig = Files.writeString(directory.resolve("kubeconfig"), server.kubeconfig());
        operator = PackagedOperator.start(kubeconfig, "observed", "paodin.log.format=json");
        server.load(Files.readString(Path.of("deploy", "samples", "thanos.yaml")));
        await().atMost(Duration.ofSeconds(60)).until(() -> operator.log().contains("Created PodDisruptionBudget"));
    }

    @AfterEach
    void stop() {
        operator.close();
        server.close();
    }

    @Test
    void everyMetricThatIsDocumentedIsThereAndEachOfOursIsDocumented() throws IOException {
        var documented = METRIC.matcher(Files.readString(Path.of("docs", "configuration.md")))
                .results()
                .map(match -> match.group())
                .collect(Collectors.toCollection(TreeSet::new));
        var exposed = operator.get("/q/metrics")
                .lines()
                .filter(line -> line.startsWith("# TYPE "))
                .map(line -> line.split(" ")[2])
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(documented).isNotEmpty().isSubsetOf(exposed);
        assertThat(exposed)
                .filteredOn(name -> name.startsWith("thanos_operator_"))
                .isSubsetOf(documented);
    }

    @Test
    void eachLineOfTheLogIsAnObjectThatNamesItsResource() {
        var mapper = new ObjectMapper();
        assertThat(operator.log().lines())
                .allSatisfy(line -> assertThat(mapper.readTree(line).fieldNames())
                        .toIterable()
                        .contains("timestamp", "level", "loggerName", "message", "mdc"))
                .map(mapper::readTree)
                .filteredOn(line -> line.get("message").asText().startsWith("Created Deployment"))
                .isNotEmpty()
                .allSatisfy(line -> {
                    assertThat(line.at("/mdc/resource.namespace").asText()).isEqualTo("default");
                    assertThat(line.at("/mdc/resource.name").asText()).isEqualTo("thanos-sample");
                });
    }
}
