package io.paodin.monitoring.model;

import static io.paodin.monitoring.model.Examples.query;
import static io.paodin.monitoring.model.Examples.receive;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.LocalObjectReference;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorkloadTest {

    @Test
    void theImageIsThatOfTheComponentThenOfTheDefaultsThenOfTheOperator() {
        assertThat(query("query: {}").workload().container().image()).isEqualTo("quay.io/thanos/thanos:v0.42.4");
        assertThat(query("{defaultFields: {image: 'a:v0.43.0'}, query: {}}")
                        .workload()
                        .container()
                        .image())
                .isEqualTo("a:v0.43.0");
        assertThat(query("{defaultFields: {image: 'a:v0.43.0'}, query: {image: 'b:v0.44.0'}}")
                        .workload()
                        .container()
                        .image())
                .isEqualTo("b:v0.44.0");
    }

    @Test
    void theOperatorsImageIsASetting() {
        var settings = Examples.settings(Map.of("paodin.images.thanos", "mirror/thanos:v0.42.1"));
        var cluster = Cluster.of(Examples.thanos("query: {}"), Inputs.NONE, settings);
        assertThat(cluster.query().orElseThrow().workload().container().image()).isEqualTo("mirror/thanos:v0.42.1");
    }

    @Test
    void logPullPolicyAndPullSecretsComeFromTheDefaultsUnlessTheComponentHasItsOwn() {
        var receive = receive("""
                defaultFields:
                  logLevel: warn
                  logFormat: json
                  imagePullPolicy: Always
                  imagePullSecrets: [{name: a}]
                receive:
                  router: {}
                  ingestors: [{name: x, logLevel: debug, logFormat: logfmt, imagePullPolicy: Never, imagePullSecrets: []}]
                """);
        var router = receive.router().workload();
        assertThat(router.container().args()).contains("--log.level=warn", "--log.format=json");
        assertThat(router.container().imagePullPolicy()).isEqualTo("Always");
        assertThat(router.pod().imagePullSecrets()).containsExactly(new LocalObjectReference("a"));
        var ingestor = receive.ingestors().get(0).workload();
        assertThat(ingestor.container().args()).contains("--log.level=debug", "--log.format=logfmt");
        assertThat(ingestor.container().imagePullPolicy()).isEqualTo("Never");
        assertThat(ingestor.pod().imagePullSecrets()).isEmpty();
    }

    @Test
    void everySchedulingFieldIsPassedOn() {
        var pod = query("""
                query:
                  nodeSelector: {b: "2", a: "1"}
                  tolerations: [{key: k, operator: Exists}]
                  affinity: {nodeAffinity: {}}
                  resources: {limits: {memory: 1Gi}}
                """).workload();
        assertThat(pod.pod().nodeSelector()).containsExactly(Map.entry("a", "1"), Map.entry("b", "2"));
        assertThat(pod.pod().tolerations()).extracting("key").containsExactly("k");
        assertThat(pod.pod().affinity().getNodeAffinity()).isNotNull();
        assertThat(pod.container().resources().getLimits()).containsKey("memory");
    }

    @Test
    void thePodsUserIsASettingAndMayBeLeftToThePlatform() {
        assertThat(query("query: {}").workload().pod().securityContext().getRunAsUser())
                .isEqualTo(1001L);
        var settings = Examples.settings(Map.of("paodin.pod-user", ""));
        assertThat(Cluster.of(Examples.thanos("query: {}"), Inputs.NONE, settings)
                        .query()
                        .orElseThrow()
                        .workload()
                        .pod()
                        .securityContext()
                        .getRunAsUser())
                .isNull();
    }

    @Test
    void aSecurityContextReplacesOnlyTheFieldsThatItHas() {
        var context = query("query: {securityContext: {fsGroup: 2000, supplementalGroups: [3000]}}")
                .workload()
                .pod()
                .securityContext();
        assertThat(context.getFsGroup()).isEqualTo(2000);
        assertThat(context.getSupplementalGroups()).containsExactly(3000L);
        assertThat(context.getRunAsNonRoot()).isTrue();
        assertThat(context.getRunAsUser()).isEqualTo(1001);
        assertThat(context.getFsGroupChangePolicy()).isEqualTo("OnRootMismatch");
        assertThat(context.getSeccompProfile().getType()).isEqualTo("RuntimeDefault");

        var loosened = query("query: {securityContext: {runAsNonRoot: false, runAsUser: 0, "
                        + "seccompProfile: {type: Unconfined}, fsGroupChangePolicy: Always}}")
                .workload()
                .pod()
                .securityContext();
        assertThat(loosened.getRunAsNonRoot()).isFalse();
        assertThat(loosened.getRunAsUser()).isZero();
        assertThat(loosened.getSeccompProfile().getType()).isEqualTo("Unconfined");
        assertThat(loosened.getFsGroupChangePolicy()).isEqualTo("Always");
        assertThat(loosened.getFsGroup()).isEqualTo(1001);
    }

    @Test
    void labelsOfTheUserAreOnPodsOnlyAndInNoSelector() {
        var query = query("query: {podMetadata: {labels: {team: a, Zone: b}, annotations: {z: '1', b: '2'}}}");
        var workload = query.workload();
        assertThat(workload.pod().labels())
                .containsAllEntriesOf(workload.labels())
                .containsEntry("team", "a")
                .containsEntry("Zone", "b");
        assertThat(workload.labels()).doesNotContainKeys("team", "Zone");
        assertThat(workload.selector()).doesNotContainKeys("team", "Zone");
        assertThat(query.services())
                .allSatisfy(service -> assertThat(service.selector()).doesNotContainKeys("team", "Zone"));
        assertThat(query.budget().selector()).doesNotContainKeys("team", "Zone");
        assertThat(workload.pod().annotations()).containsExactly(Map.entry("b", "2"), Map.entry("z", "1"));
        assertThat(workload.withAnnotation("c", "3").pod().annotations().keySet())
                .containsExactly("b", "c", "z");
    }

    @Test
    void anAccountOfTheUserTakesThePlaceOfTheOperators() {
        var own = query("query: {}").workload().pod();
        assertThat(own.serviceAccountName()).isEqualTo("central-query");
        assertThat(own.ownsServiceAccount()).isTrue();
        var given = query("query: {serviceAccountName: thanos}").workload().pod();
        assertThat(given.serviceAccountName()).isEqualTo("thanos");
        assertThat(given.ownsServiceAccount()).isFalse();
    }

    @Test
    void aSpreadConstraintWithoutSelectorIsAboutThePodsOfTheWorkload() {
        var ingestor = receive("""
                receive:
                  ingestors:
                  - name: a
                    topologySpreadConstraints:
                    - {maxSkew: 1, topologyKey: zone, whenUnsatisfiable: DoNotSchedule, minDomains: 2}
                    - maxSkew: 1
                      topologyKey: zone
                      whenUnsatisfiable: ScheduleAnyway
                      labelSelector: {matchLabels: {a: b}}
                    - {maxSkew: 1, topologyKey: rack, whenUnsatisfiable: ScheduleAnyway, labelSelector: {}}
                """).ingestors().get(0).workload();
        var constraints = ingestor.pod().topologySpreadConstraints();
        assertThat(constraints.get(0).getMinDomains()).isEqualTo(2);
        assertThat(constraints.get(0).getLabelSelector().getMatchLabels()).isEqualTo(ingestor.selector());
        assertThat(constraints.get(1).getLabelSelector().getMatchLabels()).isEqualTo(Map.of("a", "b"));
        assertThat(constraints.get(2).getLabelSelector().getMatchLabels()).isEmpty();
    }

    @Test
    void theGracePeriodsOfTheServersFitOneAfterTheOtherIntoThePods() {
        var query = query("query: {}");
        assertThat(query.workload().pod().terminationGracePeriodSeconds()).isEqualTo(120);
        assertThat(Examples.args(query)).contains("--http-grace-period=45s", "--grpc-grace-period=45s");
        var patient = query("query: {terminationGracePeriodSeconds: 600}");
        assertThat(patient.workload().pod().terminationGracePeriodSeconds()).isEqualTo(600);
        assertThat(Examples.args(patient)).contains("--http-grace-period=3m45s", "--grpc-grace-period=3m45s");
        var hasty = query("query: {terminationGracePeriodSeconds: 10}");
        assertThat(Examples.args(hasty)).contains("--http-grace-period=3s", "--grpc-grace-period=3s");
    }

    @Test
    void anIngestorHasMostOfItsGracePeriodForItsData() {
        var ingestor = receive("receive: {ingestors: [{name: a}]}").ingestors().get(0);
        assertThat(ingestor.workload().pod().terminationGracePeriodSeconds()).isEqualTo(900);
        assertThat(Examples.args(ingestor)).contains("--http-grace-period=2m", "--grpc-grace-period=2m");
        var hasty = receive("receive: {ingestors: [{name: a, terminationGracePeriodSeconds: 60}]}");
        assertThat(Examples.args(hasty.ingestors().get(0)))
                .contains("--http-grace-period=8s", "--grpc-grace-period=8s");
    }

    @Test
    void theCompactorHasNoServerForGrpc() {
        var compact = Examples.valid(
                        "{objectStorageConfig: {name: a, key: b}, " + "compact: {terminationGracePeriodSeconds: 240}}")
                .compact()
                .orElseThrow();
        assertThat(Examples.args(compact))
                .contains("--http-grace-period=1m30s")
                .noneMatch(arg -> arg.startsWith("--grpc-grace-period"));
    }

    @Test
    void replicasAreLeftToAScalerUnlessTheSpecSetsThem() {
        assertThat(query("query: {}").workload().replicas()).isNull();
        assertThat(query("query: {replicas: 0}").workload().replicas()).isZero();
        assertThat(query("query: {replicas: 3}").workload().replicas()).isEqualTo(3);
    }

    @Test
    void componentsDoNotShareWhatOnlyOneOfThemSets() {
        var receive = receive("""
                receive: {router: {replicas: 3, nodeSelector: {a: b}}, ingestors: [{name: x}, {name: y, replicas: 2}]}
                """);
        assertThat(receive.ingestors().get(0).replicas()).isEqualTo(1);
        assertThat(receive.ingestors().get(0).workload().pod().nodeSelector()).isEmpty();
        assertThat(receive.ingestors().get(1).replicas()).isEqualTo(2);
    }
}
