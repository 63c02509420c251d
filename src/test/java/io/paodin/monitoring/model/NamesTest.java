package io.paodin.monitoring.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class NamesTest {

    private static final String LONGEST = "n".repeat(63);

    /** What names of Services have to be; those of all other kinds may be more. */
    private static final Pattern DNS_1035 = Pattern.compile("[a-z]([-a-z0-9]{0,61}[a-z0-9])?");

    @Test
    void areThoseThatUsersKnow() {
        var names = new Names("central");
        assertThat(names.query()).isEqualTo("central-query");
        assertThat(names.router()).isEqualTo("central-receive-router");
        assertThat(names.ingestor("team-a")).isEqualTo("central-receive-ingestor-team-a");
        assertThat(names.ringBudget("soft")).isEqualTo("central-receive-ring-soft");
        assertThat(Names.governingService("central-query")).isEqualTo("central-query-operated");
        assertThat(Names.configMap("central-query", "endpoints")).isEqualTo("central-query-endpoints");
    }

    @Test
    void endInAHashOfTheFullNameWhereTheyAreCut() {
        // Pods could not be created: their names, and the label of their revision, have ten characters more.
        assertThat(new Names("central").ingestor("a".repeat(63)))
                .hasSize(52)
                .isEqualTo("central-receive-ingestor-aaaaaaaaaaaaaaaaaa-30969257");
        assertThat(new Names("central").ringBudget("a".repeat(63)))
                .hasSize(63)
                .startsWith("central-receive-ring-aaaaaaaaaa");
    }

    @Test
    void aNameThatJustFitsIsNotCut() {
        assertThat(new Names("c").ingestor("a".repeat(33))).isEqualTo("c-receive-ingestor-" + "a".repeat(33));
        assertThat(new Names("c").ingestor("a".repeat(34))).hasSize(52).contains("aaaa-");
    }

    @Test
    void theLongestResourceNameGivesDistinctNamesThatFit() {
        var names = new Names(LONGEST);
        assertThat(List.of(names.query(), names.router(), names.ingestor("a"), names.ingestor("b")))
                .doesNotHaveDuplicates()
                .allSatisfy(name -> assertThat(derived(name)).allMatch(DNS_1035.asMatchPredicate()));
    }

    @Test
    void namesThatDifferOnlyBehindTheCutStayDistinct() {
        var names = new Names("central");
        assertThat(names.ingestor("a".repeat(60) + "-1")).isNotEqualTo(names.ingestor("a".repeat(60) + "-2"));
        assertThat(names.ringBudget("a".repeat(60) + "-1")).isNotEqualTo(names.ringBudget("a".repeat(60) + "-2"));
    }

    @Property(tries = 300)
    void everyNameFits(@ForAll("resourceNames") String cluster, @ForAll("ingestorNames") String ingestor) {
        var names = new Names(cluster);
        assertThat(List.of(names.query(), names.router(), names.ingestor(ingestor)))
                .allSatisfy(name -> {
                    assertThat(name).hasSizeLessThanOrEqualTo(52);
                    assertThat(derived(name)).allMatch(DNS_1035.asMatchPredicate());
                });
        assertThat(names.ringBudget(ingestor)).matches(DNS_1035);
    }

    @Provide
    Arbitrary<String> resourceNames() {
        return labels().map(label -> "c" + label).map(NamesTest::cut);
    }

    @Provide
    Arbitrary<String> ingestorNames() {
        return labels().map(label -> label + "0").map(NamesTest::cut);
    }

    private static Arbitrary<String> labels() {
        return Arbitraries.strings().withChars("ab-9").ofMaxLength(61).map(text -> text + "x");
    }

    private static String cut(String name) {
        return name.substring(0, Math.min(63, name.length()));
    }

    /** All names of objects that are made from a workload's. */
    private static List<String> derived(String workload) {
        return List.of(
                workload,
                Names.governingService(workload),
                Names.configMap(workload, "endpoints"),
                Names.configMap(workload, "hashrings"),
                workload + "-999");
    }
}
