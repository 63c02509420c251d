package io.paodin.monitoring.cli;

/** What a command's exit code means; usage errors get theirs from picocli, the same one. */
final class ExitCode {

    static final int SUCCESS = 0;
    static final int FAILED = 1;
    static final int UNREADABLE = 2;

    private ExitCode() {}
}
