package io.paodin.monitoring.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.paodin.monitoring.api.v1alpha1.AdditionalArg;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AdditionalArgsTest {

    private static final String PATH = "spec.query.additionalArgs";
    private static final ThanosVersion KNOWN = ThanosVersion.DEFAULT;
    private static final ThanosVersion NEWER = new ThanosVersion(0, 99, 0);

    @Test
    void acceptsFlagsInTheGivenOrder() {
        var args = query(
                arg("query.max-concurrent", "7"),
                arg("query.lookback-delta", "10m"),
                arg("query.partial-response", "false"),
                arg("query.enforce-tenancy", "true"),
                arg("web.disable-cors", null),
                arg("deduplication.func", "chain"));

        assertThat(args.violations()).isEmpty();
        assertThat(args.notices()).isEmpty();
        assertThat(tokens(args))
                .containsExactly(
                        "--query.max-concurrent=7",
                        "--query.lookback-delta=10m",
                        "--no-query.partial-response",
                        "--query.enforce-tenancy",
                        "--web.disable-cors",
                        "--deduplication.func=chain");
    }

    @Test
    void isEmptyWithoutArguments() {
        assertThat(AdditionalArgs.of(Role.QUERY, PATH, null, KNOWN)).isEqualTo(AdditionalArgs.NONE);
        assertThat(AdditionalArgs.of(Role.QUERY, PATH, List.of(), KNOWN)).isEqualTo(AdditionalArgs.NONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "QUERY | spec.query | log.level | set spec.query.logLevel",
                "QUERY | spec.query | http-address | the operator sets it",
                "QUERY | spec.query | enable-auto-gomemlimit | auto-gomemlimit.ratio",
                "QUERY | spec.query | endpoint | set spec.query.stores",
                "QUERY | spec.query | endpoint.sd-config | set spec.query.stores",
                "QUERY | spec.query | endpoint.sd-config-reload-interval | paodin.endpoint-reload-interval",
                "QUERY | spec.query | store.sd-files | set spec.query.stores",
                "QUERY | spec.query | grpc-client-tls-secure | spec.query.stores[].caSecret",
                "QUERY | spec.query | query.replica-label | set spec.query.replicaLabels",
                "QUERY | spec.query | selector-label | set spec.query.selectorLabels",
                "RECEIVE_ROUTER | spec.receive.router | log.format | set spec.receive.router.logFormat",
                "RECEIVE_ROUTER | spec.receive.router | label | the operator sets",
                "RECEIVE_ROUTER | spec.receive.router | receive.hashrings | spec.receive.ingestors",
                "RECEIVE_ROUTER | spec.receive.router | receive.hashrings-file | spec.receive.ingestors",
                "RECEIVE_ROUTER | spec.receive.router | receive.replication-factor | router.replicationFactor",
                "RECEIVE_ROUTER | spec.receive.router | receive.tenant-header | router.tenantHeader",
                "RECEIVE_ROUTER | spec.receive.router | receive.default-tenant-id | router.defaultTenantId",
                "RECEIVE_ROUTER | spec.receive.router | receive.tenant-label-name | router.tenantLabelName",
                "RECEIVE_ROUTER | spec.receive.router | receive.local-endpoint | either routes or ingests",
                "RECEIVE_ROUTER | spec.receive.router | tsdb.retention | keep no data",
                "RECEIVE_ROUTER | spec.receive.router | objstore.config | keep no data",
                "RECEIVE_INGESTOR | spec.receive.ingestors[1] | tsdb.retention | ingestors[1].localTsdbRetention",
                "RECEIVE_INGESTOR | spec.receive.ingestors[1] | tsdb.min-block-duration | ingestors[1].blockDuration",
                "RECEIVE_INGESTOR | spec.receive.ingestors[1] | tsdb.path | ingestors[1].dataVolume",
                "RECEIVE_INGESTOR | spec.receive.ingestors[1] | objstore.config | ingestors[1].objectStorageConfig",
                "RECEIVE_INGESTOR | spec.receive.ingestors[1] | receive.hashrings-file | spec.receive",
                "RECEIVE_INGESTOR | spec.receive.ingestors[1] | receive.default-tenant-id | router.defaultTenantId",
                "RECEIVE_INGESTOR | spec.receive.ingestors[1] | receive.tenant-label-name | router.tenantLabelName",
                "RECEIVE_INGESTOR | spec.receive.ingestors[1] | grpc-server-tls-cert | no TLS",
                "STORE_GATEWAY | spec.storeGateway | min-time | set spec.storeGateway.minTime",
                "COMPACT | spec.compact | retention.resolution-raw | set spec.compact.retention.retentionRaw",
                "COMPACT | spec.compact | downsampling.disable | set spec.compact.downsamplingDisable",
                "COMPACT | spec.compact | help | the process ends",
            })
    void namesWhatToUseInsteadOfAManagedFlag(Role role, String component, String flag, String remedy) {
        var args = AdditionalArgs.of(role, component + ".additionalArgs", List.of(arg(flag, "x")), KNOWN);

        assertThat(args.accepted()).isEmpty();
        assertThat(args.violations()).singleElement().satisfies(violation -> {
            assertThat(violation.path()).isEqualTo(component + ".additionalArgs[0].name");
            assertThat(violation.message())
                    .startsWith("--" + flag + " is managed: ")
                    .contains(remedy);
            assertThat(violation.reason()).isEqualTo(Reason.InvalidSpec);
        });
    }

    @Test
    void managesAFlagInANewerVersionToo() {
        var args = AdditionalArgs.of(Role.QUERY, PATH, List.of(arg("log.level", "info")), NEWER);

        assertThat(args.violations()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void managesOnlyFlagsThatExist(Role role) {
        var flags = FlagTable.newest().flags(role.command()).keySet();

        assertThat(ManagedFlags.of(role).keySet())
                .filteredOn(name -> !Set.of("help*", "version").contains(name))
                .allSatisfy(name -> assertThat(flags)
                        .anyMatch(flag -> name.endsWith("*")
                                ? flag.startsWith(name.substring(0, name.length() - 1))
                                : flag.equals(name)));
    }

    @Test
    void aMessageRepeatsNoLongTextAndNoSecret() {
        var endless = "x".repeat(8192);
        var secret = "hunter2";
        var args = query(
                arg(endless, "1"),
                arg("-" + endless, "1"),
                arg("a b" + endless, "1"),
                arg("query.timeout", endless),
                arg("query.partial-response", endless),
                arg("--tracing.config=password: " + secret, null),
                arg("=" + secret, null),
                arg("tracing.config", "password: " + secret + "\0"));

        assertThat(args.accepted()).isEmpty();
        assertThat(args.violations()).hasSize(8).allSatisfy(violation -> {
            assertThat(violation.message()).hasSizeLessThan(400).doesNotContain(secret);
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--query.timeout | 1m | write name: query.timeout",
                "-w | | write name: w",
                "query.timeout=1m | | write name: query.timeout, and what follows the = as value",
                "--query.timeout=1m | | write name: query.timeout, and what follows the = as value",
                "=1m | | holds a value too",
                "no-query.partial-response | | write name: query.partial-response, value: \"false\"",
                "no-query.timeout | | has no flag --no-query.timeout",
                "query timeout | 1m | is not the name of a flag",
                "' query.timeout' | 1m | write name: query.timeout",
                "'' | 1m | is missing",
                "| 1m | is missing",
            })
    void saysHowANameIsToBeWritten(String name, String value, String remedy) {
        var args = query(arg(name, value));

        assertThat(args.accepted()).isEmpty();
        assertThat(args.violations()).singleElement().satisfies(violation -> {
            assertThat(violation.path()).isEqualTo(PATH + "[0].name");
            assertThat(violation.message()).contains(remedy);
        });
    }

    @Test
    void namesTheLongFormOfALetter() {
        var args = AdditionalArgs.of(Role.COMPACT, "spec.compact.additionalArgs", List.of(arg("w", null)), KNOWN);

        assertThat(args.violations()).singleElement().asString().contains("write name: wait");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "query.max-concurrent | many | --query.max-concurrent must be a whole number, not \"many\"",
                "query.lookback-delta | 90 | --query.lookback-delta must be a Go duration",
                "query.timeout | 1.5h | --query.timeout must be a Prometheus duration",
                "query.promql-engine | fast | --query.promql-engine must be one of",
                "query.timeout | | --query.timeout needs a value: a Prometheus duration",
                "web.route-prefix | | --web.route-prefix needs a value: which may be empty",
                "query.partial-response | no | its value must be \"true\" or \"false\" or left out, not \"no\"",
                "query.partial-response | '' | its value must be \"true\" or \"false\" or left out",
            })
    void saysWhatAValueMustBe(String name, String value, String message) {
        var args = query(arg(name, value));

        assertThat(args.accepted()).isEmpty();
        assertThat(args.violations()).singleElement().satisfies(violation -> {
            assertThat(violation.path()).isEqualTo(PATH + "[0].value");
            assertThat(violation.message()).contains(message);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "query.maxconcurrent, did you mean query.max-concurrent?",
        "query.time-out, did you mean query.timeout",
        "max-concurrent, did you mean query.max-concurrent?",
    })
    void suggestsTheNearestNames(String name, String suggestion) {
        assertThat(query(arg(name, "1")).violations())
                .singleElement()
                .asString()
                .contains("thanos query 0.42.4 has no flag --" + name)
                .contains(suggestion);
    }

    @Test
    void suggestsNothingWhereNothingIsNear() {
        assertThat(query(arg("completely.different", "1")).violations())
                .singleElement()
                .asString()
                .doesNotContain("did you mean");
    }

    @Test
    void passesUnknownFlagsOfANewerVersionOnWithANotice() {
        var args = AdditionalArgs.of(
                Role.QUERY,
                PATH,
                List.of(arg("query.new", "1"), arg("query.newer", null), arg("query.timeout", "x")),
                NEWER);

        assertThat(tokens(args)).containsExactly("--query.new=1", "--query.newer");
        assertThat(args.notices()).hasSize(2).first().satisfies(notice -> {
            assertThat(notice.path()).isEqualTo(PATH + "[0]");
            assertThat(notice.message())
                    .contains("--query.new")
                    .contains("0.99.0")
                    .contains("0.42.4");
        });
        assertThat(args.violations()).singleElement().asString().contains("query.timeout");
    }

    @Test
    void appendsWhatMayBeRepeatedAndRefusesTheSecondOfWhatMayNot() {
        var args = query(
                arg("query.partition-label", "a"),
                arg("query.partition-label", "b"),
                arg("query.timeout", "1m"),
                arg("query.timeout", "2m"),
                arg("tracing.config", "type: OTLP"),
                arg("tracing.config-file", "/etc/tracing.yaml"));

        assertThat(tokens(args))
                .containsExactly(
                        "--query.partition-label=a",
                        "--query.partition-label=b",
                        "--query.timeout=1m",
                        "--tracing.config=type: OTLP");
        assertThat(args.violations())
                .extracting(Violation::toString)
                .containsExactly(
                        PATH + "[3].name: --query.timeout can be given only once",
                        PATH + "[5].name: --tracing.config-file and --tracing.config cannot be given together");
    }

    @Test
    void addsLabelsToAnIngestorExceptThoseOfTheOperator() {
        var args = AdditionalArgs.of(
                Role.RECEIVE_INGESTOR,
                "spec.receive.ingestors[0].additionalArgs",
                List.of(
                        arg("label", "region=\"eu\""),
                        arg("label", "receive_replica=\"0\""),
                        arg("label", "tenant_id=\"a\""),
                        arg("label", "region=\"us\""),
                        arg("label", "zone=a")),
                KNOWN,
                Set.of("receive_replica", "tenant_id"));

        assertThat(tokens(args)).containsExactly("--label=region=\"eu\"");
        assertThat(args.violations())
                .extracting(Violation::path)
                .containsExactly(
                        "spec.receive.ingestors[0].additionalArgs[1].value",
                        "spec.receive.ingestors[0].additionalArgs[2].value",
                        "spec.receive.ingestors[0].additionalArgs[3].value",
                        "spec.receive.ingestors[0].additionalArgs[4].value");
        assertThat(args.violations().get(0).message()).contains("receive_replica is managed");
        assertThat(args.violations().get(2).message()).contains("region twice");
    }

    @Test
    void keepsTheKubeletFromExpandingAValue() {
        assertThat(tokens(query(arg("alert.query-url", "https://x/$(HOME)"))))
                .containsExactly("--alert.query-url=https://x/$$(HOME)");
    }

    @Test
    void collectsEveryProblem() {
        var given = new ArrayList<>(
                Arrays.asList(arg("log.level", "x"), null, arg("nope", "1"), arg("query.timeout", "z")));

        assertThat(AdditionalArgs.of(Role.QUERY, PATH, given, KNOWN).violations())
                .hasSize(4);
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void acceptsOnlyTokensThatThanosReads(Role role) {
        for (var flag : FlagTable.newest().flags(role.command()).values()) {
            var value = flag.type() == FlagType.BOOL
                    ? "false"
                    : flag.problemWith("1").isEmpty() ? "1" : "a=\"b\"";
            var args = AdditionalArgs.of(role, "spec.x.additionalArgs", List.of(arg(flag.name(), value)), KNOWN);

            assertThat(CommandLine.problems(role.command(), tokens(args), KNOWN))
                    .filteredOn(problem -> !problem.contains("needs"))
                    .isEmpty();
        }
    }

    private static AdditionalArgs query(AdditionalArg... given) {
        return AdditionalArgs.of(Role.QUERY, PATH, List.of(given), KNOWN);
    }

    private static List<String> tokens(AdditionalArgs args) {
        return args.accepted().stream().map(AdditionalArgs.Extra::token).toList();
    }

    private static AdditionalArg arg(String name, String value) {
        var arg = new AdditionalArg();
        arg.name = name;
        arg.value = value;
        return arg;
    }
}
