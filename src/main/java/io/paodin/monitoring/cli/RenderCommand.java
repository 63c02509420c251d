package io.paodin.monitoring.cli;

import jakarta.inject.Inject;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "render",
        description = "Prints the objects that the operator would apply for Thanos resources, without a cluster.",
        mixinStandardHelpOptions = true,
        versionProvider = ApplicationVersion.class)
class RenderCommand implements Callable<Integer> {

    private final OfflineFlow flow;

    @Mixin
    InputOptions input;

    @Option(
            names = "--show-secrets",
            description = "Print the private keys and credentials of secured stores, not only where they go.")
    boolean isOpen;

    @Spec
    CommandSpec spec;

    @Inject
    RenderCommand(OfflineFlow flow) {
        this.flow = flow;
    }

    @Override
    public Integer call() {
        var documents = flow.examine(input);
        var examined = documents.resources();
        var err = spec.commandLine().getErr();
        examined.stream().flatMap(resource -> resource.findings().stream()).forEach(err::println);
        err.flush();
        // Half of the input is never printed: the output may be on its way into kubectl apply.
        if (!examined.stream().allMatch(Examined::isValid)) {
            return ExitCode.FAILED;
        }
        examined.forEach(resource -> documents
                .secrets()
                .missing(resource.thanos())
                .forEach(secret -> err.println(
                        "%s: Secret %s is not in the input: the annotations of its content and its bucket are left out"
                                .formatted(resource.title(), secret))));
        examined.forEach(resource -> documents
                .secrets()
                .missingOfStores(resource.thanos())
                .forEach(object -> err.println("%s: %s is not in the input: its name stands in the files of Envoy"
                        .formatted(resource.title(), object))));
        err.flush();
        var out = spec.commandLine().getOut();
        examined.forEach(resource -> out.print(flow.render(resource, documents.secrets(), isOpen)));
        out.flush();
        return ExitCode.SUCCESS;
    }
}
