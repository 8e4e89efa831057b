package io.dtx.benchmarks.noop;

import io.dtx.benchmarks.load.Ledger;
import java.util.Map;

/** Counts the entries of a log that nobody uses: a session's number is the index of the entry that opened it. */
public final class LogEntries {

    private LogEntries() {}

    /** Returns how many entries a session has appended, without its own end. */
    public static long since(long session, Map<String, String> settings) {
        Ledger ledger = new Ledger(1, 3);
        try (NoOpProcess next = new NoOpProcess(settings, ledger).start()) {
            long nextSession = next.saga().run(0, ledger.begin(0));
            return nextSession - session - 2;
        }
    }
}
