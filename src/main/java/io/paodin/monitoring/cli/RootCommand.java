package io.paodin.monitoring.cli;

import io.quarkus.picocli.runtime.annotations.TopCommand;
import picocli.CommandLine.Command;

@TopCommand
@Command(
        name = "paodin-monitoring",
        description = "Runs Thanos clusters on Kubernetes from one resource, and shows what it would do.",
        mixinStandardHelpOptions = true,
        versionProvider = ApplicationVersion.class,
        subcommands = {OperatorCommand.class, RenderCommand.class, ValidateCommand.class, CrdCommand.class},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:success",
            "1:a resource is invalid, or the operator could not start",
            "2:wrong usage, or input that cannot be read"
        })
class RootCommand {}
