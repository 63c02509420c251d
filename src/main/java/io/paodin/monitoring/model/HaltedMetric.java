package io.paodin.monitoring.model;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Finds in the metrics of a compactor, piece by piece, whether it has halted: then it does nothing any more until it is
 * restarted, although it is up and ready. Nothing is kept but the line at hand, and of that no more than it takes.
 */
public final class HaltedMetric {

    private static final String NAME = "thanos_compact_halted";
    private static final int LONGEST_LINE = 512;

    private final byte[] line = new byte[LONGEST_LINE];
    private int length;
    private Optional<Boolean> halted = Optional.empty();

    /** The next piece of the page, of any size. */
    public void accept(byte[] piece) {
        for (var b : piece) {
            if (b == '\n') {
                end();
            } else if (length < LONGEST_LINE) {
                line[length++] = b;
            }
        }
    }

    /** No more pieces come: the last line may lack its end. */
    public void end() {
        if (halted.isEmpty()) {
            halted = value(new String(line, 0, length, StandardCharsets.UTF_8));
        }
        length = 0;
    }

    /** Empty until the line was there. */
    public Optional<Boolean> isHalted() {
        return halted;
    }

    private static Optional<Boolean> value(String line) {
        if (!line.startsWith(NAME)) {
            return Optional.empty();
        }
        var rest = line.substring(NAME.length());
        if (rest.startsWith("{")) {
            rest = rest.substring(rest.indexOf('}') + 1);
        }
        if (!rest.startsWith(" ")) {
            return Optional.empty();
        }
        // A time may follow the value.
        var value = rest.strip().split(" ", 2)[0];
        try {
            return Optional.of(Double.parseDouble(value) != 0);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
