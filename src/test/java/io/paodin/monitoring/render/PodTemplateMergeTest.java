package io.paodin.monitoring.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.paodin.monitoring.api.v1alpha1.ComponentSpec;
import io.paodin.monitoring.api.v1alpha1.ThanosSpec;
import io.paodin.monitoring.model.Cluster;
import io.paodin.monitoring.model.Component;
import io.paodin.monitoring.model.RandomOverlays;
import io.paodin.monitoring.model.Workload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.statistics.Statistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever pod template a user gives: it is refused, or all that the operator relies on is still there once it is merged
 * onto the recorded manifests.
 */
class PodTemplateMergeTest {

    private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final GoldenCase ALL_COMPONENTS = new GoldenCase(
            "object-storage", GoldenCase.FOLDER.resolve("object-storage").resolve("thanos.yaml"));

    private static final Map<String, Function<ThanosSpec, ComponentSpec>> COMPONENTS = Map.of(
            "query", spec -> spec.query,
            "receive-router", spec -> spec.receive.router,
            "receive-ingestor-soft", spec -> spec.receive.ingestors.get(0),
            "store-gateway", spec -> spec.storeGateway,
            "compact", spec -> spec.compact);

    /** What has a field of its own in the resource, or is nobody's to change. */
    private static final List<Function<PodSpec, Object>> OF_PODS = List.of(
            PodSpec::getActiveDeadlineSeconds,
            PodSpec::getAffinity,
            PodSpec::getAutomountServiceAccountToken,
            PodSpec::getEphemeralContainers,
            PodSpec::getHostNetwork,
            PodSpec::getHostname,
            PodSpec::getImagePullSecrets,
            PodSpec::getNodeName,
            PodSpec::getNodeSelector,
            PodSpec::getPriorityClassName,
            PodSpec::getRestartPolicy,
            PodSpec::getSecurityContext,
            PodSpec::getServiceAccount,
            PodSpec::getServiceAccountName,
            PodSpec::getSubdomain,
            PodSpec::getTerminationGracePeriodSeconds,
            PodSpec::getTolerations,
            PodSpec::getTopologySpreadConstraints);

    private static final List<Function<Container, Object>> OF_THANOS = List.of(
            Container::getArgs,
            Container::getCommand,
            Container::getImage,
            Container::getImagePullPolicy,
            Container::getName,
            Container::getResources,
            Container::getRestartPolicy);

    private static final List<Function<Container, Probe>> PROBES =
            List.of(Container::getStartupProbe, Container::getLivenessProbe, Container::getReadinessProbe);

    /** Where receivers listen, though no pod says so. */
    private static final int CAPNPROTO = 19391;

    private final PodTemplateMerge merge = new PodTemplateMerge(SERIALIZATION);

