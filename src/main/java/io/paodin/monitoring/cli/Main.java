package io.paodin.monitoring.cli;

import io.quarkus.picocli.runtime.PicocliRunner;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** The entry of the process: without arguments it is the operator, else one of the commands. */
@QuarkusMain
public class Main {

    private static final String OPERATOR = "operator";

    public static void main(String... args) {
        if (args.length == 0) {
            Quarkus.run(PicocliRunner.class, OPERATOR);
            return;
        }
        if (!args[0].equals(OPERATOR)) {
            // An offline command opens no port and talks only if something is wrong.
            System.setProperty("quarkus.http.host-enabled", "false");
            System.setProperty("quarkus.log.level", "WARN");
        }
        Quarkus.run(PicocliRunner.class, args);
    }
}
