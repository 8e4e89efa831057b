package io.dtx.benchmarks.embedded;

import io.dtx.benchmarks.load.Contender;
import io.dtx.benchmarks.load.Ledger;
import java.nio.file.Path;

/** {@link NoOpSaga}s on dtx with the embedded log. */
public final class EmbeddedSagas implements Contender {

    private final Path directory;
    private final Ledger ledger;
    private final EmbeddedDtx dtx;
    private volatile long session;

    /** Opens a log of its own. */
    public EmbeddedSagas(Path directory, int callers) {
        this.directory = directory;
        this.ledger = new Ledger(callers, 3);
        this.dtx = new EmbeddedDtx(directory, ledger).start();
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

    @Override
    public long forces() {
        dtx.close();
        return LogEntries.since(session, directory);
    }

    @Override
    public void close() {
        dtx.close();
    }
}
