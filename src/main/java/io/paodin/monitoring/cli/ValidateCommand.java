package io.paodin.monitoring.cli;

import jakarta.inject.Inject;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "validate",
        description =
                "Lists everything that keeps Thanos resources from being applied; ends with 1 if there is anything.",
        mixinStandardHelpOptions = true,
        versionProvider = ApplicationVersion.class)
class ValidateCommand implements Callable<Integer> {

    private final OfflineFlow flow;

    @Mixin
    InputOptions input;

    @Spec
    CommandSpec spec;

    @Inject
    ValidateCommand(OfflineFlow flow) {
        this.flow = flow;
    }

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        var examined = flow.examine(input).resources();
        for (var resource : examined) {
            if (resource.isValid()) {
                out.println(resource.title() + ": valid");
            }
            resource.findings().forEach(out::println);
        }
        out.flush();
        return examined.stream().allMatch(Examined::isValid) ? ExitCode.SUCCESS : ExitCode.FAILED;
    }
}
