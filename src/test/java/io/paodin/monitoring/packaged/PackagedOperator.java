package io.paodin.monitoring.packaged;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * The packaged operator as a process of its own, with nothing of this one's environment but a kubeconfig: the jar, or the native
 * binary that the property {@code packaged.binary} names.
 */
final class PackagedOperator implements AutoCloseable {

    /** What a command wrote and how it ended. */
    record Result(int exitCode, String out, String err) {}

    private static final Path JAR =
            Path.of("target", "quarkus-app", "quarkus-run.jar").toAbsolutePath();

    private final Process process;
    private final Path directory;

    private PackagedOperator(Process process, Path directory) {
        this.process = process;
        this.directory = directory;
    }

    /** Runs a command to its end. */
    static Result run(String input, String... arguments) {
        return runIn(null, input, arguments);
    }

    static Result runIn(Path kubeconfig, String input, String... arguments) {
        try (var operator = start(kubeconfig, input, List.of(), arguments)) {
            operator.awaitEnd();
            return new Result(operator.process.exitValue(), operator.read("out"), operator.log());
        }
    }

    /** Starts the operator itself; its requests carry the name as user agent, its HTTP port is any. */
    static PackagedOperator start(Path kubeconfig, String name, String... settings) {
        var options = new ArrayList<>(List.of("-Dkubernetes.user.agent=" + name, "-Dquarkus.http.port=0"));
        List.of(settings).forEach(setting -> options.add("-D" + setting));
        return start(kubeconfig, "", options);
    }

    private static PackagedOperator start(Path kubeconfig, String input, List<String> options, String... arguments) {
        var command = command(options);
        command.addAll(List.of(arguments));
        try {
            var directory = Files.createTempDirectory(Files.createDirectories(Path.of("target", "packaged")), "run");
            Files.writeString(directory.resolve("in"), input);
            var builder = new ProcessBuilder(command)
                    .redirectInput(directory.resolve("in").toFile())
                    .redirectOutput(directory.resolve("out").toFile())
                    .redirectError(directory.resolve("err").toFile());
            builder.environment().keySet().removeIf(key -> key.startsWith("KUBE"));
            // Without this the client would look for one in the home directory.
            builder.environment().put("KUBECONFIG", String.valueOf(kubeconfig == null ? "none" : kubeconfig));
            return new PackagedOperator(builder.start(), directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> command(List<String> options) {
        var command = new ArrayList<String>();
        var binary = System.getProperty("packaged.binary", "");
        if (binary.isBlank()) {
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
            command.addAll(options);
            command.addAll(List.of("-jar", JAR.toString()));
        } else {
            command.add(binary);
            command.addAll(options);
        }
        return command;
    }

    /** As Kubernetes ends a container. */
    void terminate() {
        process.destroy();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    int awaitEnd() {
        try {
            if (!process.waitFor(1, TimeUnit.MINUTES)) {
                throw new IllegalStateException("Still running:\n" + log());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    String log() {
        return read("err");
    }

    /** What the operator answers on its HTTP port. */
    String get(String path) {
        var port = Pattern.compile("Listening on: http://[^:]+:(\\d+)").matcher(log());
        if (!port.find()) {
            throw new IllegalStateException("Not listening yet:\n" + log());
        }
        try (var body = new URL("http", "127.0.0.1", Integer.parseInt(port.group(1)), path).openStream()) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String read(String file) {
        try {
            return Files.readString(directory.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        awaitEnd();
    }
}
