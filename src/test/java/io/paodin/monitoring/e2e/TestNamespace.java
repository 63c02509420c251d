package io.paodin.monitoring.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.lang.reflect.Method;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** A namespace that admits only restricted pods, and is deleted after its test. */
record TestNamespace(String name) {

    /** What the operator makes, and what comes of it. */
    static final List<Class<? extends HasMetadata>> KINDS = List.of(
            Deployment.class,
            StatefulSet.class,
            Service.class,
            ConfigMap.class,
            ServiceAccount.class,
            PodDisruptionBudget.class,
            Pod.class);

    private static final int LONGEST = 40;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** Waits for the end of one of that name that an earlier test has deleted. */
    static TestNamespace create(String name) {
        var namespace = new TestNamespace(name);
        namespace.awaitGone();
        Kubernetes.createRestricted(name);
        return namespace;
    }

    static TestNamespace createFor(Class<?> test, Method method) {
        var readable = (test.getSimpleName() + "-" + method.getName())
                .replaceAll("([a-z])([A-Z])", "$1-$2")
                .toLowerCase(Locale.ROOT);
        return create("e2e-"
                + readable.substring(0, Math.min(LONGEST, readable.length())).replaceAll("-$", "") + "-"
                + UUID.randomUUID().toString().substring(0, 5));
    }

    /** Applies all documents, and returns the one {@code Thanos} among them. */
    ThanosCluster apply(String yaml) {
        applyObjects(yaml);
        return Kubernetes.objects(yaml).stream()
                .filter(object -> object.getKind().equals("Thanos"))
                .map(o -> thanos(o.getMetadata().getName()))
                .findFirst()
                .orElseThrow();
    }

    /** Applies all documents, those without a namespace of their own to this one. */
    void applyObjects(String yaml) {
        for (var object : Kubernetes.objects(yaml)) {
            if (object.getMetadata().getNamespace() == null) {
                object.getMetadata().setNamespace(name);
            }
            Kubernetes.apply(object);
        }
    }

    List<PersistentVolumeClaim> claims() {
        return Kubernetes.client()
                .persistentVolumeClaims()
                .inNamespace(name)
                .list()
                .getItems();
    }

    ThanosCluster thanos(String resource) {
        return new ThanosCluster(this, resource);
    }

    /** Deletes an object, and in the background what depends on it. */
    void delete(Class<? extends HasMetadata> kind, String object) {
        Kubernetes.client().resources(kind).inNamespace(name).withName(object).delete();
    }

    /**
     * While there are pods, the controller of namespaces looks again after half of the time that they have to end, which
     * for an ingestor is minutes after its end; or when the namespace changes.
     */
    void awaitGone() {
        Kubernetes.within(PATIENCE).untilAsserted(() -> {
            var found = Kubernetes.client().namespaces().withName(name).get();
            if (found != null && found.isMarkedForDeletion() && pods().isEmpty()) {
                Kubernetes.annotate(found, "e2e/awaited-at", Instant.now().toString());
            }
            assertThat(found)
                    .as("a namespace that is still there: delete it if it is left from a run that was stopped")
                    .isNull();
        });
    }

    private List<Pod> pods() {
        return Kubernetes.client().pods().inNamespace(name).list().getItems();
    }

    /** Does not wait for its end. */
    void delete() {
        Kubernetes.client().namespaces().withName(name).delete();
    }
}
