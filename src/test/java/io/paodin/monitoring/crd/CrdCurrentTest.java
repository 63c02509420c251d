package io.paodin.monitoring.crd;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The committed CRD is the one that the classes describe. */
class CrdCurrentTest {

    private static final String UPDATE = "./mvnw test -Dtest=CrdCurrentTest -Ddeploy.update";

    @Test
    void committedCrdIsTheGeneratedOne() throws IOException {
        String generated = Crds.yaml();
        if (System.getProperty("deploy.update") != null) {
            Files.createDirectories(Crds.COMMITTED.getParent());
            Files.writeString(Crds.COMMITTED, generated);
        }
        String committed = Files.exists(Crds.COMMITTED) ? Files.readString(Crds.COMMITTED) : "";
        if (!committed.equals(generated)) {
            fail(
                    "%s is not current. Update it with%n%n    %s%n%n%s",
                    Crds.COMMITTED, UPDATE, diff(committed, generated));
        }
    }

    /** The lines between the common start and the common end: enough to see what changed. */
    private static String diff(String committed, String generated) {
        List<String> before = committed.lines().toList();
        List<String> after = generated.lines().toList();
        int start = 0;
        while (start < Math.min(before.size(), after.size())
                && before.get(start).equals(after.get(start))) {
            start++;
        }
        int end = 0;
        while (end < Math.min(before.size(), after.size()) - start
                && before.get(before.size() - 1 - end).equals(after.get(after.size() - 1 - end))) {
            end++;
        }
        var lines = new ArrayList<String>();
        lines.add("from line " + (start + 1));
        before.subList(start, before.size() - end).stream().limit(40).forEach(line -> lines.add("- " + line));
        after.subList(start, after.size() - end).stream().limit(40).forEach(line -> lines.add("+ " + line));
        return String.join("\n", lines);
    }
}
