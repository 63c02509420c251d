package io.paodin.monitoring.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CompactTest {

    private static final String BUCKET = "objectStorageConfig: {name: objstore, key: thanos.yaml}\n";
    private static final SecretRef OBJSTORE = new SecretRef("objstore", "thanos.yaml");
    private static final String REPLICATED =
            "receive: {router: {replicationFactor: 2}, ingestors: [{name: a, replicas: 2}]}\n";

    private static Compact compact(String fields) {
        return Examples.valid(BUCKET + "compact: {" + fields + "}").compact().orElseThrow();
    }

    private static List<String> args(String fields) {
        return compact(fields).workload().container().args();
    }

    private static Compact compact(String fields, Inputs inputs) {
        return Cluster.of(Examples.thanos(BUCKET + "compact: {" + fields + "}"), inputs, Examples.DEFAULT_SETTINGS)
                .compact()
                .orElseThrow();
    }

    private static Inputs running(int replicas, boolean deduplicates) {
        var running = new Inputs.Running("compact", replicas, "objstore/thanos.yaml@1", "bucket", deduplicates, true);
        return new Inputs(Map.of(), Map.of("central-compact", running), Optional.empty(), Optional.empty());
    }

    private static Compaction decided(Compaction.Verdict verdict) {
        return new Compaction(verdict, "bucket", "because");
    }

    @Test
    void runsAllTheTimeOnItsVolume() {
        assertThat(args(""))
                .startsWith("compact")
                .contains("--wait", "--data-dir=/data")
                .contains("--objstore.config-file=/etc/thanos/object-storage/config.yaml")
                .noneMatch(arg -> arg.startsWith("--grpc") || arg.startsWith("--retention"));
    }

    @Test
    void eachRetentionIsThatOfItsResolution() {
        assertThat(args("retention: {retentionRaw: 30d, retention5m: 60d, retention1h: 2y}"))
                .contains(
                        "--retention.resolution-raw=30d",
                        "--retention.resolution-5m=60d",
                        "--retention.resolution-1h=2y");
    }

    @Test
    void retentionMayBeShortWhereNothingIsDownsampledOrForEver() {
        assertThat(args("downsamplingDisable: true, retention: {retentionRaw: 1h, retention5m: 1h}"))
                .contains("--retention.resolution-raw=1h");
        assertThat(args("retention: {retentionRaw: 0d, retention5m: 0s}")).contains("--retention.resolution-raw=0d");
        assertThat(args("retention: {retentionRaw: 40h, retention5m: 10d}")).contains("--retention.resolution-raw=40h");
    }

    @Test
    void theSwitchForDownsamplingHasNoValue() {
        assertThat(args("downsamplingDisable: true")).contains("--downsampling.disable");
        assertThat(args("downsamplingDisable: false")).noneMatch(arg -> arg.startsWith("--downsampling"));
        assertThat(args("")).noneMatch(arg -> arg.startsWith("--downsampling"));
    }

    @Test
    void delaysAndConcurrencyBecomeFlags() {
        assertThat(args("deleteDelay: 1d, consistencyDelay: 1d, concurrency: 3"))
                .contains("--delete-delay=24h", "--consistency-delay=24h", "--compact.concurrency=3");
    }

    static Stream<Arguments> deduplications() {
        return Stream.of(
                arguments("", "compact: {}", List.of()),
                arguments(REPLICATED, "compact: {}", List.of("receive_replica")),
                arguments(REPLICATED, "compact: {deduplication: {enabled: false}}", List.of()),
                arguments("", "compact: {deduplication: {enabled: true}}", List.of("receive_replica")),
                arguments("", "compact: {deduplication: {replicaLabels: [a, b, a]}}", List.of("a", "b")),
                arguments("", "compact: {deduplication: {func: penalty}}", List.of()),
                arguments("receive: {ingestors: [{name: a}]}\n", "compact: {}", List.of()));
    }

    @ParameterizedTest
    @MethodSource("deduplications")
    void mergesCopiesOfAHashringOrWhenAsked(String receive, String compact, List<String> labels) {
        var args = Examples.valid(BUCKET + receive + compact)
                .compact()
                .orElseThrow()
                .workload()
                .container()
                .args();
        assertThat(args.stream().filter(arg -> arg.startsWith("--deduplication.replica-label=")))
                .containsExactlyElementsOf(labels.stream()
                        .map(label -> "--deduplication.replica-label=" + label)
                        .toList());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    outOfOrderTimeWindow: 10m |                                | true
                    outOfOrderTimeWindow: 0s  |                                | false
                    replicas: 1               |                                | false
                    outOfOrderTimeWindow: 10m | deduplication: {enabled: true} | false
                    """)
    void blocksThatOverlapSinceSamplesCameOutOfOrderAreMerged(String ingestor, String compact, boolean merged) {
        var args = Examples.valid(BUCKET + "receive: {ingestors: [{name: a}, {name: b, " + ingestor + "}]}\ncompact: {"
                        + (compact == null ? "" : compact) + "}")
                .compact()
                .orElseThrow()
                .workload()
                .container()
                .args();
        assertThat(args.contains("--compact.enable-vertical-compaction")).isEqualTo(merged);
    }

    @Test
    void theMergingOfBlocksThatOverlapCanBeGivenForBucketsOfOtherResources() {
        assertThat(args("additionalArgs: [{name: compact.enable-vertical-compaction}]"))
                .contains("--compact.enable-vertical-compaction");
    }

    @Test
    void copiesOfPrometheusServersAreMergedByPenalty() {
        assertThat(args("deduplication: {replicaLabels: [prometheus_replica], func: penalty}"))
                .contains("--deduplication.func=penalty");
        assertThat(args("deduplication: {enabled: true, func: one-to-one}"))
                .noneMatch(arg -> arg.startsWith("--deduplication.func"));
    }

    @Test
    void tellsThatMergingBeginsUntilItHasBegun() {
        var merging = "deduplication: {enabled: true}";
        assertThat(compact(merging, Inputs.NONE).begun()).map(Notice::reason).hasValue("DeduplicationBegins");
        assertThat(compact(merging, running(1, false)).begun()).isPresent();
        assertThat(compact(merging, running(1, true)).begun()).isEmpty();
        assertThat(compact("", Inputs.NONE).begun()).isEmpty();
        assertThat(compact("replicas: 0, " + merging, Inputs.NONE).begun()).isEmpty();
    }

    @Test
    void isOneOrNone() {
        assertThat(compact("").workload().replicas()).isEqualTo(1);
        assertThat(compact("replicas: 1").workload().replicas()).isEqualTo(1);
        assertThat(compact("replicas: 0").workload().replicas()).isZero();
    }

    @ParameterizedTest
    @MethodSource("verdicts")
    void worksOnItsBucketOnlyWhenItMay(Compaction.Verdict verdict, int replicas) {
        var compact = compact("", Inputs.NONE.with(decided(verdict)));
        assertThat(compact.workload().replicas()).isEqualTo(replicas);
        assertThat(compact.workload().pod().annotations()).containsEntry("monitoring.paodin.io/bucket", "bucket");
        assertThat(compact.conflict().isPresent()).isEqualTo(verdict == Compaction.Verdict.YIELD);
        assertThat(compact.waiting().isPresent()).isEqualTo(verdict == Compaction.Verdict.WAIT);
        assertThat(compact.isStopped()).isFalse();
    }

    static Stream<Arguments> verdicts() {
        return Stream.of(
                arguments(Compaction.Verdict.RUN, 1),
                arguments(Compaction.Verdict.YIELD, 0),
                arguments(Compaction.Verdict.WAIT, 0));
    }

    static Stream<Arguments> lastDecisions() {
        return Stream.of(
                        new SecretValue.Unreadable("timeout"),
                        new SecretValue.Missing("does not exist"),
                        new SecretValue.Found("type: NONSENSE"))
                .flatMap(value -> verdicts().map(v -> arguments(value, v.get()[0], v.get()[1])));
    }

    @ParameterizedTest
    @MethodSource("lastDecisions")
    void whileTheBucketIsUnknownTheLastDecisionHolds(SecretValue value, Compaction.Verdict verdict, int replicas) {
        var inputs = new Inputs(
                Map.of(OBJSTORE, value),
                running(replicas, false).running(),
                Optional.of(decided(verdict)),
                Optional.empty());
        var compact = compact("", inputs);
        assertThat(compact.holdup()).isPresent();
        assertThat(compact.workload().replicas()).isEqualTo(replicas);
        assertThat(compact.workload().pod().annotations()).containsEntry("monitoring.paodin.io/bucket", "bucket");
        assertThat(compact.conflict().isPresent()).isEqualTo(verdict == Compaction.Verdict.YIELD);
        assertThat(compact.waiting().isPresent()).isEqualTo(verdict == Compaction.Verdict.WAIT);
    }

    @Test
    void thePodsTellTheBucketAlsoWhereNobodyHasDecided() {
        var bucket = new SecretValue.Found("{type: S3, config: {endpoint: s3.example.com, bucket: a}}");
        var inputs = new Inputs(Map.of(OBJSTORE, bucket), Map.of(), Optional.empty(), Optional.empty());
        assertThat(compact("", inputs).workload().pod().annotations())
                .containsKeys("monitoring.paodin.io/bucket", "monitoring.paodin.io/object-storage");
        assertThat(compact("", Inputs.NONE).workload().pod().annotations()).isEmpty();
    }

    @Test
    void hasAGoverningServiceAndNoBudget() {
        assertThat(compact("").service().name()).isEqualTo("central-compact-operated");
        assertThat(compact("").service().ports()).containsExactly(Service.HTTP);
    }
}
