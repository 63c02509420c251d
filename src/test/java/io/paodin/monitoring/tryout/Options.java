package io.paodin.monitoring.tryout;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * What the profile hands over.
 *
 * @param project the directory of the project, for the CRD and the sample
 * @param directory where the kubeconfig and the operator's log go
 * @param exit whether to end once the sample is Ready
 * @param operator the packaged operator
 */
record Options(int port, Path project, Path directory, boolean exit, Path operator) {

    static Options of(String... arguments) {
        Map<String, String> values = new HashMap<>();
        for (String argument : arguments) {
            String[] parts = argument.replaceFirst("^--", "").split("=", 2);
            values.put(parts[0], parts.length > 1 ? parts[1].strip() : "");
        }
        String exit = values.getOrDefault("exit", "false");
        return new Options(
                port(values.getOrDefault("port", "")),
                Path.of(values.getOrDefault("project", ".")),
                Path.of(values.getOrDefault("directory", "target/try")),
                // A bare -Dtry.exit is meant.
                exit.isEmpty() || Boolean.parseBoolean(exit),
                Path.of(values.getOrDefault("operator", "target/quarkus-app/quarkus-run.jar")));
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= 65535) {
                return port;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new TryFailed("try.port is no port number: " + text);
    }
}
