package io.paodin.monitoring.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;

/** An S3 server that all tests share; each has a {@link Bucket} of its own there. */
final class ObjectStore implements AutoCloseable {

    private static final String MANIFEST = "src/test/resources/e2e/s3.yaml";
    private static final String NAMESPACE = "e2e-s3";

    private final TestNamespace namespace;

    private ObjectStore(TestNamespace namespace) {
        this.namespace = namespace;
    }

    static ObjectStore start() {
        var namespace = TestNamespace.create(NAMESPACE);
        namespace.applyObjects(Kubernetes.file(MANIFEST));
        for (var deployment : List.of("s3", "tools")) {
            Kubernetes.within(Duration.ofMinutes(3)).untilAsserted(() -> assertThat(Kubernetes.client()
                            .apps()
                            .deployments()
                            .inNamespace(NAMESPACE)
                            .withName(deployment)
                            .isReady())
                    .as(deployment)
                    .isTrue());
        }
        return new ObjectStore(namespace);
    }

    /** @param prefix what keeps it apart from others on the server, such as the name of a namespace */
    Bucket bucket(String prefix) {
        return new Bucket(NAMESPACE, prefix);
    }

    @Override
    public void close() {
        namespace.delete();
    }
}
