package io.paodin.monitoring.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GoQuoteTest {

    @Test
    void escapesWhatGoCannotReadPlainly() {
        assertThat(GoQuote.quote("a\"b\\c")).isEqualTo("\"a\\\"b\\\\c\"");
        assertThat(GoQuote.quote("tab\tline\nend\r")).isEqualTo("\"tab\\tline\\nend\\r\"");
        assertThat(GoQuote.quote("\u0001\u007f\u2028\u200b"))
                .startsWith("\"\\u0001\\u007f")
                .endsWith("\\u200b\"");
        assertThat(GoQuote.quote("'`$(X)")).isEqualTo("\"'`$(X)\"");
    }

    @Test
    void keepsLettersOfAllScripts() {
        assertThat(GoQuote.quote("Zürich 東京 🙂")).isEqualTo("\"Zürich 東京 🙂\"");
    }

    @Test
    void replacesHalfACharacter() {
        assertThat(GoQuote.quote("a\ud83d")).isEqualTo("\"a\\ufffd\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\"",
                "abc",
                "'a'",
                "\"a",
                "a\"",
                "\"a\"b\"",
                "\"a\nb\"",
                "\"\\q\"",
                "\"\\'\"",
                "\"\\\"",
                "\"\\x4\"",
                "\"\\xg0\"",
                "\"\\ud800\"",
                "\"\\U00110000\"",
                "\"\\400\"",
                "\"\\08\"",
            })
    void refusesWhatGoDoes(String quoted) {
        assertThat(GoQuote.unquote(quoted)).isEmpty();
    }

    @Test
    void readsTheEscapesOfGo() {
        assertThat(GoQuote.unquote("\"\\a\\v\\x41\\101\\u00e9\\U0001f642\\\\\\\"\""))
                .contains("\u0007\u000bAAé🙂\\\"");
    }
}
