package io.paodin.monitoring.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkloadStateTest {

    private static WorkloadState state(HasMetadata object) {
        return WorkloadState.of(object).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "2,2,2,2,2,true,everything is as wanted",
        "3,2,2,2,2,true,the generation is newer than the one asked for",
        "1,2,2,2,2,false,the counts are those of an older generation",
        ",2,2,2,2,false,nothing has been observed yet",
        "2,3,2,2,2,false,a pod of the older template is left",
        "2,2,1,2,2,false,a pod is not updated",
        "2,2,2,2,1,false,a pod is not available",
        "2,2,2,0,0,false,no pod is ready",
        "2,1,1,1,1,false,a pod is missing",
        "2,,,,,false,no pod is there"
    })
    void aDeploymentIsSettledOnceAllPodsAreNewAndAvailable(
            String generation,
            String replicas,
            String updated,
            String ready,
            String available,
            boolean settled,
            String why) {
        var state = state(Workloads.deployment(
                "query",
                "{observedGeneration: %s, replicas: %s, updatedReplicas: %s, readyReplicas: %s, availableReplicas: %s}"
                        .formatted(generation, replicas, updated, ready, available)));
        assertThat(state.settled()).as(why).isEqualTo(settled);
    }

    @ParameterizedTest
    @CsvSource({
        "2,2,2,2,2,true,everything is as wanted",
        "1,2,2,2,2,false,the counts are those of an older generation",
        "2,2,2,2,1,false,a pod has the older template",
        "2,2,2,1,2,false,a pod is ready but not for long enough",
        "2,1,1,1,1,false,a pod is missing",
        "2,3,3,3,2,false,a pod is too many"
    })
    void aStatefulSetIsSettledOnceAllPodsAreNewAndAvailable(
            String generation,
            String replicas,
            String ready,
            String available,
            String updated,
            boolean settled,
            String why) {
        var state = state(Workloads.ingestor("a", """
                        {observedGeneration: %s, replicas: %s, readyReplicas: %s, availableReplicas: %s,
                         updatedReplicas: %s}
                        """.formatted(generation, replicas, ready, available, updated)));
        assertThat(state.settled()).as(why).isEqualTo(settled);
    }

    @Test
    void wherePodsAreNotWantedNoneMayBeLeft() {
        var deployment = new DeploymentBuilder((Deployment) Workloads.deployment("query", "{observedGeneration: 2}"))
                .editSpec()
                .withReplicas(0)
                .endSpec();
        assertThat(state(deployment.build()).settled()).isTrue();
        deployment.editStatus().withReplicas(1).endStatus();
        assertThat(state(deployment.build()).settled()).isFalse();

        var set = new StatefulSetBuilder((StatefulSet) Workloads.ingestor("a", "{observedGeneration: 2}"))
                .editSpec()
                .withReplicas(0)
                .endSpec();
        assertThat(state(set.build()).settled()).isTrue();
        set.editStatus().withReplicas(1).endStatus();
        assertThat(state(set.build()).settled()).isFalse();
    }

    @Test
    void withoutAStatusNothingRunsYet() {
        for (var state : Workloads.states(Workloads.deployment("query", "null"), Workloads.ingestor("a", "null"))) {
            assertThat(state.settled()).isFalse();
            assertThat(state.desired()).isEqualTo(2);
            assertThat(state.ready()).isZero();
        }
    }

    @Test
    void withoutReplicasTheServersDefaultIsWanted() {
        var deployment = Workloads.deployment("query", "{observedGeneration: 2}");
        deployment.getSpec().setReplicas(null);
        assertThat(state(deployment).desired()).isEqualTo(1);
    }

    @Test
    void zeroPodsCanBeSettled() {
        var deployment = Workloads.deployment("query", "{observedGeneration: 2}");
        deployment.getSpec().setReplicas(0);
        assertThat(state(deployment).settled()).isTrue();
        var set = Workloads.ingestor("a", "{observedGeneration: 2}");
        set.getSpec().setReplicas(0);
        assertThat(state(set).settled()).isTrue();
    }

    @Test
    void saysWhatTheControllerSaysIsInTheWay() {
        var state = state(Workloads.deployment("query", """
                {conditions: [{type: Available, status: "False", message: few},
                              {type: Progressing, status: "False", message: "timed out progressing"},
                              {type: ReplicaFailure, status: "True", message: "exceeded quota"}]}
                """));
        assertThat(state.message()).contains("timed out progressing; exceeded quota");
        assertThat(state(Workloads.ready("query")).message()).isEmpty();
    }

    @Test
    void isNamedAsTheComponentIs() {
        assertThat(state(Workloads.ready("query")).component()).isEqualTo("query");
        assertThat(state(Workloads.readyIngestor("a")).component()).isEqualTo("receive-ingestor-a");
    }

    @Test
    void isNamedAsTheObjectWhereSomebodyHasTakenTheLabelsAway() {
        var deployment = Workloads.ready("query");
        deployment.getMetadata().setLabels(null);
        assertThat(state(deployment).component()).isEqualTo("central-query");
    }

    @Test
    void otherKindsAreNoWorkloads() {
        assertThat(WorkloadState.of(new ConfigMap())).isEmpty();
    }
}
