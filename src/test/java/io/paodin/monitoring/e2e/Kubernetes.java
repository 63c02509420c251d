package io.paodin.monitoring.e2e;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionFactory;

/** The cluster that {@code KUBECONFIG} names, as somebody with all rights has it. */
final class Kubernetes {

    private static final KubernetesClient CLIENT = new KubernetesClientBuilder()
            // A test has to see each answer.
            .withConfig(new ConfigBuilder(Config.autoConfigure(null))
                    .withRequestRetryBackoffLimit(0)
                    .build())
            .build();

    private Kubernetes() {}

    static KubernetesClient client() {
        return CLIENT;
    }

    static ConditionFactory within(Duration atMost) {
        return await().atMost(atMost)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(500))
                .ignoreExceptionsInstanceOf(KubernetesClientException.class);
    }

    /** The objects of YAML documents. */
    static List<HasMetadata> objects(String yaml) {
        return CLIENT.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                .items();
    }

    /** As {@code kubectl apply --server-side} does. */
    static void apply(HasMetadata object) {
        CLIENT.resource(object).fieldManager("e2e").forceConflicts().serverSideApply();
    }

    /** As somebody who meddles with it, whatever has become of it since it was read. */
    static void annotate(HasMetadata object, String name, String value) {
        CLIENT.resource(object)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"metadata\": {\"annotations\": {\"%s\": \"%s\"}}}".formatted(name, value));
    }

    /** By name, what is another after each change of an object, or each restart of a pod. */
    static Map<String, String> versions(List<HasMetadata> objects) {
        return objects.stream()
                .collect(Collectors.toMap(
                        object -> object.getKind() + "/" + object.getMetadata().getName(), Kubernetes::version));
    }

    /** Who the pod is, and how often it was restarted. */
    static String identity(Pod pod) {
        var restarts = pod.getStatus().getContainerStatuses().stream()
                .mapToInt(ContainerStatus::getRestartCount)
                .sum();
        return pod.getMetadata().getUid() + ", restarts: " + restarts;
    }

    private static String version(HasMetadata object) {
        var metadata = object.getMetadata();
        if (object instanceof Pod pod) {
            return identity(pod);
        }
        // The status does not count, where there is one.
        return metadata.getGeneration() == null
                ? metadata.getUid() + ", version " + metadata.getResourceVersion()
                : metadata.getUid() + ", generation " + metadata.getGeneration();
    }

    /** A file of the project. */
    static String file(String path) {
        try {
            return Files.readString(Path.of(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String file(String path, UnaryOperator<String> edit) {
        var text = file(path);
        var edited = edit.apply(text);
        if (edited.equals(text)) {
            throw new IllegalArgumentException("the edit of " + path + " changes nothing");
        }
        return edited;
    }

    /** Whether the default class of volumes lets claims grow. */
    static boolean claimsCanGrow() {
        return CLIENT.storage().v1().storageClasses().list().getItems().stream()
                .filter(c -> c.getMetadata().getAnnotations() != null)
                .filter(c -> "true"
                        .equals(c.getMetadata().getAnnotations().get("storageclass.kubernetes.io/is-default-class")))
                .anyMatch(c -> Boolean.TRUE.equals(c.getAllowVolumeExpansion()));
    }

    /** A namespace that admits only pods of the Pod Security Standard {@code restricted}. */
    static void createRestricted(String name) {
        apply(new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                .endMetadata()
                .build());
    }
}
