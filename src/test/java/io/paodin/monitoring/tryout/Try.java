package io.paodin.monitoring.tryout;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.paodin.monitoring.api.v1alpha1.Thanos;
import io.paodin.monitoring.apiserver.ApiServer;
import java.io.IOException;
import java.io.PrintStream;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * Runs the packaged operator on an embedded API server, shows the sample becoming Ready, and stays until interrupted.
 */
public final class Try implements AutoCloseable {
    private static final ObjectMapper READER = new ObjectMapper();
    private static final Path CRD = Path.of("deploy", "crd", "thanos.monitoring.paodin.io-v1.yml");
    private static final Path SAMPLE = Path.of("deploy", "samples", "thanos.yaml");
    private static final String NAMESPACE = "default";
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long LOOK_MILLIS = 100;

    private final Options options;
    private final PrintStream out;
    private final Path kubeconfig;
    private final Path log;
    private final long begin = System.nanoTime();
    private ApiServer server;
    private OperatorChild operator;
    private ObjectNode sample;
    private volatile boolean closing;

    private Try(Options options, PrintStream out) {
        this.options = options;
        this.out = out;
        this.kubeconfig = options.directory().resolve("kubeconfig");
        this.log = options.directory().resolve("operator.log");
    }

    public static void main(String... arguments) throws IOException, InterruptedException {
        try (Try run = new Try(Options.of(arguments), System.out)) {
            // Maven's process is interrupted; the operator must not outlive it.
            Runtime.getRuntime().addShutdownHook(new Thread(run::close, "try-end"));
            run.start();
            run.follow();
        } catch (TryFailed e) {
            System.err.println();
            System.err.println("try: " + e.getMessage());
            // An exception would have Maven print pages about it.
            System.exit(1);
        }
    }

    private void start() throws IOException {
        server = startServer();
        Files.createDirectories(options.directory());
        Files.writeString(kubeconfig, server.kubeconfig());
        out.println();
        say("API server", server.url() + ", embedded");
        sample = (ObjectNode)
                new YAMLMapper().readTree(options.project().resolve(SAMPLE).toFile());
        server.load(Files.readString(options.project().resolve(CRD)));
        server.admit("Thanos", Try::unreadable);
        operator = OperatorChild.start(options.operator(), kubeconfig, log);
        say("operator", shown(options.operator()) + ", its log is " + shown(log));
        // As kubectl apply would have created it, so that kubectl apply can change it.
        String applied = sample.toString() + "\n";
        sample.withObject("/metadata/annotations").put("kubectl.kubernetes.io/last-applied-configuration", applied);
        server.load(sample.toString());
        say("applied", SAMPLE.toString());
    }

    /** Stands in for the schema: what the operator cannot read must not be stored. */
    private static Optional<String> unreadable(ObjectNode resource) {
        try {
            READER.treeToValue(resource, Thanos.class);
            return Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.of(e.getOriginalMessage());
        }
    }

    private ApiServer startServer() throws IOException {
        try {
            return ApiServer.start(options.port());
        } catch (BindException e) {
            throw new TryFailed("port %d is in use: choose another one with -Dtry.port=N".formatted(options.port()));
        }
    }

    /** Tells every change of the sample's status. */
    private void follow() throws InterruptedException {
        String told = "";
        boolean wasReady = false;
        while (!closing) {
            checkOperator(wasReady);
            Optional<JsonNode> resource = server.find("monitoring.paodin.io/v1alpha1", "Thanos", NAMESPACE, name());
            String line = resource.map(Progress::line).orElse("deleted");
            if (!line.equals(told)) {
                say(String.format(Locale.ROOT, "%5.1f s", seconds()), name() + ": " + line);
                told = line;
            }
            if (!wasReady && resource.filter(Progress::isReady).isPresent()) {
                wasReady = true;
                if (options.exit()) {
                    return;
                }
                sayWhatNext();
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    private void checkOperator(boolean wasReady) {
        if (closing) {
            return;
        }
        if (!operator.isAlive()) {
            throw new TryFailed("the operator has ended with code %d. The end of %s:%n%n%s"
                    .formatted(operator.exitCode(), shown(log), operator.tail()));
        }
        if (!wasReady && seconds() > PATIENCE.toSeconds()) {
            throw new TryFailed("%s is not Ready after %d s. The end of %s:%n%n%s"
                    .formatted(name(), PATIENCE.toSeconds(), shown(log), operator.tail()));
        }
    }

    private void sayWhatNext() {
        out.printf("""

                Ready. In another terminal:

                  export KUBECONFIG=%s
                  kubectl get thanos %s --output wide
                  kubectl get deployments,statefulsets,services
                  kubectl scale deployment %s-query --replicas 3

                It is not a cluster: workloads become ready by simulation and no pod runs, so there are no logs and
                nothing to query; of the schema of the CRD only the types of values are checked; everybody may do everything;
                objects are gone at the end. Press Ctrl-C to end.

                """, shown(kubeconfig), name(), name());
    }

    private void say(String what, String text) {
        out.printf("  %-10s  %s%n", what, text);
    }

    private String name() {
        return sample.at("/metadata/name").asText();
    }

    private double seconds() {
        return (System.nanoTime() - begin) / 1e9;
    }

    private static Path shown(Path path) {
        Path here = Path.of("").toAbsolutePath();
        return path.toAbsolutePath().startsWith(here) ? here.relativize(path.toAbsolutePath()) : path;
    }

    @Override
    public synchronized void close() {
        closing = true;
        if (operator != null) {
            operator.close();
            operator = null;
        }
        if (server != null) {
            server.close();
            server = null;
        }
    }
}
