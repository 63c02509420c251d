package io.paodin.monitoring.model;

import static io.paodin.monitoring.model.Examples.args;
import static io.paodin.monitoring.model.Examples.receive;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RelabelingTest {

    private static final String FLAG = "--receive.relabel-config=";

    private static Router router(String steps) {
        return receive("receive: {router: {relabelConfigs: [" + steps + "]}, ingestors: [{name: a}]}")
                .router();
    }

    @Test
    void isAFlagInTheWordsOfThanos() {
        assertThat(args(router("""
                {sourceLabels: [a, b], separator: '', regex: '(.+)$', targetLabel: c, replacement: '$1'},
                {action: hashmod, sourceLabels: [a], modulus: 3, targetLabel: d},
                {action: labeldrop, regex: 'tmp_.*'}
                """))).contains(FLAG + """
                - "action": "replace"
                  "source_labels": ["a", "b"]
                  "separator": ""
                  "regex": "(.+)\\u0024"
                  "target_label": "c"
                  "replacement": "\\u00241"
                - "action": "hashmod"
                  "source_labels": ["a"]
                  "modulus": 3
                  "target_label": "d"
                - "action": "labeldrop"
                  "regex": "tmp_.*"
                """);
    }

    @Test
    void withoutStepsThereIsNoFlag() {
        assertThat(args(router(""))).noneMatch(arg -> arg.startsWith(FLAG));
    }

    /** Each action with all that it takes. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "targetLabel: b",
                "action: replace, targetLabel: 'x_$1', regex: '(?P<n>[[:alpha:]]+)(?i:x)', sourceLabels: [a, b.c]",
                "action: keep, sourceLabels: [a], regex: '\\pL+\\z', separator: ','",
                "action: drop, sourceLabels: [__name__]",
                "action: keepequal, sourceLabels: [a], targetLabel: b",
                "action: dropequal, sourceLabels: [a], targetLabel: b",
                "action: labelmap, regex: 'x_(.+)', replacement: 'y_$1'",
                "action: labelmap, regex: 'x_(.+)'",
                "action: labelkeep, regex: a",
                "action: lowercase, sourceLabels: [a], targetLabel: b, separator: ''",
                "action: uppercase, sourceLabels: [a], targetLabel: b"
            })
    void acceptsWhatThanosDoes(String step) {
        assertThat(args(router("{" + step + "}"))).anyMatch(arg -> arg.startsWith(FLAG));
    }
}
