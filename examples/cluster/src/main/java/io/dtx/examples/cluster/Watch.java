package io.dtx.examples.cluster;

import io.dtx.TransactionStatus;
import io.dtx.runtime.DtxOperator;
import io.dtx.runtime.MemberStatus;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Looks at the members and the journals once a second, and says on a line what it sees. */
final class Watch implements AutoCloseable {
    private static final int MILLIS = 1_000;

    private final Cluster cluster;
    private final DtxOperator operator;
    private final Thread thread;
    private volatile Supplier<List<Fault>> faults = List::of;
    private volatile String leader = "?";
    private volatile boolean closed;

    Watch(Cluster cluster) {
        this.cluster = cluster;
        this.operator = cluster.operator(Cluster.MEMBERS);
        this.thread = new Thread(this::run, "watch");
        thread.setDaemon(true);
    }

    /** Begins to show what is seen, and what is done to the processes. */
    void show(Supplier<List<Fault>> present) {
        faults = present;
        thread.start();
    }

    /** Returns the leader that was seen last. */
    String leader() {
        return leader;
    }

    /** Waits until a member leads and so many applications have sessions. */
    void awaitSessions(int applications) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
        while (System.nanoTime() - end < 0) {
            MemberStatus leads = look();
            if (leads != null && leads.sessions().size() >= applications) {
                return;
            }
            Thread.sleep(50);
        }
        throw new IllegalStateException("no cluster after five minutes; its logs are in " + cluster.directory);
    }

    /** Returns what the leader says; null if nobody leads. */
    @Nullable
    MemberStatus look() {
        for (MemberStatus each : operator.members()) {
            if (each.leads()) {
                leader = cluster.memberAt(each);
                return each;
            }
        }
        return null;
    }

    private void run() {
        long start = System.nanoTime();
        long answered = 0;
        try {
            for (long tick = 1; !closed; tick++) {
                long due = start + tick * MILLIS * 1_000_000L;
                Thread.sleep(Math.max(0, (due - System.nanoTime()) / 1_000_000));
                List<Fault> present = faults.get();
                long now = Journal.answers(Journal.read(cluster.journals()));
                MemberStatus leads = look();
                System.out.printf(
                        "%4d s  leader %-4s term %3s  %4d/s  open %3s  taken over %3s  %s%n",
                        tick,
                        leads == null ? "none" : leader,
                        leads == null ? "?" : leads.term(),
                        now - answered,
                        leads == null ? "?" : open(leads.transactions()),
                        leads == null ? "?" : leads.takenOver(),
                        present.isEmpty() ? "" : "*** " + present + " ***");
                answered = now;
            }
        } catch (IOException | InterruptedException e) {
            System.err.println("nothing is shown any more: " + e);
        }
    }

    private static long open(Map<TransactionStatus, Long> transactions) {
        return transactions.entrySet().stream()
                .filter(each -> !each.getKey().isFinal())
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    @Override
    public void close() throws InterruptedException {
        if (closed) {
            return;
        }
        closed = true;
        if (thread.isAlive()) {
            thread.join();
        }
        operator.close();
    }
}
