package io.paodin.monitoring.controlplane;

import io.fabric8.kubeapitest.KubeAPIServer;
import io.fabric8.kubeapitest.KubeAPIServerConfigBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real etcd and kube-apiserver, and nothing else: no controllers (but see {@link #collectGarbage}), no nodes. Its
 * binaries are in the directory {@code KUBE_API_TEST_DIR}, by default where the testbed puts them.
 *
 * <p>{@link #shared} is started at the first use in a JVM and stopped at its end; tests keep apart by each taking a
 * {@link #newNamespace}. All requests are in {@link #auditLog}, one JSON object a line, without bodies.
 */
public final class ControlPlane {

    /** What a command wrote and how it ended. */
    public record Result(int exitCode, String output) {
        public Result {
            output = output.strip();
        }
    }

    private final KubeAPIServer server;
    private final Path binaries;
    private final Path directory;
    private final List<Process> processes = new ArrayList<>();
    private final KubernetesClient client;

    private ControlPlane() throws IOException {
        Path home = home();
        binaries = binaries(home);
        directory = Files.createDirectories(Path.of(
                        "target",
                        "controlplane",
                        Long.toString(ProcessHandle.current().pid()))
                .toAbsolutePath());
        Path policy = Files.writeString(directory.resolve("audit-policy.yaml"), """
                apiVersion: audit.k8s.io/v1
                kind: Policy
                omitStages: [RequestReceived, ResponseStarted]
                rules: [{level: Metadata}]
                """);
        server = new KubeAPIServer(KubeAPIServerConfigBuilder.anAPIServerConfig()
                .withTestDir(home.toString())
                .withOfflineMode(true)
                .withStartupTimeout(120_000)
                .withApiServerFlag("--audit-policy-file", policy.toString())
                .withApiServerFlag("--audit-log-path", auditLog().toString())
                .withApiServerFlag("--audit-log-mode", "blocking")
                .build());
        server.start();
        Files.writeString(kubeconfig(), server.getKubeConfigYaml());
        client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(server.getKubeConfigYaml()))
                .build();
    }

    /** The control plane that the tests of this JVM share. */
    public static ControlPlane shared() {
        return Shared.INSTANCE;
    }

    /** A client with all rights. Not to be closed. */
    public KubernetesClient client() {
        return client;
    }

    /** For processes of their own: a kubeconfig with all rights. */
    public Path kubeconfig() {
        return directory.resolve("kubeconfig");
    }

    /** The log of all requests so far: every request is in it before it is answered. */
    public Path auditLog() {
        return directory.resolve("audit.log");
    }

    /** The kubectl that belongs to the server. */
    public Path kubectl() {
        return binaries.resolve("kubectl");
    }

    /** Creates a namespace that no other test uses. */
    public String newNamespace(String prefix) {
        String name = prefix + "-" + UUID.randomUUID().toString().substring(0, 8);
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
        return name;
    }

    /** Applies the committed CRD and waits until the server serves it. */
    public void installCrd() {
        Path crd = Path.of("deploy", "crd", "thanos.monitoring.paodin.io-v1.yml");
        expectSuccess(kubectl("apply", "--server-side", "--force-conflicts", "-f", crd.toString()));
        client.apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName("thanos.monitoring.paodin.io")
                .waitUntilCondition(ControlPlane::isEstablished, 1, TimeUnit.MINUTES);
    }

    private static boolean isEstablished(CustomResourceDefinition crd) {
        return crd != null
                && crd.getStatus() != null
                && crd.getStatus().getConditions() != null
                && crd.getStatus().getConditions().stream()
                        .anyMatch(c -> c.getType().equals("Established")
                                && c.getStatus().equals("True"));
    }

    /** Runs kubectl. Standard output and error come together. */
    public Result kubectl(String... arguments) {
        return kubectlWithInput("", arguments);
    }

    /** Runs kubectl with something to read from standard input. */
    public Result kubectlWithInput(String input, String... arguments) {
        var command = new ArrayList<>(
                List.of(kubectl().toString(), "--kubeconfig", kubeconfig().toString()));
        command.addAll(List.of(arguments));
        try {
            Path in = Files.writeString(Files.createTempFile(directory, "stdin", ""), input);
            Path out = Files.createTempFile(directory, "stdout", "");
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(in.toFile())
                    .redirectOutput(out.toFile())
                    .start();
            if (!process.waitFor(2, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IllegalStateException("no end: " + String.join(" ", command));
            }
            String output = Files.readString(out);
            Files.delete(in);
            Files.delete(out);
            return new Result(process.exitValue(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /**
     * Starts the controller that deletes what has lost its owner. It needs kube-controller-manager beside the binary of
     * the server, as the testbed builds it.
     *
     * @return false if that is not there
     */
    public synchronized boolean collectGarbage() {
        if (!processes.isEmpty()) {
            return true;
        }
        try {
            Path manager = binaries.resolve("etcd").toRealPath().resolveSibling("kube-controller-manager");
            if (!Files.isExecutable(manager)) {
                return false;
            }
            processes.add(new ProcessBuilder(
                            manager.toString(),
                            "--kubeconfig=" + kubeconfig(),
                            "--controllers=garbage-collector-controller,namespace-controller",
                            "--leader-elect=false",
                            "--secure-port=0")
                    .redirectErrorStream(true)
                    .redirectOutput(
                            directory.resolve("kube-controller-manager.log").toFile())
                    .start());
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void stop() {
        client.close();
        processes.forEach(Process::destroy);
        server.stop();
    }

    private static void expectSuccess(Result result) {
        if (result.exitCode() != 0) {
            throw new IllegalStateException(result.output());
        }
    }

    private static Path home() {
        String set = System.getenv("KUBE_API_TEST_DIR");
        Path testbed = Optional.ofNullable(System.getenv("TESTBED_HOME"))
                .map(Path::of)
                .orElse(Path.of(System.getProperty("user.home"), ".cache", "thanos-testbed"));
        return set != null ? Path.of(set) : testbed.resolve("kube-api-test");
    }

    private static Path binaries(Path home) throws IOException {
        try (Stream<Path> found = Files.find(home, 4, (path, attributes) -> path.endsWith("kube-apiserver"))) {
            return found.max(Path::compareTo).orElseThrow().getParent();
        } catch (IOException | NoSuchElementException e) {
            throw new IOException(
                    home + " has no k8s/VERSION-linux-amd64/{etcd,kube-apiserver,kubectl}: set KUBE_API_TEST_DIR to "
                            + "a directory that has, see docs/contributing.md",
                    e);
        }
    }

    private static final class Shared {
        private static final ControlPlane INSTANCE = start();

        private static ControlPlane start() {
            try {
                var controlPlane = new ControlPlane();
                Runtime.getRuntime().addShutdownHook(new Thread(controlPlane::stop));
                return controlPlane;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
