package io.paodin.monitoring.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.paodin.monitoring.model.Compaction.Contender;
import io.paodin.monitoring.model.Compaction.Occupant;
import io.paodin.monitoring.model.Compaction.Use;
import io.paodin.monitoring.model.Compaction.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompactionTest {

    private static final Contender OWN = new Contender("2026-01-02T00:00:00Z", "m", "monitoring", "own");
    private static final Contender OLDER = new Contender("2026-01-01T00:00:00Z", "z", "monitoring", "older");
    private static final Contender YOUNGER = new Contender("2026-01-03T00:00:00Z", "a", "monitoring", "younger");
    private static final Contender TWIN_BEFORE = new Contender(OWN.createdAt(), "a", "monitoring", "twin");
    private static final Contender TWIN_AFTER = new Contender(OWN.createdAt(), "z", "monitoring", "twin");

    @ParameterizedTest
    @CsvSource({
        // other contender, other's compactor at work, own one let onto the bucket, own one still on another bucket
        "none,    false, false, false, RUN",
        "none,    false, true,  false, RUN",
        "none,    true,  false, false, WAIT",
        "none,    false, false, true,  WAIT",
        "younger, false, false, false, RUN",
        "younger, true,  false, false, WAIT",
        "younger, true,  true,  false, RUN",
        "younger, true,  true,  true,  WAIT",
        "older,   false, false, false, YIELD",
        "older,   true,  true,  false, YIELD",
        "older,   false, true,  true,  YIELD",
        "before,  false, true,  false, YIELD",
        "after,   false, true,  false, RUN",
    })
    void theOldestRunsOnceNobodyElseDoes(
            String other, boolean isOccupied, boolean isOwn, boolean isElsewhere, Verdict expected) {
        var contenders =
                switch (other) {
                    case "younger" -> List.of(YOUNGER);
                    case "older" -> List.of(YOUNGER, OLDER);
                    case "before" -> List.of(TWIN_BEFORE);
                    case "after" -> List.of(TWIN_AFTER);
                    default -> List.<Contender>of();
                };
        var occupants = isOccupied ? List.of(new Occupant("monitoring", "other")) : List.<Occupant>of();
        var compaction = Compaction.decide(
                OWN,
                "wanted",
                isElsewhere ? Optional.of("former") : Optional.empty(),
                new Use(contenders, occupants, isOwn));
        assertThat(compaction.verdict()).isEqualTo(expected);
        assertThat(compaction.mayRun()).isEqualTo(expected == Verdict.RUN);
        assertThat(compaction.bucket()).isEqualTo(isElsewhere ? "former" : "wanted");
        assertThat(compaction.message().isEmpty()).isEqualTo(expected == Verdict.RUN);
    }

    @Test
    void namesTheOldestInTheSameNamespaceAndWhatToDo() {
        var message = decide(Stream.of(TWIN_BEFORE, OLDER), Stream.of()).message();
        assertThat(message).startsWith("spec.compact: Thanos older ").contains("another bucket or prefix", "replicas");
        assertThat(message).doesNotContain("twin");
    }

    @Test
    void namesNothingOfOtherNamespaces() {
        var foreign = new Contender(OLDER.createdAt(), OLDER.uid(), "secret-namespace", "secret-name");
        assertThat(decide(Stream.of(foreign), Stream.of()).message())
                .contains("a Thanos of another namespace")
                .doesNotContain("secret");
        assertThat(decide(Stream.of(), Stream.of(new Occupant("secret-namespace", "secret-name")))
                        .message())
                .contains("a Thanos of another namespace")
                .doesNotContain("secret");
        assertThat(decide(Stream.of(), Stream.of(new Occupant("monitoring", "gone")))
                        .message())
                .contains("waits", "Thanos gone");
    }

    private static Compaction decide(Stream<Contender> contenders, Stream<Occupant> occupants) {
        return Compaction.decide(
                OWN, "wanted", Optional.empty(), new Use(contenders.toList(), occupants.toList(), false));
    }
}
