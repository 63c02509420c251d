package io.paodin.monitoring.cli;

import java.util.List;
import picocli.CommandLine.Option;

/** The options of all commands that read resources. */
class InputOptions {

    @Option(
            names = {"-f", "--file"},
            required = true,
            arity = "1..*",
            paramLabel = "FILE",
            description = "YAML or JSON with one or more resources; - is the standard input.")
    List<String> files;

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAMESPACE",
            defaultValue = "default",
            description = "Namespace of resources that name none (default: ${DEFAULT-VALUE}).")
    String namespace;
}
