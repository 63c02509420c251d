package io.paodin.monitoring.tryout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {

    @ParameterizedTest
    @CsvSource({"--exit=true, true", "--exit=, true", "--exit, true", "--exit=false, false", "--directory=x, false"})
    void takesABareExitForYes(String argument, boolean exit) {
        assertThat(Options.of("--port=1", argument).exit()).isEqualTo(exit);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--port=", "--port=x", "--port=70000", "--port=-1"})
    void saysWhatIsWrongWithThePort(String argument) {
        assertThatThrownBy(() -> Options.of(argument))
                .isInstanceOf(TryFailed.class)
                .hasMessageContaining("try.port");
    }

    @Test
    void takesPathsWithEqualSigns() {
        assertThat(Options.of("--port=1", "--directory=/a=b").directory()).hasToString("/a=b");
    }
}
