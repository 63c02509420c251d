package io.paodin.monitoring.cli;

import io.paodin.monitoring.config.OperatorConfig;
import io.paodin.monitoring.config.SettingsCheck;
import io.paodin.monitoring.config.UnusableSettingException;
import io.paodin.monitoring.controller.OperatorProcess;
import io.paodin.monitoring.controller.StartException;
import io.quarkus.runtime.Quarkus;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.concurrent.Callable;
import org.jboss.logging.Logger;
import picocli.CommandLine.Command;

@Command(
        name = "operator",
        description = "Looks after the Thanos resources of a cluster until it is stopped. The default command.",
        mixinStandardHelpOptions = true,
        versionProvider = ApplicationVersion.class)
class OperatorCommand implements Callable<Integer> {

    private static final Logger LOG = Logger.getLogger(OperatorCommand.class);

    private final Instance<OperatorProcess> process;
    private final OperatorConfig config;

    @Inject
    OperatorCommand(Instance<OperatorProcess> process, OperatorConfig config) {
        this.config = config;
        this.process = process;
    }

    @Override
    public Integer call() {
        try {
            SettingsCheck.check(config);
            process.get().start();
        } catch (StartException | UnusableSettingException e) {
            LOG.error(e.getMessage());
            return ExitCode.FAILED;
        }
        Quarkus.waitForExit();
        return ExitCode.SUCCESS;
    }
}
