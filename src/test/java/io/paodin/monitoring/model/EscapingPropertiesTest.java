package io.paodin.monitoring.model;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;

class EscapingPropertiesTest {

    @Property
    void goReadsTheQuotedText(@ForAll String text) {
        // Half characters cannot be written in UTF-8 at all.
        var valid = text.codePoints()
                .map(c -> Character.getType(c) == Character.SURROGATE ? 0xfffd : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();

        assertThat(GoQuote.unquote(GoQuote.quote(text))).contains(valid);
    }

    @Property
    void theKubeletHandsLiteralTextOn(@ForAll @Chars({'$', '(', ')', 'a'}) String text) {
        assertThat(CommandLine.expanded(Args.literal(text))).isEqualTo(text);
    }
}
