package io.paodin.monitoring.model;

import java.util.Map;
import java.util.Optional;

/** The flags of one Thanos version by command. */
public final class FlagTable {

    static final ThanosVersion NEWEST = new ThanosVersion(0, 42, 4);

    private FlagTable() {}

    /** The newest table that is not newer than the version, else the oldest one. */
    public static FlagTable of(ThanosVersion version) {
        throw new UnsupportedOperationException("not built yet");
    }

    public ThanosVersion version() {
        throw new UnsupportedOperationException("not built yet");
    }

    public Optional<Flag> flag(String command, String name) {
        throw new UnsupportedOperationException("not built yet");
    }

    /** All flags of a command by name. */
    public Map<String, Flag> flags(String command) {
        throw new UnsupportedOperationException("not built yet");
    }
}
