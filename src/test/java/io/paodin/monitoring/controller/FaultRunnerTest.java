package io.paodin.monitoring.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.paodin.monitoring.apiserver.Fault;
import io.paodin.monitoring.config.OperatorConfig;
import io.paodin.monitoring.controller.FlowDriver.Stage;
import io.paodin.monitoring.render.ManifestRenderer;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Whatever happens on the way, a spec ends in the same state: an operator that is killed before or after any of its
 * writes, requests that fail, a detour by other specs. Nothing of anybody else is ever touched.
 */
@QuarkusTest
class FaultRunnerTest {

    private static final String CENTRAL = """
            apiVersion: monitoring.paodin.io/v1alpha1
            kind: Thanos
            metadata:
              name: central
            spec:
              query:
                stores:
                - addresses: [member-1.example.com:10901]
              receive:
                router: {replicationFactor: 2}
                ingestors:
                - name: team
                  tenants: [team]
                  replicas: 2
                - name: soft
                  replicas: 2
            """;

    private static final UnaryOperator<String> WITHOUT_QUERY =
            spec -> spec.replace("  query:\n    stores:\n    - addresses: [member-1.example.com:10901]\n", "");
    private static final UnaryOperator<String> WITHOUT_AN_INGESTOR =
            spec -> spec.replace("    - name: team\n      tenants: [team]\n      replicas: 2\n", "");
    private static final UnaryOperator<String> WITHOUT_RECEIVE = spec -> spec.substring(0, spec.indexOf("  receive:"));
    private static final UnaryOperator<String> SCALED = spec -> spec.replace("replicas: 2", "replicas: 3");
    private static final UnaryOperator<String> QUERY_SCALED =
            spec -> spec.replace("  query:\n", "  query:\n    replicas: 3\n");
    private static final UnaryOperator<String> ANOTHER_STORE =
            spec -> spec.replace("[member-1.example.com:10901]", "[member-2.example.com:10901]");
    private static final UnaryOperator<String> SECURED = spec ->
            spec.replace("[member-1.example.com:10901]\n", "[member-1.example.com:10901]\n      tlsConfig: {}\n");
    private static final UnaryOperator<String> ANOTHER_IMAGE =
            spec -> spec.replace("spec:\n", "spec:\n  defaultFields: {image: 'quay.io/thanos/thanos:v0.42.3'}\n");
    private static final UnaryOperator<String> TENANT_MOVED =
            spec -> spec.replace("tenants: [team]", "tenants: [other]");
    private static final UnaryOperator<String> INVALID =
            spec -> spec.replace("replicationFactor: 2", "replicationFactor: 5");
    private static final UnaryOperator<String> PAUSED =
            spec -> ANOTHER_STORE.apply(spec).replace("spec:\n", "spec:\n  paused: true\n");
    /** With one field, since the server refuses a spec that loses all that it had in one apply. */
    private static final UnaryOperator<String> NOTHING =
            spec -> spec.substring(0, spec.indexOf("spec:")) + "spec: {paused: false}\n";

    /** One ingestor whose claims outlive it, and one whose claims do not. */
    private static final String KEPT = """
            apiVersion: monitoring.paodin.io/v1alpha1
            kind: Thanos
            metadata:
              name: central
            spec:
              receive:
                router: {replicationFactor: 2}
                ingestors:
                - name: team
                  tenants: [team]
                  replicas: 2
                  dataVolume:
                    pvc: {spec: {storageClassName: elastic, resources: {requests: {storage: 1Gi}}}}
                - name: soft
                  replicas: 2
                  dataVolume:
                    persistentVolumeClaimRetentionPolicy: {whenDeleted: Delete}
                    pvc: {spec: {storageClassName: elastic, resources: {requests: {storage: 1Gi}}}}
            """;

    private static final UnaryOperator<String> GROWN = spec -> spec.replace("storage: 1Gi", "storage: 2Gi");

