package io.dtx.benchmarks.noop;

import io.dtx.benchmarks.load.Contender;
import io.dtx.benchmarks.load.Ledger;
import java.nio.file.Path;
import java.util.Map;

/** {@link NoOpSaga}s on dtx. */
public final class NoOpSagas implements Contender {

    private final Map<String, String> settings;
    private final Ledger ledger;
    private final NoOpProcess dtx;
    private volatile long session;

    /** Starts dtx with these settings. */
    public NoOpSagas(Map<String, String> settings, int callers) {
        this.settings = settings;
        this.ledger = new Ledger(callers, 3);
        this.dtx = new NoOpProcess(settings, ledger).start();
    }

    /** Starts dtx with an embedded log of its own. */
    public static NoOpSagas embedded(Path directory, int callers) {
        return new NoOpSagas(NoOpProcess.embedded(directory), callers);
    }

    @Override
    public String name() {
        return "dtx";
    }

    @Override
    public void saga(int caller, int sequence) {
        long ran = dtx.saga().run(caller, sequence);
        if (session == 0) {
            session = ran;
        }
    }

    @Override
    public Ledger ledger() {
        return ledger;
    }

    /** Returns the entries of the log: each is one force, or in a replicated log at most one at each member. */
    @Override
    public long forces() {
        dtx.close();
        return LogEntries.since(session, settings);
    }

    @Override
    public void close() {
        dtx.close();
    }
}
