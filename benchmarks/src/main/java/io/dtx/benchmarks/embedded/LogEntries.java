package io.dtx.benchmarks.embedded;

import io.dtx.benchmarks.load.Ledger;
import java.nio.file.Path;

/** Counts the entries of a closed log, each of which is one force: a session's number is the index of the entry that opened it. */
public final class LogEntries {

    private LogEntries() {}

    /** Returns how many entries a session has appended, without its own end. */
    public static long since(long session, Path directory) {
        Ledger ledger = new Ledger(1, 3);
        try (EmbeddedDtx next = new EmbeddedDtx(directory, ledger).start()) {
            long nextSession = next.saga().run(0, ledger.begin(0));
            return nextSession - session - 2;
        }
    }
}
