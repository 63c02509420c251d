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
