package io.paodin.monitoring.cli;

import jakarta.inject.Inject;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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

    @Spec
    CommandSpec spec;

    @Inject
    RenderCommand(OfflineFlow flow) {
        this.flow = flow;
    }

    @Override
    public Integer call() {
        var examined = flow.examine(input);
        var err = spec.commandLine().getErr();
        examined.forEach(resource ->
                resource.violations().forEach(violation -> err.println(resource.title() + ": " + violation)));
        err.flush();
        // Half of the input is never printed: the output may be on its way into kubectl apply.
        if (examined.stream().anyMatch(resource -> !resource.violations().isEmpty())) {
            return ExitCode.FAILED;
        }
        var out = spec.commandLine().getOut();
        examined.forEach(resource -> out.print(flow.render(resource)));
        out.flush();
        return ExitCode.SUCCESS;
    }
}
