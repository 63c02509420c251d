package io.paodin.monitoring.render;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.LifecycleHandler;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the {@code restricted} Pod Security Standard would refuse about a pod, and what this operator asks beyond it:
 * read-only root file systems, no API token, no environment variables for Services.
 */
public final class RestrictedPod {

    private static final Set<String> SECCOMP = Set.of("RuntimeDefault", "Localhost");

    private final List<String> problems = new ArrayList<>();

    private RestrictedPod() {}

    public static List<String> problems(PodTemplateSpec template) {
        var check = new RestrictedPod();
        check.pod(template.getSpec());
        template.getMetadata().getAnnotations().keySet().stream()
                .filter(key -> key.startsWith("container.apparmor.security.beta.kubernetes.io/"))
                .forEach(check.problems::add);
        return check.problems;
    }

    private void pod(PodSpec pod) {
        refuse(isTrue(pod.getHostNetwork()), "hostNetwork");
        refuse(isTrue(pod.getHostPID()), "hostPID");
        refuse(isTrue(pod.getHostIPC()), "hostIPC");
        refuse(!isFalse(pod.getAutomountServiceAccountToken()), "an API token is mounted");
        refuse(!isFalse(pod.getEnableServiceLinks()), "enableServiceLinks");
        var context = pod.getSecurityContext();
        refuse(context == null, "no securityContext of the pod");
        if (context != null) {
            refuse(Objects.equals(context.getRunAsUser(), 0L), "runAsUser 0");
            refuse(context.getSeLinuxOptions() != null, "seLinuxOptions");
            refuse(context.getAppArmorProfile() != null, "appArmorProfile");
            refuse(context.getWindowsOptions() != null, "windowsOptions");
            refuse(!context.getSysctls().isEmpty(), "sysctls");
        }
        pod.getVolumes().stream()
                .filter(volume -> !isAllowed(volume))
                .forEach(volume -> problems.add("volume " + volume.getName()));
        containers(pod).forEach(container -> container(pod, container));
        refuse(!pod.getEphemeralContainers().isEmpty(), "ephemeral containers");
    }

    static Stream<Container> containers(PodSpec pod) {
        return Stream.concat(pod.getInitContainers().stream(), pod.getContainers().stream());
    }

    private void container(PodSpec pod, Container container) {
        var name = container.getName() + ": ";
        var own = container.getSecurityContext() == null ? new SecurityContext() : container.getSecurityContext();
        var shared = pod.getSecurityContext();
        refuse(isTrue(own.getPrivileged()), name + "privileged");
        refuse(!isFalse(own.getAllowPrivilegeEscalation()), name + "allowPrivilegeEscalation");
        refuse(!isTrue(own.getReadOnlyRootFilesystem()), name + "a writable root file system");
        refuse(own.getSeLinuxOptions() != null, name + "seLinuxOptions");
        refuse(own.getWindowsOptions() != null, name + "windowsOptions");
        refuse(own.getAppArmorProfile() != null, name + "appArmorProfile");
        refuse(own.getProcMount() != null && !own.getProcMount().equals("Default"), name + "procMount");
        refuse(Objects.equals(own.getRunAsUser(), 0L), name + "runAsUser 0");
        var nonRoot =
                own.getRunAsNonRoot() != null || shared == null ? own.getRunAsNonRoot() : shared.getRunAsNonRoot();
        refuse(!isTrue(nonRoot), name + "runAsNonRoot");
        var seccomp = own.getSeccompProfile() != null || shared == null
                ? own.getSeccompProfile()
                : shared.getSeccompProfile();
        refuse(seccomp == null || !SECCOMP.contains(seccomp.getType()), name + "seccompProfile");
        var capabilities = own.getCapabilities();
        refuse(capabilities == null || !capabilities.getDrop().contains("ALL"), name + "capabilities");
        refuse(
                capabilities != null && !Set.of("NET_BIND_SERVICE").containsAll(capabilities.getAdd()),
                name + "added capabilities");
        refuse(container.getPorts().stream().anyMatch(port -> port.getHostPort() != null), name + "hostPort");
        refuse(hooks(container).anyMatch(RestrictedPod::asksAnotherHost), name + "lifecycle");
    }

    private static Stream<LifecycleHandler> hooks(Container container) {
        var lifecycle = container.getLifecycle();
        return lifecycle == null
                ? Stream.of()
                : Stream.of(lifecycle.getPostStart(), lifecycle.getPreStop()).filter(Objects::nonNull);
    }

    private static boolean asksAnotherHost(LifecycleHandler hook) {
        return hook.getHttpGet() != null && hook.getHttpGet().getHost() != null
                || hook.getTcpSocket() != null && hook.getTcpSocket().getHost() != null;
    }

    private static boolean isAllowed(Volume volume) {
        return Stream.of(
                                volume.getConfigMap(),
                                volume.getCsi(),
                                volume.getDownwardAPI(),
                                volume.getEmptyDir(),
                                volume.getEphemeral(),
                                volume.getPersistentVolumeClaim(),
                                volume.getProjected(),
                                volume.getSecret())
                        .filter(Objects::nonNull)
                        .count()
                == 1;
    }

    private void refuse(boolean isProblem, String problem) {
        if (isProblem) {
            problems.add(problem);
        }
    }

    private static boolean isTrue(Boolean value) {
        return Boolean.TRUE.equals(value);
    }

    private static boolean isFalse(Boolean value) {
        return Boolean.FALSE.equals(value);
    }
}
