package io.dtx.benchmarks.cluster;

import io.dtx.benchmarks.load.Audit;
import io.dtx.benchmarks.load.Contender;
import io.dtx.benchmarks.load.Ledger;
import io.dtx.benchmarks.noop.NoOpSagas;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Sagas of three steps that do nothing on a replicated log: three members in processes of their own. */
public final class ClusterSagas implements Contender {

    private final Members members;
    private final NoOpSagas sagas;

    /** Makes a cluster in the directory, and starts it. */
    public ClusterSagas(Path directory, int callers) throws IOException {
        members = new Members(directory);
        try {
            sagas = new NoOpSagas(members.settings(), callers);
        } catch (RuntimeException e) {
            members.close();
            throw e;
        }
    }

    @Override
    public String name() {
        return sagas.name();
    }

    @Override
    public void saga(int caller, int sequence) {
        sagas.saga(caller, sequence);
    }

    @Override
    public Ledger ledger() {
        return sagas.ledger();
    }

    @Override
    public Audit audit() throws Exception {
        return sagas.audit();
    }

    @Override
    public long forces() {
        return sagas.forces();
    }

    /** Has the members count how long entries spend where, anew if they do already; it costs them time. */
    public void countStages() throws IOException {
        members.countStages();
    }

    /** Ends the count; returns how long entries have spent where in those members that led. */
    public List<String> stages() throws IOException {
        return members.stages();
    }

    @Override
    public long foreignCpuNanos() {
        return members.cpuNanos();
    }

    @Override
    public void close() throws IOException {
        sagas.close();
        members.close();
    }
}
