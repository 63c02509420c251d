package io.paodin.monitoring.model;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Cuts a page that comes piece by piece into lines. Nothing is kept but the line at hand, and of that its beginning only. */
final class Lines {

    private static final int LONGEST_LINE = 512;

    private final byte[] line = new byte[LONGEST_LINE];
    private int length;

    /** Passes on each line that ends in the piece, which is of any size. */
    void accept(byte[] piece, Consumer<String> reader) {
        for (var b : piece) {
            if (b == '\n') {
                end(reader);
            } else if (length < LONGEST_LINE) {
                line[length++] = b;
            }
        }
    }

    /** Passes on the last line, which may lack its end. */
    void end(Consumer<String> reader) {
        reader.accept(new String(line, 0, length, StandardCharsets.UTF_8));
        length = 0;
    }
}
