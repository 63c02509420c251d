package io.paodin.monitoring.model;

import static io.paodin.monitoring.model.Examples.valid;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ManagedFlagsTest {

    /** Labels that may stand beside ours. */
    private static final Map<Role, Set<String>> OPEN = Map.of(
            Role.QUERY, Set.of(),
            Role.RECEIVE_ROUTER, Set.of(),
            Role.RECEIVE_INGESTOR, Set.of("label"));

    @Test
    void everyFlagThatIsSetIsManagedOrADefault() {
        var cluster = valid("""
                query: {selectorLabels: {a: b}}
                receive: {router: {replicationFactor: 1}, ingestors: [{name: a}]}
                """);
        for (var component : cluster.components()) {
            var role = role(component);
            assertThat(Examples.args(component).stream().skip(1))
                    .map(arg -> arg.substring(2).split("=")[0])
                    .filteredOn(flag -> !OPEN.get(role).contains(flag))
                    .allSatisfy(flag -> assertThat(ManagedFlags.remedy(role, flag, "spec"))
                            .as("%s %s", role, flag)
                            .isPresent());
        }
    }

    private static Role role(Component component) {
        if (component instanceof Query) {
            return Role.QUERY;
        }
        return component instanceof Router ? Role.RECEIVE_ROUTER : Role.RECEIVE_INGESTOR;
    }
}
