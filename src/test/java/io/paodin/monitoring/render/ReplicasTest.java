package io.paodin.monitoring.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.paodin.monitoring.model.Examples;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A manifest names a count only where it is the operator's: a scaler has the others, the server's default being one. */
@QuarkusTest
class ReplicasTest {

    @Inject
    ManifestRenderer renderer;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            query: {}                                             | central-query              |
            query: {replicas: 0}                                  | central-query              | 0
            query: {replicas: 1}                                  | central-query              | 1
            query: {replicas: 1000}                               | central-query              | 1000
            receive: {ingestors: [{name: a}]}                     | central-receive-router     |
            receive: {router: {}, ingestors: [{name: a}]}         | central-receive-router     |
            'receive: {router: {replicas: 0}, ingestors: [{name: a}]}' | central-receive-router | 0
            'receive: {router: {replicas: 2}, ingestors: [{name: a}]}' | central-receive-router | 2
            storeGateway: {}                                      | central-storegateway       |
            storeGateway: {replicas: 0}                           | central-storegateway       | 0
            storeGateway: {replicas: 2}                           | central-storegateway       | 2
            receive: {ingestors: [{name: a}]}                     | central-receive-ingestor-a | 1
            'receive: {ingestors: [{name: a, replicas: 0}, {name: b}]}' | central-receive-ingestor-a | 0
            'receive: {ingestors: [{name: a, replicas: 3}]}'      | central-receive-ingestor-a | 3
            compact: {}                                           | central-compact            | 1
            compact: {replicas: 0}                                | central-compact            | 0
            compact: {replicas: 1}                                | central-compact            | 1
            """)
    void theCountIsNamedWhereItIsTheOperators(String component, String workload, Integer replicas) {
        var cluster = Examples.cluster("objectStorageConfig: {name: bucket, key: config.yaml}\n" + component);
        assertThat(cluster.violations()).isEmpty();

        assertThat(renderer.render(cluster))
                .filteredOn(object -> object.getMetadata().getName().equals(workload) && isWorkload(object))
                .singleElement()
                .extracting(ReplicasTest::replicas)
                .isEqualTo(replicas);
    }

    private static boolean isWorkload(HasMetadata object) {
        return object instanceof Deployment || object instanceof StatefulSet;
    }

    private static Integer replicas(HasMetadata workload) {
        return workload instanceof Deployment deployment
                ? deployment.getSpec().getReplicas()
                : ((StatefulSet) workload).getSpec().getReplicas();
    }
}
