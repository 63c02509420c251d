package io.paodin.monitoring.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded API server with kubectl: {@code $KUBECTL}, or that of the testbed; skipped where there is none. */
class KubectlTest {

    private static final String GADGETS = """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: gadgets.example.com}
            spec:
              group: example.com
              scope: Namespaced
              names: {kind: Gadget, plural: gadgets, singular: gadget, shortNames: [gd], categories: [things]}
              versions:
                - name: v1
                  served: true
                  storage: true
                  schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
                  subresources: {status: {}}
                  additionalPrinterColumns:
                    - {name: Size, type: integer, jsonPath: .spec.size}
                    - {name: Ready, type: string, jsonPath: '.status.conditions[?(@.type=="Ready")].status'}
                    - {name: Age, type: date, jsonPath: .metadata.creationTimestamp}
            """;

    private static final String GADGET = """
            apiVersion: example.com/v1
            kind: Gadget
            metadata: {name: g}
            spec: {size: 1, list: [{name: a}]}
            """;

    private static final String DEPLOYMENT = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: d}
            spec:
              replicas: 2
              selector: {matchLabels: {app: d}}
              template:
                metadata: {labels: {app: d}}
                spec: {containers: [{name: c, image: 'i:1', ports: [{containerPort: 80}]}]}
            """;

    @TempDir
    private Path directory;

    private Path kubectl;
    private ApiServer server;

    @BeforeEach
    void start() throws IOException {
        Optional<Path> found = find();
        assumeThat(found).isPresent();
        kubectl = found.get();
        server = ApiServer.start();
        Files.writeString(directory.resolve("kubeconfig"), server.kubeconfig());
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void appliesOnTheClientSide() throws Exception {
        assertThat(apply(DEPLOYMENT)).contains("deployment.apps/d created");
        assertThat(apply(DEPLOYMENT)).contains("deployment.apps/d unchanged");
        assertThat(apply(DEPLOYMENT.replace("i:1", "i:2"))).contains("deployment.apps/d configured");
        assertThat(run("get", "deploy", "d", "-o", "jsonpath={..image}")).isEqualTo("i:2");
    }

    @Test
    void appliesOnTheServerSide() throws Exception {
        assertThat(apply(DEPLOYMENT, "--server-side")).contains("deployment.apps/d serverside-applied");
        assertThat(apply(DEPLOYMENT.replace("replicas: 2", "replicas: 4"), "--server-side"))
                .contains("serverside-applied");
        assertThat(run("get", "deploy", "d", "-o", "jsonpath={.spec.replicas}")).isEqualTo("4");
        assertThat(run("get", "deploy", "d", "-o", "yaml", "--show-managed-fields"))
                .contains("manager: kubectl", "operation: Apply", "k:{\"name\":\"c\"}");
    }

    @Test
    void appliesCustomResources() throws Exception {
        assertThat(apply(GADGETS))
                .contains("customresourcedefinition.apiextensions.k8s.io/gadgets.example.com created");
        run("wait", "--for=condition=Established", "crd/gadgets.example.com", "--timeout=10s");
        assertThat(apply(GADGET)).contains("gadget.example.com/g created");
        assertThat(apply(GADGET)).contains("gadget.example.com/g unchanged");
        assertThat(apply(GADGET.replace("size: 1", "size: 2"))).contains("gadget.example.com/g configured");
        assertThat(apply(GADGET, "--server-side", "--force-conflicts"))
                .contains("gadget.example.com/g serverside-applied");

        assertThat(run("get", "gd")).containsPattern("NAME +SIZE +READY +AGE").containsPattern("g +1 +\\d+s");
        assertThat(run("get", "things", "-A")).containsPattern("default +g");
    }

    @Test
    void getsTables() throws Exception {
        apply(DEPLOYMENT);
        run("rollout", "status", "deploy/d", "--timeout=10s");

        assertThat(run("get", "deploy,cm,svc,ns"))
                .containsPattern("NAME +READY +UP-TO-DATE +AVAILABLE +AGE")
                .containsPattern("deployment.apps/d +2/2 +2 +2")
                .containsPattern("namespace/default +Active");
        assertThat(run("get", "all")).contains("deployment.apps/d");
        assertThat(run("get", "deploy", "-A", "-l", "app=x", "-o", "name")).isEmpty();
    }

    @Test
    void waitsForConditionsAndForDeletion() throws Exception {
        apply(DEPLOYMENT);

        assertThat(run("wait", "--for=condition=Available", "deploy/d", "--timeout=10s"))
                .contains("condition met");
        assertThat(run("delete", "deploy", "d", "--cascade=foreground")).contains("deleted");
        assertThat(run("wait", "--for=delete", "deploy/d", "--timeout=10s")).isEmpty();
    }

    @Test
    void watches() throws Exception {
        apply(DEPLOYMENT);
        Path output = directory.resolve("watch");
        Process watch =
                command("get", "deploy", "-w").redirectOutput(output.toFile()).start();
        try {
            await().untilAsserted(() -> assertThat(Files.readString(output)).containsPattern("d +2/2"));
            run("scale", "deploy/d", "--replicas=3");
            await().untilAsserted(() -> assertThat(Files.readString(output)).containsPattern("d +3/3"));
        } finally {
            watch.destroy();
        }
    }

    @Test
    void scalesAndPatchesAndLabelsAndDescribes() throws Exception {
        apply(DEPLOYMENT);

        assertThat(run("scale", "deploy/d", "--replicas=5")).contains("scaled");
        assertThat(run("get", "deploy", "d", "-o", "jsonpath={.spec.replicas}")).isEqualTo("5");
        assertThat(run("set", "image", "deploy/d", "c=i:3")).contains("image updated");
        assertThat(run("label", "deploy", "d", "x=y")).contains("labeled");
        assertThat(run("annotate", "deploy", "d", "x=y")).contains("annotated");
        assertThat(run("patch", "deploy", "d", "--type=json", "-p", "[{op: remove, path: /metadata/labels/x}]"))
                .contains("patched");
        assertThat(run("describe", "deploy", "d")).contains("i:3").containsPattern("Replicas: +5 desired");
        apply(GADGETS);
        apply(GADGET);
        assertThat(run("describe", "gadget", "g")).contains("Kind:         Gadget");
        assertThat(apply("{apiVersion: v1, kind: Namespace, metadata: {name: elsewhere}}"))
                .contains("created");
        assertThat(run("delete", "namespace", "elsewhere")).contains("deleted");
        assertThat(run("api-resources")).contains("gadgets", "statefulsets");
    }

    @Test
    void comparesWithoutChanging() throws Exception {
        apply(DEPLOYMENT);
        String before = run("get", "deploy", "d", "-o", "jsonpath={.metadata.generation}");

        assertThat(apply(DEPLOYMENT.replace("i:1", "i:2"), "--dry-run=server")).contains("configured (server dry run)");

        assertThat(run("get", "deploy", "d", "-o", "jsonpath={.metadata.generation}"))
                .isEqualTo(before);
    }

    private String apply(String yaml, String... options) throws Exception {
        Path file = Files.writeString(directory.resolve("manifest.yaml"), yaml);
        List<String> arguments = new ArrayList<>(List.of("apply", "-f", file.toString()));
        arguments.addAll(List.of(options));
        return run(arguments.toArray(String[]::new));
    }

    private String run(String... arguments) throws Exception {
        Path output = Files.createTempFile(directory, "kubectl", ".out");
        Process process = command(arguments)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(60, TimeUnit.SECONDS);
        process.destroyForcibly();
        String text = Files.readString(output).strip();
        assertThat(ended && process.exitValue() == 0)
                .as("kubectl %s: %s", String.join(" ", arguments), text)
                .isTrue();
        return text;
    }

    private ProcessBuilder command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(kubectl.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("KUBECONFIG", directory.resolve("kubeconfig").toString());
        builder.environment().put("HOME", directory.toString());
        return builder;
    }

    private static Optional<Path> find() {
        String testbed = Optional.ofNullable(System.getenv("TESTBED_HOME"))
                .orElse(System.getProperty("user.home") + "/.cache/thanos-testbed");
        return Stream.of(Optional.ofNullable(System.getenv("KUBECTL")), Optional.of(testbed + "/bin/kubectl"))
                .flatMap(Optional::stream)
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }
}
