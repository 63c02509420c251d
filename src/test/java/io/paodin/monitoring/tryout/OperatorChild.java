package io.paodin.monitoring.tryout;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The packaged operator as a process of its own, with its output in a file. */
final class OperatorChild implements AutoCloseable {
    private static final int TAIL = 30;

    private final Process process;
    private final Path log;

    private OperatorChild(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    static OperatorChild start(Path operator, Path kubeconfig, Path log) throws IOException {
        if (!Files.isRegularFile(operator)) {
            throw new TryFailed(operator + " is missing: ./mvnw -Ptry builds it first");
        }
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder builder = new ProcessBuilder(java, "-jar", operator.toString(), "operator")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        Map<String, String> environment = builder.environment();
        // Only the kubeconfig says which cluster it is, whatever is set for others.
        environment
                .keySet()
                .removeIf(name -> name.startsWith("KUBERNETES_") || name.startsWith("QUARKUS_KUBERNETES_CLIENT_"));
        environment.put("KUBECONFIG", kubeconfig.toString());
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        environment.put("QUARKUS_HTTP_PORT", "0");
        List.of("NO_PROXY", "no_proxy").forEach(name -> environment.put(name, "127.0.0.1,localhost"));
        return new OperatorChild(builder.start(), log);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    int exitCode() {
        return process.exitValue();
    }

    /** The last lines of its output. */
    String tail() {
        try {
            List<String> lines =
                    List.of(Files.readString(log, StandardCharsets.UTF_8).split("\n"));
            return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL), lines.size()));
        } catch (IOException e) {
            return "(no log: " + e.getMessage() + ")";
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
