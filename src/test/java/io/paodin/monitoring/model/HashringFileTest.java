package io.paodin.monitoring.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.paodin.monitoring.model.HashringFile.Ring;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HashringFileTest {

    private static final HashringFile FILE = new HashringFile(List.of(
            new Ring(
                    "a",
                    List.of("x", "y"),
                    false,
                    "ketama",
                    List.of("a-0.a:1", "a-1.a:1"),
                    Map.of("a-0.a:1", "one", "a-1.a:1", "two")),
            new Ring("g", List.of("x-*"), true, "ketama", List.of("g-0.g:1"), Map.of()),
            new Ring("soft", List.of(), false, "hashmod", List.of("s-0.s:1"), Map.of())));

    @Test
    void isReadAsItWasWritten() {
        assertThat(HashringFile.parse(FILE.content())).contains(FILE);
    }

    @Test
    void aChangeOfOneRingChangesItsLineOnly() {
        var changed = new HashringFile(List.of(
                FILE.rings().get(0).withMembers(List.of("a-0.a:1")),
                FILE.rings().get(1),
                FILE.rings().get(2)));
        assertThat(changed.content().lines().filter(line -> !FILE.content().contains(line)))
                .singleElement()
                .asString()
                .contains("\"hashring\":\"a\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "null", "nonsense", "[", "1"})
    void anythingElseIsNone(String content) {
        assertThat(HashringFile.parse(content)).isEmpty();
    }

    /** The first six bytes of the SHA-256, the lowest first. */
    @Test
    void hashIsTheOneThatRoutersReport() {
        assertThat(HashringFile.hash("[\n]\n")).isEqualTo(107579381693247.0);
    }
}