    @Property(tries = 600)
    void isRefusedOrKeepsWhatTheOperatorReliesOn(@ForAll long seed) throws IOException {
        for (var id : COMPONENTS.keySet()) {
            var cluster = cluster(id, RandomOverlays.of(seed));
            var workload = component(cluster, id).workload();
            Statistics.collect(cluster.isValid());
            if (cluster.isValid()) {
                check(workload, merge);
            } else {
                assertThat(cluster.violations())
                        .allSatisfy(violation -> assertThat(violation.path()).matches("(?s)spec\\..*\\.podTemplate.*"));
                assertThat(workload.pod().overlay().isEmpty()).isTrue();
            }
        }
        Statistics.coverage(coverage -> {
            coverage.check(true).percentage(share -> share > 15);
            coverage.check(false).percentage(share -> share > 15);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "{}",
                "{\"spec\": null}",
                "{\"spec\": {}}",
                "{\"spec\": {\"containers\": [], \"volumes\": null}}"
            })
    void anEmptyTemplateChangesNothing(String template) throws IOException {
        for (var id : COMPONENTS.keySet()) {
            var workload = component(cluster(id, JSON.readTree(template)), id).workload();
            var recorded = template(workload.name());
            assertThat(merge.merged(recorded, workload.pod().overlay())).isEqualTo(recorded);
        }
    }

    @Test
    void everythingThatThePodsAreRenderedWithIsProtected() throws IOException {
        var tried = 0;
        for (var id : COMPONENTS.keySet()) {
            var workload = component(cluster(id, null), id).workload().name();
            for (var overlay : claims(template(workload).getSpec())) {
                assertThat(cluster(id, JSON.valueToTree(Map.of("spec", overlay)))
                                .isValid())
                        .as("%s: %s", id, overlay)
                        .isFalse();
                tried++;
            }
        }
        assertThat(tried).isGreaterThan(50);
    }

    /** Pod specs that each claim one thing that a pod has. */
    private static List<Object> claims(PodSpec pod) {
        var thanos = pod.getContainers().get(0);
        assertThat(pod.getContainers()).hasSize(1);
        var claims = new ArrayList<Object>();
        pod.getVolumes().forEach(volume -> claims.add(Map.of("volumes", List.of(Map.of("name", volume.getName())))));
        claims.add(Map.of("initContainers", List.of(Map.of("name", thanos.getName(), "image", "x"))));
        thanos.getVolumeMounts().forEach(mount -> {
            claims.add(sidecar("volumeMounts", List.of(Map.of("name", mount.getName(), "mountPath", "/x"))));
            claims.add(thanos(
                    thanos,
                    "volumeMounts",
                    List.of(Map.of("name", mount.getName(), "mountPath", mount.getMountPath(), "readOnly", true))));
        });
        thanos.getPorts().forEach(port -> {
            claims.add(sidecar("ports", List.of(Map.of("containerPort", port.getContainerPort()))));
            claims.add(sidecar("ports", List.of(Map.of("containerPort", 1, "name", port.getName()))));
        });
        thanos.getEnv()
                .forEach(variable ->
                        claims.add(thanos(thanos, "env", List.of(Map.of("name", variable.getName(), "value", "x")))));
        for (var probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
            claims.add(thanos(thanos, probe, Map.of("httpGet", Map.of("port", 1))));
        }
        for (var field : List.of("image", "imagePullPolicy")) {
            claims.add(thanos(thanos, field, "x"));
        }
        claims.add(thanos(thanos, "args", List.of()));
        claims.add(thanos(thanos, "command", List.of("x")));
        claims.add(thanos(thanos, "resources", Map.of()));
        return claims;
    }

    private static Object sidecar(String field, Object value) {
        return Map.of("containers", List.of(Map.of("name", "sidecar", "image", "x", field, value)));
    }

    private static Object thanos(Container thanos, String field, Object value) {
        return Map.of("containers", List.of(Map.of("name", thanos.getName(), field, value)));
    }

    private static void check(Workload workload, PodTemplateMerge merge) {
        var own = template(workload.name());
        var overlay = workload.pod().overlay();
        var merged = merge.merged(own, overlay);

        assertThat(UnknownFields.of(merged)).isEmpty();
        assertThat(merge.merged(template(workload.name()), overlay)).as("again").isEqualTo(merged);
        assertThat(merge.merged(merged, overlay)).as("twice").isEqualTo(merged);
        assertThat(merged.getMetadata()).isEqualTo(own.getMetadata());
        OF_PODS.forEach(field -> assertThat(field.apply(merged.getSpec())).isEqualTo(field.apply(own.getSpec())));
        assertThat(merged.getSpec().getVolumes()).containsAll(own.getSpec().getVolumes());
        assertThat(merged.getSpec().getVolumes()).extracting(Volume::getName).doesNotHaveDuplicates();
        assertThat(containers(merged)).extracting(Container::getName).doesNotHaveDuplicates();

        var thanos = own.getSpec().getContainers().get(0);
        checkThanos(thanos, merged.getSpec().getContainers().get(0));
        containers(merged)
                .filter(container -> !container.getName().equals(thanos.getName()))
                .forEach(container -> checkOther(thanos, container, merged.getSpec()));
    }

    private static void checkThanos(Container own, Container merged) {
        OF_THANOS.forEach(field -> assertThat(field.apply(merged)).isEqualTo(field.apply(own)));
        PROBES.forEach(probe -> assertThat(handlers(probe.apply(merged))).isEqualTo(handlers(probe.apply(own))));
        assertThat(merged.getEnv()).containsAll(own.getEnv());
        assertThat(merged.getEnv()).extracting(EnvVar::getName).doesNotHaveDuplicates();
        assertThat(merged.getPorts()).containsAll(own.getPorts());
        assertThat(merged.getPorts().stream().filter(port -> !own.getPorts().contains(port)))
                .noneMatch(port -> clashes(port, own));
        assertThat(merged.getVolumeMounts()).containsAll(own.getVolumeMounts());
        assertThat(merged.getVolumeMounts().stream()
                        .filter(mount -> !own.getVolumeMounts().contains(mount)))
                .noneMatch(mount -> hides(mount, own) || writes(mount, own));
        assertThat(merged.getVolumeDevices()).noneMatch(device -> isMounted(device.getName(), own));
    }

    private static void checkOther(Container thanos, Container other, PodSpec pod) {
        assertThat(other.getPorts()).noneMatch(port -> clashes(port, thanos));
        assertThat(other.getVolumeDevices()).noneMatch(device -> isMounted(device.getName(), thanos));
        var ends = pod.getInitContainers().contains(other) && other.getRestartPolicy() == null;
        if (!ends) {
            assertThat(other.getVolumeMounts()).noneMatch(mount -> writes(mount, thanos));
        }
    }

    private static boolean clashes(ContainerPort port, Container thanos) {
        return port.getContainerPort() == CAPNPROTO && thanos.getName().equals("receive")
                || thanos.getPorts().stream()
                        .anyMatch(taken -> taken.getContainerPort().equals(port.getContainerPort())
                                || taken.getName().equals(port.getName()));
    }

    private static boolean hides(VolumeMount mount, Container thanos) {
        var path = Path.of(mount.getMountPath());
        return thanos.getVolumeMounts().stream()
                .map(own -> Path.of(own.getMountPath()))
                .anyMatch(own -> own.startsWith(path) || path.startsWith(own));
    }

    private static boolean writes(VolumeMount mount, Container thanos) {
        return isMounted(mount.getName(), thanos) && !Boolean.TRUE.equals(mount.getReadOnly());
    }

    private static boolean isMounted(String volume, Container thanos) {
        return thanos.getVolumeMounts().stream().anyMatch(own -> own.getName().equals(volume));
    }

    /** What a probe does, without the numbers. */
    private static List<Object> handlers(Probe probe) {
        return probe == null
                ? List.of()
                : Stream.<Object>of(probe.getHttpGet(), probe.getExec(), probe.getGrpc(), probe.getTcpSocket())
                        .filter(Objects::nonNull)
                        .toList();
    }

    private static Stream<Container> containers(PodTemplateSpec template) {
        return RestrictedPod.containers(template.getSpec());
    }

    private static Cluster cluster(String component, JsonNode overlay) throws IOException {
        var thanos = ALL_COMPONENTS.thanos(SERIALIZATION);
        COMPONENTS.get(component).apply(thanos.getSpec()).podTemplate = overlay;
        return Cluster.of(thanos, ALL_COMPONENTS.inputs(SERIALIZATION), ALL_COMPONENTS.settings());
    }

    private static Component component(Cluster cluster, String id) {
        return cluster.components().stream()
                .filter(component -> component.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** The recorded one, read anew since some of these tests change it. */
    private static PodTemplateSpec template(String workload) {
        for (var kind : List.of("deployment", "statefulset")) {
            var file = ALL_COMPONENTS.manifests().resolve(kind + "-" + workload + ".yaml");
            if (Files.exists(file)) {
                HasMetadata object = SERIALIZATION.unmarshal(read(file));
                return object instanceof Deployment deployment
                        ? deployment.getSpec().getTemplate()
                        : ((StatefulSet) object).getSpec().getTemplate();
            }
        }
        throw new AssertionError("no workload " + workload);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