    private static final String STORED = """
            apiVersion: monitoring.paodin.io/v1alpha1
            kind: Thanos
            metadata:
              name: central
            spec:
              objectStorageConfig: {name: objstore, key: thanos.yaml}
              query: {}
              receive:
                ingestors:
                - name: soft
                - name: team
                  tenants: [team]
              storeGateway: {}
              compact: {}
            """;
    private static final String BUCKET = secret("{type: S3, config: {endpoint: s3.example.com, bucket: a}}");
    private static final String ROTATED =
            secret("{type: S3, config: {endpoint: s3.example.com, bucket: a, region: b}}");
    private static final String MOVED = secret("{type: S3, config: {endpoint: s3.example.com, bucket: b}}");
    private static final String UNUSABLE = secret("{type: S3, config: {}}");
    private static final UnaryOperator<String> MORE_STORE_GATEWAYS =
            spec -> spec.replace("storeGateway: {}", "storeGateway: {replicas: 2}");

    private static final UnaryOperator<String> MORE_INGESTORS =
            spec -> spec.replace("- name: soft\n", "- name: soft\n      replicas: 2\n");

    private static String secret(String content) {
        return """
                apiVersion: v1
                kind: Secret
                metadata:
                  name: objstore
                stringData:
                  thanos.yaml: "%s"
                """.formatted(content);
    }

    private static String both(String one, String other) {
        return one + "---\n" + other;
    }

    /** The transitions, each from a settled state; null stands for no resource. */
    private record Workload(String name, List<String> steps) {}

    private static List<Workload> workloads() {
        return List.of(
                new Workload("create", List.of(CENTRAL)),
                new Workload("edit the image", List.of(CENTRAL, ANOTHER_IMAGE.apply(CENTRAL))),
                new Workload("edit the stores", List.of(CENTRAL, ANOTHER_STORE.apply(CENTRAL))),
                new Workload("secure a store", List.of(CENTRAL, SECURED.apply(CENTRAL))),
                new Workload("secure no store any more", List.of(SECURED.apply(CENTRAL), CENTRAL)),
                new Workload(
                        "remove query and its secured store",
                        List.of(SECURED.apply(CENTRAL), WITHOUT_QUERY.apply(CENTRAL))),
                new Workload("add query", List.of(WITHOUT_QUERY.apply(CENTRAL), CENTRAL)),
                new Workload("remove query", List.of(CENTRAL, WITHOUT_QUERY.apply(CENTRAL))),
                new Workload("add an ingestor", List.of(WITHOUT_AN_INGESTOR.apply(CENTRAL), CENTRAL)),
                new Workload("remove an ingestor", List.of(CENTRAL, WITHOUT_AN_INGESTOR.apply(CENTRAL))),
                new Workload("remove receive", List.of(CENTRAL, WITHOUT_RECEIVE.apply(CENTRAL))),
                new Workload("remove everything", List.of(CENTRAL, NOTHING.apply(CENTRAL))),
                new Workload("scale ingestors", List.of(CENTRAL, SCALED.apply(CENTRAL))),
                new Workload("enforce replicas", List.of(CENTRAL, QUERY_SCALED.apply(CENTRAL))),
                new Workload("hand replicas over", List.of(QUERY_SCALED.apply(CENTRAL), CENTRAL)),
                new Workload("invalid and back", List.of(CENTRAL, INVALID.apply(CENTRAL), SCALED.apply(CENTRAL))),
                new Workload("paused and on", List.of(CENTRAL, PAUSED.apply(CENTRAL), ANOTHER_STORE.apply(CENTRAL))),
                new Workload("let claims grow", List.of(KEPT, GROWN.apply(KEPT))),
                new Workload(
                        "let claims grow, and more",
                        List.of(KEPT, GROWN.andThen(ANOTHER_IMAGE).apply(KEPT))),
                new Workload("with object storage", List.of(both(BUCKET, STORED))),
                new Workload("the Secret comes late", List.of(STORED, BUCKET)),
                new Workload("the Secret is rotated", List.of(both(BUCKET, STORED), ROTATED)),
                new Workload(
                        "scaled while the Secret is unusable",
                        List.of(both(BUCKET, STORED), UNUSABLE, MORE_INGESTORS.apply(STORED), ROTATED)),
                new Workload("the bucket is another", List.of(both(BUCKET, STORED), MOVED)),
                new Workload(
                        "the Secret is unusable for a while",
                        List.of(both(BUCKET, STORED), UNUSABLE, both(MORE_STORE_GATEWAYS.apply(STORED), ROTATED))));
    }

