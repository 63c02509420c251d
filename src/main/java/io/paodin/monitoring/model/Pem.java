package io.paodin.monitoring.model;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/** The blocks of a text in PEM form. What stands between them is a comment. */
final class Pem {

    private static final String BEGIN = "-----BEGIN ";
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----\\s+([A-Za-z0-9+/=\\s]*+)-----END \\1-----");

    private Pem() {}

    record Block(String label, byte[] content) {}

    /** What is wrong with a text, to stand behind the name of where it is, without a word of the text. */
    static final class UnusableException extends Exception {

        private static final long serialVersionUID = 1L;

        UnusableException(String message) {
            super(message);
        }
    }

    static List<Block> blocks(String text) throws UnusableException {
        var blocks = new ArrayList<Block>();
        for (int begin = text.indexOf(BEGIN); begin >= 0; begin = text.indexOf(BEGIN, begin + 1)) {
            var matcher = BLOCK.matcher(text).region(begin, text.length());
            if (!matcher.lookingAt()) {
                throw new UnusableException("block %d is damaged, or encrypted: replace it by one in PEM form"
                        .formatted(blocks.size() + 1));
            }
            try {
                var lines = matcher.group(2).replaceAll("\\s", "");
                blocks.add(new Block(matcher.group(1), Base64.getDecoder().decode(lines)));
            } catch (IllegalArgumentException e) {
                throw new UnusableException("block %d is damaged: replace it".formatted(blocks.size() + 1));
            }
        }
        return blocks;
    }
}
