package io.paodin.monitoring.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.dsl.RollableScalableResource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** The operator, installed from {@code deploy/bundle.yaml} and uninstalled at the end of all tests. */
final class Operator implements AutoCloseable {

    private static final String BUNDLE = "deploy/bundle.yaml";
    static final Duration PATIENCE = Duration.ofMinutes(3);

    /** So that no test waits long for what takes minutes otherwise. */
    private static final Map<String, String> QUICK = Map.of(
            "PAODIN_SECRET_REFRESH_INTERVAL", "5s",
            "PAODIN_COMPACTOR_CHECK_INTERVAL", "5s",
            "PAODIN_PROBLEM_RECHECK_INTERVAL", "10s",
            "PAODIN_ENDPOINT_RELOAD_INTERVAL", "5s",
            "PAODIN_HASHRING_RELOAD_INTERVAL", "5s");

    private static final Pattern ERROR = Pattern.compile(" (ERROR|FATAL) |Exception");

    private final Instant installed = Instant.now();
    private final List<HasMetadata> bundle = Kubernetes.objects(Kubernetes.file(BUNDLE));

    private Operator() {}

    static Operator install() {
        var operator = new Operator();
        operator.refuseIfInstalled();
        try {
            operator.deploy();
        } catch (AssertionError | RuntimeException e) {
            Evidence.collect("Operator.install", e, List.of());
            operator.close();
            throw e;
        }
        return operator;
    }

    /** At their end the tests remove the bundle, and with the definition every resource there is. */
    private void refuseIfInstalled() {
        var present = bundle.stream()
                .filter(CustomResourceDefinition.class::isInstance)
                .anyMatch(crd -> Kubernetes.client().resource(crd).get() != null);
        if (present) {
            throw new IllegalStateException("this cluster has the definition of Thanos already, and the tests would "
                    + "remove it: take another cluster, or delete what " + BUNDLE + " has installed");
        }
    }

    /** When its installation began. */
    Instant installed() {
        return installed;
    }

    /** Applies the bundle. */
    void apply() {
        bundle.forEach(Kubernetes::apply);
    }

    /** Installs it, at first or after a test has uninstalled it. */
    void deploy() {
        apply();
        awaitAvailable();
        set(QUICK);
    }

    /** Those of the bundle, as they are now. */
    List<HasMetadata> objects() {
        return bundle.stream()
                .map(object -> Kubernetes.client().resource(object).get())
                .toList();
    }

    /** Sets environment variables, and waits until the operator runs with them. */
    void set(Map<String, String> variables) {
        edit(deployment -> {
            var container =
                    deployment.getSpec().getTemplate().getSpec().getContainers().get(0);
            var all = new TreeMap<>(variables);
            container.getEnv().removeIf(variable -> all.containsKey(variable.getName()));
            all.forEach((name, value) -> container
                    .getEnv()
                    .add(new EnvVarBuilder().withName(name).withValue(value).build()));
        });
        awaitAvailable();
    }

    /** Ends all of its pods. */
    void stop() {
        resource().scale(0);
        Kubernetes.within(PATIENCE).until(() -> pods().isEmpty());
    }

    void start() {
        resource().scale(1);
        awaitAvailable();
    }

    String image() {
        return resource()
                .get()
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .get(0)
                .getImage();
    }

    /** Replaces the operator by that of another image. */
    void replaceBy(String image) {
        edit(deployment -> deployment
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .get(0)
                .setImage(image));
        awaitAvailable();
    }

    List<Pod> pods() {
        var deployment = deployment();
        return Kubernetes.client()
                .pods()
                .inNamespace(namespace())
                .withLabels(deployment.getSpec().getSelector().getMatchLabels())
                .list()
                .getItems();
    }

    /** What it has logged since its start. */
    String log() {
        return resource().getLog();
    }

    /** The lines of its log that should not be there. */
    List<String> errors() {
        return log().lines().filter(line -> ERROR.matcher(line).find()).toList();
    }

    String namespace() {
        return deployment().getMetadata().getNamespace();
    }

    private void edit(Consumer<Deployment> edit) {
        resource().edit(deployment -> {
            edit.accept(deployment);
            return deployment;
        });
    }

    /** Waits until one pod runs, and it is of the newest template. */
    private void awaitAvailable() {
        Kubernetes.within(PATIENCE).untilAsserted(() -> {
            var deployment = resource().get();
            var status = deployment.getStatus();
            assertThat(status.getObservedGeneration())
                    .isGreaterThanOrEqualTo(deployment.getMetadata().getGeneration());
            assertThat(status.getUpdatedReplicas())
                    .as(status.getConditions().toString())
                    .isEqualTo(1);
            assertThat(status.getAvailableReplicas()).isEqualTo(1);
            assertThat(pods()).hasSize(1);
        });
    }

    private Deployment deployment() {
        return bundle.stream()
                .filter(Deployment.class::isInstance)
                .map(Deployment.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private RollableScalableResource<Deployment> resource() {
        return Kubernetes.client()
                .apps()
                .deployments()
                .inNamespace(namespace())
                .withName(deployment().getMetadata().getName());
    }

    @Override
    public void close() {
        bundle.stream().forEach(object -> Kubernetes.client().resource(object).delete());
    }
}
