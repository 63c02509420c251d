package io.paodin.monitoring.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What holds for the file of the hashrings, whatever valid ingestors there are. */
class HashringPropertiesTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** @param tenants none for a part of the soft ring */
    private record Group(String name, List<String> tenants, boolean isGlob, String algorithm, int replicas) {

        String yaml() {
            var quoted = tenants.stream().map(t -> "'" + t + "'").collect(Collectors.joining(", "));
            return "{name: %s, replicas: %d, hashringAlgorithm: %s%s%s}"
                    .formatted(
                            name,
                            replicas,
                            algorithm,
                            tenants.isEmpty() ? "" : ", tenants: [" + quoted + "]",
                            isGlob ? ", tenantMatcher: glob" : "");
        }
    }

    /** Ingestors with any names, of which none has a tenant of another. */
    private static List<Group> groups(Random random, int replicationFactor) {
        var names = new ArrayList<>(
                IntStream.range(0, 12).mapToObj(i -> "i" + (char) ('z' - i) + i).toList());
        Collections.shuffle(names, random);
        var groups = new ArrayList<Group>();
        var soft = algorithm(random);
        int size = 1 + random.nextInt(6);
        for (int i = 0; i < size; i++) {
            var prefix = "t" + i + "-";
            var ids = IntStream.range(0, 1 + random.nextInt(3))
                    .mapToObj(n -> prefix + n)
                    .toList();
            var replicas = replicationFactor + random.nextInt(12);
            groups.add(
                    switch (random.nextInt(3)) {
                        case 0 -> new Group(names.get(i), ids, false, algorithm(random), replicas);
                        case 1 ->
                            new Group(
                                    names.get(i),
                                    List.of(prefix + "*", "x" + i + "?"),
                                    true,
                                    algorithm(random),
                                    replicas);
                        default -> new Group(names.get(i), List.of(), false, soft, replicas);
                    });
        }
        return groups;
    }

    private static String algorithm(Random random) {
        return random.nextBoolean() ? "ketama" : "hashmod";
    }

    private static String file(List<Group> groups, int replicationFactor) {
        return Examples.receive("receive: {router: {replicationFactor: %d}, ingestors: [%s]}"
                        .formatted(
                                replicationFactor,
                                groups.stream().map(Group::yaml).collect(Collectors.joining(", "))))
                .router()
                .hashrings()
                .content();
    }

    /** Each ring's line by its name, without the comma that only the last one lacks. */
    private static Map<String, String> lines(String file) throws JsonProcessingException {
        var lines = new LinkedHashMap<String, String>();
        for (var line : file.lines().filter(l -> l.startsWith("  ")).toList()) {
            var ring = line.replaceFirst(",$", "");
            lines.put(JSON.readTree(ring).path("hashring").asText(), ring);
        }
        return lines;
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(item ->
                        item.isTextual() ? item.asText() : item.path("address").asText())
                .toList();
    }

    @Property(tries = 150)
    void ringsAreInOrderAndLargeEnoughAndShareNothing(@ForAll long seed) throws JsonProcessingException {
        var random = new Random(seed);
        int replicationFactor = 1 + random.nextInt(3);
        var groups = groups(random, replicationFactor);
        var rings = JSON.readTree(file(groups, replicationFactor));
        var order = new ArrayList<String>();
        var names = new ArrayList<String>();
        var tenants = new ArrayList<String>();
        var members = new ArrayList<String>();
        for (var ring : rings) {
            var rank = !ring.has("tenants") ? 3 : ring.has("tenant_matcher_type") ? 2 : 1;
            order.add(rank + ring.path("hashring").asText());
            names.add(ring.path("hashring").asText());
            assertThat(groups)
                    .filteredOn(group ->
                            group.tenants().isEmpty() ? rank == 3 : group.name().equals(names.get(names.size() - 1)))
                    .isNotEmpty()
                    .allSatisfy(
                            group -> assertThat(ring.path("algorithm").asText()).isEqualTo(group.algorithm()));
            tenants.addAll(texts(ring.path("tenants")));
            members.addAll(texts(ring.path("endpoints")));
            assertThat(ring.path("endpoints").size()).isGreaterThanOrEqualTo(replicationFactor);
        }
        assertThat(order).isSorted().isNotEmpty();
        assertThat(order.stream().filter(ring -> ring.startsWith("3"))).hasSizeLessThanOrEqualTo(1);
        assertThat(names).doesNotHaveDuplicates();
        assertThat(tenants).doesNotHaveDuplicates();
        assertThat(members).doesNotHaveDuplicates();
    }

    @Property(tries = 100)
    void theOrderInTheResourceDoesNotMatter(@ForAll long seed) {
        var random = new Random(seed);
        var groups = groups(random, 1);
        var shuffled = new ArrayList<Group>();
        for (var group : groups) {
            var tenants = new ArrayList<>(group.tenants());
            Collections.shuffle(tenants, random);
            shuffled.add(new Group(group.name(), tenants, group.isGlob(), group.algorithm(), group.replicas()));
        }
        Collections.shuffle(shuffled, random);
        assertThat(file(shuffled, 1)).isEqualTo(file(groups, 1));
    }

    @Property(tries = 150)
    void aChangeOfOneRingChangesNoOther(@ForAll long seed) throws JsonProcessingException {
        var random = new Random(seed);
        var groups = groups(random, 1);
        int index = random.nextInt(groups.size());
        var group = groups.get(index);
        var changed = new ArrayList<>(groups);
        changed.set(
                index,
                group.tenants().isEmpty() || random.nextBoolean()
                        ? new Group(
                                group.name(), group.tenants(), group.isGlob(), group.algorithm(), group.replicas() + 1)
                        : new Group(
                                group.name(), List.of("other"), group.isGlob(), group.algorithm(), group.replicas()));
        var before = lines(file(groups, 1));
        var after = lines(file(changed, 1));
        assertThat(after.keySet()).containsExactlyElementsOf(before.keySet());
        var differing = new TreeSet<>(before.keySet());
        differing.removeIf(ring -> before.get(ring).equals(after.get(ring)));
        assertThat(differing).containsExactly(group.tenants().isEmpty() ? Hashring.SOFT : group.name());
    }

    @Test
    void ofTwelveMembersTheTwelfthGoes() throws JsonProcessingException {
        var twelve = JSON.readTree(file(List.of(new Group("a", List.of(), false, "ketama", 12)), 3))
                .get(0);
        var eleven = JSON.readTree(file(List.of(new Group("a", List.of(), false, "ketama", 11)), 3))
                .get(0);
        var members = texts(twelve.path("endpoints"));
        assertThat(members.get(11)).startsWith("central-receive-ingestor-a-11.");
        assertThat(texts(eleven.path("endpoints"))).isEqualTo(members.subList(0, 11));
    }
}
