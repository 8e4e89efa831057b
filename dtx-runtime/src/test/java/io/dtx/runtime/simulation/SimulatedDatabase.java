package io.dtx.runtime.simulation;

import io.dtx.runtime.simulation.kernel.Domain;
import io.dtx.runtime.simulation.kernel.Kernel;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A database, as far as guards need one: transactions at READ COMMITTED or from a snapshot, row locks with time limits, unique
 * keys that wait for whoever writes the same. Commits that are lost, late, or not answered; transactions of those who are gone
 * that stay for a while. No change has a point within.
 */
final class SimulatedDatabase {

    /** Serves nobody's own process: it commits late, and ends what was abandoned. */
    private final Domain server;

    final Table guard = new Table();
    final Table session = new Table();
    final Table meta = new Table();
    final Kernel kernel;
    final Faults faults;
    final Effects effects;
    final int isolation;
    boolean made;
    private long commits;

    SimulatedDatabase(Kernel kernel, Faults faults, Effects effects, int isolation) {
        this.kernel = kernel;
        this.server = new Domain("database");
        this.faults = faults;
        this.effects = effects;
        this.isolation = isolation;
    }

    long commits() {
        return commits;
    }

    /** Takes a row for writing; waits while somebody else has it. */
    void lock(Table.Row row, SimulatedConnection connection) throws SQLException {
        LocalWork work = connection.work();
        long end = kernel.nanos() + connection.lockTimeoutMillis() * 1_000_000L;
        LocalWork holder = row.writer;
        long pause = 200_000;
        while (holder != null && holder != work) {
            if (holder.client.isDead()) {
                abandon(holder);
            }
            if (kernel.nanos() >= end) {
                throw new SQLException("a lock was waited for too long", "HYT00");
            }
            kernel.pauseNanos(pause);
            pause = Math.min(2 * pause, 20_000_000);
            connection.requireOpen();
            holder = row.writer;
        }
        if (holder == null) {
            if (work.readsFromSnapshot() && row.changedAt() > work.snapshot()) {
                throw new SQLException("it was changed meanwhile", "40001");
            }
            row.writer = work;
            row.pending = row.latest();
            work.written.add(row);
        }
    }

    /** Nobody will end this transaction any more: the server does, some day. */
    void abandon(LocalWork work) {
        if (work.abandoned || work.ended) {
            return;
        }
        work.abandoned = true;
        long nanos = kernel.chance().oneIn(2) ? 1_000 : kernel.chance().between(1_000_000, 1_500_000_000);
        kernel.spawn(server, "rollback", () -> {
            kernel.pauseNanos(nanos);
            rollback(work);
        });
    }

    void rollback(LocalWork work) {
        if (!work.ended) {
            work.ended = true;
            work.written.forEach(Table.Row::release);
        }
    }

    void commit(LocalWork work) {
        if (!work.ended) {
            work.ended = true;
            commits++;
            work.written.forEach(each -> each.commit(commits));
            work.effects.forEach(Runnable::run);
        }
    }

    void commitLate(LocalWork work) {
        long nanos = kernel.chance().between(1_000_000, 3_000_000_000L);
        work.abandoned = true;
        effects.departs();
        kernel.spawn(server, "late commit", () -> {
            kernel.pauseNanos(nanos);
            kernel.note(() -> "a late commit");
            commit(work);
            effects.arrives();
        });
    }

    /** The answer to a statement: rows, or a count. */
    record Answer(@Nullable List<Object[]> rows, int count) {

        static Answer of(List<Object[]> rows) {
            return new Answer(rows, -1);
        }

        static Answer of(int count) {
            return new Answer(null, count);
        }
    }
}
