package io.paodin.monitoring.cli;

import io.paodin.monitoring.config.UnusableSettingException;
import io.quarkus.picocli.runtime.PicocliCommandLineFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import picocli.CommandLine;

/** Says what is wrong with an input in one line, where picocli would print a stack trace. */
class CommandLines {

    @Produces
    @ApplicationScoped
    CommandLine commandLine(PicocliCommandLineFactory factory) {
        return factory.create().setExecutionExceptionHandler(CommandLines::explain);
    }

    private static int explain(Exception error, CommandLine command, CommandLine.ParseResult parsed) throws Exception {
        if (error instanceof UnreadableInputException || error instanceof UnusableSettingException) {
            command.getErr().println(error.getMessage());
            return ExitCode.UNREADABLE;
        }
        throw error;
    }
}
