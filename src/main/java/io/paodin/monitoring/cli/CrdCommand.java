package io.paodin.monitoring.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "crd",
        description = "Prints the custom resource definition: crd | kubectl apply --server-side -f -",
        mixinStandardHelpOptions = true,
        versionProvider = ApplicationVersion.class)
class CrdCommand implements Callable<Integer> {

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        out.print(ResourceDefinition.text());
        out.flush();
        return ExitCode.SUCCESS;
    }
}
