package io.paodin.monitoring.cli;

import jakarta.enterprise.context.Dependent;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import picocli.CommandLine.IVersionProvider;

@Dependent
class ApplicationVersion implements IVersionProvider {

    private final String name;
    private final String version;

    ApplicationVersion(
            @ConfigProperty(name = "quarkus.application.name") String name,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        this.name = name;
        this.version = version;
    }

    @Override
    public String[] getVersion() {
        return new String[] {name + " " + version};
    }
}