    @Inject
    OperatorConfig config;

    @Inject
    ManifestRenderer renderer;

    private Stage stage;
    private int namespaces;

    /** Each case has a server of its own, since a server with the remains of all others is slow. */
    private Stream<DynamicTest> onStage(Stream<DynamicTest> cases) {
        return cases.map(test -> DynamicTest.dynamicTest(test.getDisplayName(), () -> {
            try (var opened = Stage.open()) {
                stage = opened;
                test.getExecutable().execute();
            }
        }));
    }

    @TestFactory
    Stream<DynamicTest> endsInTheSameStateAfterACrashAtAnyWrite() {
        return onStage(
                workloads().stream().map(workload -> DynamicTest.dynamicTest(workload.name(), () -> crash(workload))));
    }

    private void crash(Workload workload) {
        var reference = reference(workload);
        assertThat(reference.writes()).isPositive();
        for (var fault : List.of(Fault.CRASH_BEFORE, Fault.CRASH_AFTER)) {
            for (int at = 0; at < reference.writes(); at++) {
                runWith(workload, fault, at, reference);
            }
        }
    }

    @TestFactory
    Stream<DynamicTest> endsInTheSameStateAfterAnErrorAtAnyWrite() {
        return onStage(
                workloads().stream().map(workload -> DynamicTest.dynamicTest(workload.name(), () -> fail(workload))));
    }

    private void fail(Workload workload) {
        var reference = reference(workload);
        for (int at = 0; at < reference.writes(); at++) {
            runWith(workload, Fault.error(at % 2 == 0 ? 409 : 500), at, reference);
        }
    }

    @TestFactory
    Stream<DynamicTest> endsWhereItBeganAfterADetour() {
        var detours = Map.of(
                "another image", ANOTHER_IMAGE,
                "another store", ANOTHER_STORE,
                "without query", WITHOUT_QUERY,
                "without an ingestor", WITHOUT_AN_INGESTOR,
                "without receive", WITHOUT_RECEIVE,
                "nothing", NOTHING,
                "scaled", SCALED,
                "a tenant moved", TENANT_MOVED,
                "invalid", INVALID,
                "paused", PAUSED);
        return onStage(detours.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(detour -> DynamicTest.dynamicTest(detour.getKey(), () -> {
                    var driver = newDriver();
                    driver.apply(CENTRAL);
                    driver.settle();
                    var before = driver.state();
                    driver.apply(detour.getValue().apply(CENTRAL));
                    driver.settle();
                    driver.apply(CENTRAL);
                    driver.settle();
                    assertThat(driver.state()).isEqualTo(before);
                })));
    }

    /**
     * Whatever is asked for between the first half of a growth and the second, no claim is lost, and the growth comes to
     * its end. A size that is taken back once the StatefulSet exists anew is one that claims would have to shrink to.
     */
    @TestFactory
    Stream<DynamicTest> claimsGrowThoughSomethingElseIsAskedForInTheMiddle() {
        var grown = GROWN.apply(KEPT);
        var detours = Map.<String, UnaryOperator<String>>of(
                "taken back", spec -> KEPT,
                "invalid", INVALID,
                "paused", spec -> spec.replace("spec:\n", "spec:\n  paused: true\n"),
                "something in between", spec -> spec.replace("storage: 2Gi", "storage: 1536Mi"));
        return onStage(detours.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(detour -> DynamicTest.dynamicTest(detour.getKey(), () -> {
                    var reference = reference(new Workload("grow", List.of(KEPT, grown)));
                    for (int at = 0; at < reference.writes(); at++) {
                        growByWayOf(detour.getValue().apply(grown), grown, at, reference);
                    }
                })));
    }

    private void growByWayOf(String detour, String grown, int at, Reference reference) {
        var driver = newDriver();
        createForeign(driver);
        driver.apply(KEPT);
        driver.settle();
        var claims = claims(driver);
        assertThat(claims).hasSize(4);
        driver.apply(grown);
        settleUntilCrash(driver, Fault.CRASH_AFTER, at);
        driver.apply(detour);
        driver.settle();
        assertThat(claims(driver)).as("after write %d", at).isEqualTo(claims);
        driver.apply(grown);
        driver.settle();
        assertThat(claims(driver)).as("after write %d", at).isEqualTo(claims);
        assertThat(driver.state()).as("after write %d", at).isEqualTo(reference.state());
        driver.remove();
    }

