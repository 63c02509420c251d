package io.paodin.monitoring.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class StorePortsTest {

    @Test
    void theFirstPortsFollowTheNamesAndNotTheOrder() {
        assertThat(StorePorts.assign(List.of("b", "a"), Map.of())).isEqualTo(Map.of("a", 11000, "b", 11001));
        assertThat(StorePorts.assign(List.of("a", "b"), Map.of())).isEqualTo(Map.of("a", 11000, "b", 11001));
    }

    @Property(tries = 300)
    void aPortStaysWithItsAddressWhateverComesAndGoes(@ForAll long seed) {
        var random = new Random(seed);
        var ids = new ArrayList<String>();
        Map<String, Integer> published = Map.of();
        for (int step = 0; step < 30; step++) {
            change(ids, random);
            var ports = StorePorts.assign(ids, published);
            assertThat(ports.keySet()).containsExactlyInAnyOrderElementsOf(ids);
            assertThat(ports.values())
                    .doesNotHaveDuplicates()
                    .allMatch(port -> port >= StorePorts.FIRST && port <= StorePorts.LAST);
            for (var id : ids) {
                if (published.containsKey(id)) {
                    assertThat(ports.get(id)).isEqualTo(published.get(id));
                } else {
                    assertThat(published.values())
                            .as("a port that was just somebody's")
                            .doesNotContain(ports.get(id));
                }
            }
            Collections.shuffle(ids, random);
            assertThat(StorePorts.assign(ids, published)).as("in another order").isEqualTo(ports);
            published = ports;
        }
    }

    private static void change(List<String> ids, Random random) {
        for (int i = random.nextInt(5); i > 0; i--) {
            var id = "store-" + random.nextInt(40);
            if (!ids.remove(id)) {
                ids.add(random.nextInt(ids.size() + 1), id);
            }
        }
    }

    @Test
    void behindTheLastPortTheFirstFreeOneFollows() {
        var published = Map.of("a", StorePorts.FIRST, "b", StorePorts.LAST);
        assertThat(StorePorts.assign(List.of("a", "b", "c"), published)).containsEntry("c", StorePorts.FIRST + 1);
    }

    @Test
    void onlyIfThereIsNoOtherAPortIsTakenThatWasJustSomebodys() {
        var published = new HashMap<String, Integer>();
        IntStream.rangeClosed(StorePorts.FIRST, StorePorts.LAST).forEach(port -> published.put("s" + port, port));
        var ids = new ArrayList<>(published.keySet());
        ids.remove("s12345");
        ids.add("new");
        assertThat(StorePorts.assign(ids, published)).containsEntry("new", 12345);
    }

    @Test
    void whatIsNoPortOfTheProxyOrTwoAddressesSharedIsGivenAnew() {
        assertThat(StorePorts.assign(List.of("a", "b", "c"), Map.of("a", 10902, "b", 11005, "c", 11005)))
                .isEqualTo(Map.of("a", 11006, "b", 11005, "c", 11007));
    }
}
