package io.paodin.monitoring.e2e;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.paodin.monitoring.api.v1alpha1.Thanos;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What there was in the cluster when a test failed, in {@code target/e2e/TEST}: resources, events and logs. */
final class Evidence {

    private static final Path ROOT = Path.of("target", "e2e");
    private static final String OPERATOR = "paodin-monitoring";

    private Evidence() {}

    static void collect(String test, Throwable failure, List<TestNamespace> namespaces) {
        var directory = ROOT.resolve(test);
        var stack = new StringWriter();
        failure.printStackTrace(new PrintWriter(stack));
        write(directory.resolve("failure.txt"), stack.toString());
        namespaces.forEach(namespace -> collect(directory.resolve(namespace.name()), namespace.name()));
        collect(directory.resolve(OPERATOR), OPERATOR);
    }

    private static void collect(Path directory, String namespace) {
        var client = Kubernetes.client();
        var kinds = new ArrayList<Class<? extends HasMetadata>>(TestNamespace.KINDS);
        kinds.add(Thanos.class);
        kinds.add(PersistentVolumeClaim.class);
        kinds.add(Event.class);
        for (var kind : kinds) {
            var objects = client.resources(kind).inNamespace(namespace).list().getItems();
            if (!objects.isEmpty()) {
                write(directory.resolve(kind.getSimpleName() + ".yaml"), Serialization.asYaml(objects));
            }
        }
        client.pods().inNamespace(namespace).list().getItems().forEach(pod -> logs(directory, pod));
    }

    private static void logs(Path directory, Pod pod) {
        var metadata = pod.getMetadata();
        for (var container : pod.getSpec().getContainers()) {
            var logs = Kubernetes.client()
                    .pods()
                    .inNamespace(metadata.getNamespace())
                    .withName(metadata.getName())
                    .inContainer(container.getName());
            var file = metadata.getName() + "." + container.getName();
            try {
                write(directory.resolve(file + ".log"), logs.getLog());
                if (hasRestarted(pod, container.getName())) {
                    write(
                            directory.resolve(file + ".previous.log"),
                            logs.terminated().getLog());
                }
            } catch (KubernetesClientException e) {
                write(directory.resolve(file + ".log"), e.getMessage());
            }
        }
    }

    private static boolean hasRestarted(Pod pod, String container) {
        return pod.getStatus().getContainerStatuses().stream()
                .anyMatch(status -> status.getName().equals(container) && status.getRestartCount() > 0);
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, String.valueOf(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
