package io.paodin.monitoring.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.paodin.monitoring.install.Bundle;
import io.paodin.monitoring.model.Envoy;
import io.paodin.monitoring.model.Service;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page on security tells of all rights and ports, and of no others. */
class SecurityPageTest {

    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern CELLS = Pattern.compile(" *\\| *");

    private final Document page = Document.of(Path.of("docs", "security.md"));

    @Test
    void tellsOfTheRightsThatAreGranted() throws IOException {
        var told = rows("Rights")
                .flatMap(row -> CODE.matcher(row[1]).results().flatMap(resource -> Stream.of(row[2].split(", "))
                        .map(verb -> verb + " " + resource.group(1))))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(told).isEqualTo(granted());
    }

    @Test
    void saysWhatEachRightIsFor() {
        assertThat(rows("Rights")).isNotEmpty().allMatch(row -> row.length == 4 && row[3].length() > 5);
    }

    @Test
    void tellsWhomTheOperatorAsksAtWhichPort() {
        var asked = rows("Network")
                .filter(row -> row[1].equals("operator"))
                .map(row -> row[2] + ":" + (row.length > 3 ? row[3].replaceFirst(":.*", "") : ""));

        assertThat(asked)
                .containsExactlyInAnyOrder(
                        "API server:",
                        "pods of compactors:" + Service.HTTP.number(),
                        "pods of routers:" + Service.HTTP.number(),
                        "pods of query with an Envoy:" + Envoy.PROBES.number());
    }

    /** As "verb resource.group/subresource", the way kubectl writes resources. */
    private static Set<String> granted() throws IOException {
        return Bundle.committed().stream()
                .flatMap(SecurityPageTest::rules)
                .flatMap(rule -> rule.getApiGroups().stream()
                        .flatMap(group -> rule.getResources().stream().map(resource -> inGroup(resource, group)))
                        .flatMap(resource -> rule.getVerbs().stream().map(verb -> verb + " " + resource)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<PolicyRule> rules(HasMetadata object) {
        return object instanceof ClusterRole role
                ? role.getRules().stream()
                : object instanceof Role role ? role.getRules().stream() : Stream.empty();
    }

    private static String inGroup(String resource, String group) {
        return group.isEmpty() ? resource : resource.replaceFirst("(/|$)", "." + group + "$1");
    }

    /** The cells of the table below a heading, the first one empty; without the head of the table. */
    private Stream<String[]> rows(String heading) {
        var section = page.text().split("\n## " + heading + "\n", 2)[1].split("\n## ", 2)[0];
        return section.lines().filter(line -> line.startsWith("|")).skip(2).map(CELLS::split);
    }
}