    private static List<String> claims(FlowDriver driver) {
        return driver.user().persistentVolumeClaims().inNamespace(driver.namespace).list().getItems().stream()
                .map(claim -> claim.getMetadata().getName() + " "
                        + claim.getMetadata().getUid())
                .toList();
    }

    @TestFactory
    Stream<DynamicTest> writesNothingWhenNothingChanged() {
        return onStage(workloads().stream()
                .map(workload -> DynamicTest.dynamicTest(workload.name(), () -> {
                    var driver = newDriver();
                    workload.steps().forEach(step -> {
                        driver.apply(step);
                        driver.settle();
                    });
                    var mark = stage.server().journal().mark();
                    for (int run = 0; run < 10; run++) {
                        driver.restart();
                        driver.reconcile();
                    }
                    assertThat(stage.server().journal().since(mark))
                            .noneMatch(request -> FlowDriver.isOperators(request) && !FlowDriver.isRefresh(request));
                })));
    }

    private record Reference(String state, int writes) {}

    /** The state without any fault, and how many writes the last step takes. */
    private Reference reference(Workload workload) {
        var driver = newDriver();
        var foreign = createForeign(driver);
        settleAllButTheLast(workload, driver);
        driver.apply(last(workload));
        var mark = stage.server().journal().mark();
        driver.settle();
        assertThat(foreign(driver)).isEqualTo(foreign);
        var reference =
                new Reference(driver.state(), driver.operatorsWrites(mark).size());
        driver.remove();
        return reference;
    }

    private void runWith(Workload workload, Fault fault, int at, Reference reference) {
        var driver = newDriver();
        var foreign = createForeign(driver);
        settleAllButTheLast(workload, driver);
        driver.apply(last(workload));
        settleUntilCrash(driver, fault, at);
        driver.settle();
        assertThat(driver.state()).as("%s at write %d", fault, at).isEqualTo(reference.state());
        assertThat(foreign(driver)).isEqualTo(foreign);
        driver.remove();
    }

    private void settleUntilCrash(FlowDriver driver, Fault fault, int at) {
        stage.server().onWrite(FlowDriver::isOperators, (index, request) -> index == at ? fault : Fault.NONE);
        try {
            driver.settle();
        } catch (KubernetesClientException e) {
            // The process ends here.
        } finally {
            stage.server().revive();
        }
        driver.restart();
    }

    private static void settleAllButTheLast(Workload workload, FlowDriver driver) {
        for (var step : workload.steps().subList(0, workload.steps().size() - 1)) {
            driver.apply(step);
            driver.settle();
        }
    }

    private static String last(Workload workload) {
        return workload.steps().get(workload.steps().size() - 1);
    }

    private FlowDriver newDriver() {
        return new FlowDriver(stage, "run-%04d".formatted(namespaces++), config, renderer);
    }

    /** Objects of others: one that only looks like the operator's, one whose name the resource could have needed. */
    private static List<String> createForeign(FlowDriver driver) {
        driver.apply("""
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: central-old
                  labels: {app.kubernetes.io/managed-by: paodin-monitoring, app.kubernetes.io/instance: central}
                data: {mine: "yes"}
                """);
        driver.apply("""
                apiVersion: v1
                kind: Service
                metadata:
                  name: central-storegateway
                spec: {ports: [{port: 1}]}
                """);
        return foreign(driver);
    }

    private static List<String> foreign(FlowDriver driver) {
        var versions = new ArrayList<String>();
        versions.add(driver.user()
                .configMaps()
                .inNamespace(driver.namespace)
                .withName("central-old")
                .get()
                .getMetadata()
                .getResourceVersion());
        versions.add(driver.user()
                .services()
                .inNamespace(driver.namespace)
                .withName("central-storegateway")
                .get()
                .getMetadata()
                .getResourceVersion());
        return versions;
    }
}
